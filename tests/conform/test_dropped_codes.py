"""Prevents a line deleted from a reference list from taking figures out of a release: nobody would be told but by a count of rows that went."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

import psycopg
import pytest

from contracts.errors import CodesInUse
from contracts.references import SHIPPED
from satudata.transform import transform
from tests.conform.conftest import Gudang
from tests.conform.lists import DEDAI, SEPAUK, STOCK, Row, accept_stock, edit, listed, load, resolved, without
from tests.conform.registry import PENDUDUK, stok

DAY = date(2026, 6, 2)
PEOPLE, PLAIN = "sintang.dukcapil.penduduk", "sintang.dkp.catatan"


@pytest.fixture
def stock(gudang: Gudang) -> Gudang:
    accept_stock(gudang)
    load(gudang)
    return gudang


def test_a_deleted_code_with_figures_stops_the_release_and_they_stand(
    stock: Gudang, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Given back with its last day, the list is taken and the figures keep their code."""
    monkeypatch.setenv("SATUDATA_ARCHIVE_URL", str(tmp_path / "arsip"))
    transform(DAY)
    before = stock.published()
    stands = "select kode_wilayah, stok_ton::float from mart.neraca_pangan where kode_komoditas = 'beras' order by 1"
    assert [code for code, _ in stock.rows(stands)] == [SEPAUK, DEDAI]
    kept: list[Row] = []
    edit(stock, "wilayah", lambda row: (kept.append(row) if row["kode"] == SEPAUK else None) or without(SEPAUK)(row))
    with pytest.raises(
        CodesInUse, match=r'"wilayah" tidak dimuat.*61\.05\.03 Sepauk \(1 baris\).*`berlaku_sampai`.*satudata mapping assign'
    ):
        transform(DAY)
    assert stock.published() == before
    with (stock.sources / "references" / "wilayah.csv").open("a", newline="", encoding="utf-8") as file:
        csv.DictWriter(file, list(kept[0]), lineterminator="\n").writerow(kept[0] | {"berlaku_sampai": "2026-05-31", "pengganti": DEDAI})
    assert transform(DAY)["skipped"] is False
    assert [code for code, _ in stock.rows(stands)] == [SEPAUK, DEDAI]


def test_other_lists_are_loaded_and_a_code_nobody_uses_may_go(stock: Gudang) -> None:
    """Refused again at every load until it is mended, whatever was loaded in between."""
    edit(stock, "komoditas", without("beras"))
    edit(stock, "ppks", without("1"))
    edit(stock, "wilayah", without("35.71.01.1001"))
    for _ in range(2):
        with pytest.raises(CodesInUse, match=r'acuan "komoditas" tidak dimuat.*: "beras Beras \(2 baris\)"\.'):
            load(stock)
    assert (listed(stock, "komoditas", "beras"), listed(stock, "ppks", "1"), listed(stock, "wilayah", "35.71.01.1001")) == (
        True,
        False,
        False,
    )
    shutil.copy(SHIPPED / "references" / "komoditas.csv", stock.sources / "references" / "komoditas.csv")
    load(stock)
    assert listed(stock, "ppks", "1") is False


def test_a_code_whose_texts_were_given_another_one_may_go(stock: Gudang) -> None:
    """How a person says that a code was a mistake: its figures move, then nothing holds it."""
    edit(stock, "wilayah", without(SEPAUK, DEDAI))
    with stock.database.connect("loader") as conn:
        conn.execute(
            """insert into ops.mapping (reference, published, level, within, system, code, by, at)
               values ('wilayah', 'sepauk', 'kecamatan', '61.05', 'kemendagri', '61.05.01', 'ani', '2026-06-01')"""
        )
    with pytest.raises(CodesInUse) as refused:
        load(stock)
    assert [code.split(" ")[0] for code in refused.value.codes] == [DEDAI]
    shutil.copy(SHIPPED / "references" / "wilayah.csv", stock.sources / "references" / "wilayah.csv")
    edit(stock, "wilayah", without(SEPAUK))
    load(stock)
    assert (listed(stock, "wilayah", SEPAUK), listed(stock, "wilayah", DEDAI)) == (False, True)


def test_what_stands_above_or_in_a_contract_is_used_too(gudang: Gudang) -> None:
    """A kecamatan that only tells which desa is meant, a unit and an indicator that the contract names, and the pemda where a source names no region."""
    gudang.contract(PEOPLE, PENDUDUK)
    gudang.contract(PLAIN, "key: [nama]\ncolumns:\n  nama: {type: text}\n")
    rows = [{"kecamatan": "Sepauk", "kode_wilayah": "Semuntai", "tahun": "2025", "pria": 7, "penduduk": 1}]
    gudang.accept(PEOPLE, [{**row, "mulai": date(2025, 1, 1), "akhir": date(2025, 12, 31)} for row in rows])
    gudang.accept(PLAIN, [{"nama": "satu"}, {"nama": "dua"}])
    resolved(gudang, DAY)
    edit(gudang, "indikator", without("penduduk"))
    edit(gudang, "satuan", without("ribu jiwa"))
    edit(gudang, "wilayah", without(SEPAUK, "61.05"))
    with pytest.raises(CodesInUse) as refused:
        load(gudang, "transformer")
    assert refused.value.lists == ("indikator", "satuan", "wilayah")
    assert [code.split(" ")[0] for code in refused.value.codes] == ["penduduk", "ribu", "61.05", SEPAUK]
    assert refused.value.codes[2:] == ("61.05 Kabupaten Sintang (3 baris)", "61.05.03 Sepauk (1 baris)")


def test_figures_of_the_past_hold_their_code(stock: Gudang) -> None:
    """Rows that newer ones replaced are what the history of figures shows."""
    stock.accept(STOCK, [stok(DEDAI, "2026-05-18", 40, 8)])
    edit(stock, "wilayah", without(SEPAUK))
    with pytest.raises(CodesInUse, match="Sepauk"):
        load(stock)


def test_a_rebuild_takes_the_lists_as_they_were(stock: Gudang) -> None:
    """What was released without a code once is released so again."""
    with stock.database.connect("owner") as conn:
        conn.execute("insert into ops.rebuild (archive, begun_at) values ('x', '2026-06-01')")
    edit(stock, "wilayah", without(SEPAUK))
    load(stock)
    assert listed(stock, "wilayah", SEPAUK) is False


def test_a_list_that_loses_nothing_asks_no_row(stock: Gudang, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_conn: psycopg.Connection, *_: object) -> list[object]:
        raise AssertionError

    monkeypatch.setattr("warehouse.references.used_among", never)
    edit(stock, "wilayah", lambda row: row | {"nama": "Sepauk Baru", "sinonim": "Sepauk"} if row["kode"] == SEPAUK else row)
    load(stock)
    assert stock.value(f"select name from ops.reference_item where code = '{SEPAUK}'", "steward") == "Sepauk Baru"
