"""Prevents a region whose name sounds like a total from being taken for one: its figures would vanish without a word."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from contracts.total_words import PARTIAL, WHOLE, begins_as_total, is_summary, names_its_rows, speaks_of_all, total_words, words_of_region

REGIONS = Path(__file__).parents[2] / "sources" / "references" / "wilayah.csv"


def test_no_region_of_the_country_is_a_total() -> None:
    with REGIONS.open(encoding="utf-8") as file:
        names = [text for row in csv.DictReader(file) for text in row.values() if text]
    assert len(names) > 1000
    assert [name for name in names if total_words(name) or begins_as_total(name) or is_summary(name)] == []


def test_the_plain_words_are_labels_themselves() -> None:
    """Rules are asked about these words: one that is no label would take nothing."""
    assert {total_words(word) for word in WHOLE} == {WHOLE}
    assert {total_words(word) for word in PARTIAL} == {PARTIAL}


@pytest.mark.parametrize("label", ["Semua", "semua :", "Semuanya", "KESELURUHAN", "Seluruhnya", "Semua Jumlah"])
def test_all_of_them_is_a_label_by_itself(label: str) -> None:
    assert is_summary(label)
    assert not total_words(label)


def test_a_label_may_say_all_of_what_its_column_is_called() -> None:
    """Fails when `Semua Umur` is a total of whatever column it stands in, or `Semua Jenis` a kind of its own."""
    names = ("jenis_izin", "Jenis Izin (SIPT)", "jenis", "Nama Kecamatan")
    assert all(
        speaks_of_all(label, names)
        for label in ("Semua Jenis", "SELURUH JENIS IZIN", "Keseluruhan jenis", "semua jenis izin (SIPT)", "Semua Kecamatan")
    )
    assert not any(
        speaks_of_all(label, names) for label in ("Semua", "Semua Izin", "Semua Umur", "Jenis", "Jumlah Jenis", "", "Semua Jenis Ikan")
    )
    assert not speaks_of_all("Semua", ("",))


@pytest.mark.parametrize(
    "label", ["JUMLAH (A+B)", "TOTAL A + B", "Jumlah I s/d IV", "JML (1,2,3)", "TOTAL KAB. SINTANG", "Jumlah Total se-Kabupaten Sintang"]
)
def test_a_label_may_say_what_it_sums(label: str) -> None:
    assert begins_as_total(label)
    assert names_its_rows(label, words_of_region("Kabupaten Sintang"))


@pytest.mark.parametrize(
    "label", ["Jumlah (A)", "Total 2", "TOTAL KAB. SANGGAU", "Jumlah penduduk", "Sub Jumlah Sintang", "Sintang", "Total" + " A+B" * 99]
)
def test_other_words_say_nothing_of_the_rows(label: str) -> None:
    assert not names_its_rows(label, words_of_region("Kabupaten Sintang"))


def test_a_word_that_only_begins_alike_is_none() -> None:
    assert not any(
        map(begins_as_total, ["Jumlahan", "Totalindo", "Jm Lah", "TK Total Ceria", "Desa Total", "To Tal", "", "   ", "x" * 10_000])
    )
