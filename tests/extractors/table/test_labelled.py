"""Prevents a total with more words in its label from doubling a sum, and a thing of such a name from being lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extractors.formats import workbooks
from tests.extractors.reading import read
from tests.extractors.table.test_rows import BASE, read_rows, told, totals

LABELLED = ["JUMLAH (A+B)", "TOTAL KAB. SINTANG", "Jumlah penduduk desa", "Sub Jumlah", "Total 2", "Jml. s/d Juni"]
ALL_ROWS = "  - {is: total, where: {Desa: ^JUMLAH$}, of: [jiwa], over: all}\n"
ROWS_ABOVE = ALL_ROWS.replace("all", "rows_above")


@pytest.mark.parametrize("rule", [ALL_ROWS, ROWS_ABOVE])
@pytest.mark.parametrize("total", LABELLED)
def test_a_row_that_states_the_sum_above_it_is_a_total_whatever_its_label_adds(tmp_path: Path, total: str, rule: str) -> None:
    """Fails when a total with more words in its label is published as one more village, or leaves the table without its total."""
    found = read_rows(tmp_path, rule, f"a;1 / b;2 / {total};3")
    assert told(found, "desa") == [("a",), ("b",)]
    assert found.counts() == {"read": 3, "fetched": 3, "total": 1}
    assert totals(found) == [("pass", "", "", None)]


@pytest.mark.parametrize("chunk_rows", [50_000, 2])
def test_totals_of_groups_are_known_in_a_table_that_sums_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk_rows: int) -> None:
    """Fails when the total of a group is loaded, or takes part in the total of all."""
    monkeypatch.setenv("SATUDATA_CHUNK_ROWS", str(chunk_rows))
    rows = [("a", 1), ("b", 2), ("Jumlah Kec. X", 3), ("c", 4), ("d", 5), ("Jumlah Kec. Y", 9), ("JUMLAH", 12)]
    workbooks.xlsx(tmp_path / "buku", [("Desa", "Jiwa"), *rows])
    found = read(tmp_path, f"{BASE}rows:\n{ALL_ROWS}", (tmp_path / "buku").read_bytes())
    assert told(found, "desa") == [("a",), ("b",), ("c",), ("d",)]
    assert totals(found) == [("pass", "", "", None)]


def test_a_total_above_its_rows_is_known(tmp_path: Path) -> None:
    found = read_rows(tmp_path, ALL_ROWS, "Jumlah desa;3 / a;1 / b;2")
    assert (told(found, "desa"), totals(found)) == ([("a",), ("b",)], [("pass", "", "", None)])


def test_words_that_say_what_was_added_up_make_a_total_that_is_compared(tmp_path: Path) -> None:
    """Fails when a wrong total passes as data because its label names what it sums."""
    found = read_rows(tmp_path, ALL_ROWS, "a;1 / b;2 / JUMLAH (A + B);4")
    assert (told(found, "desa"), totals(found)) == ([("a",), ("b",)], [("fail", "4", "3", "baris 4")])


@pytest.mark.parametrize("rule", [ALL_ROWS, ROWS_ABOVE])
def test_a_row_that_the_tables_own_total_counts_in_is_data(tmp_path: Path, rule: str) -> None:
    """Fails when a thing that is called so is set aside although the table adds up with it alone."""
    found = read_rows(tmp_path, rule, "a;1 / b;2 / Total Jaya;4 / JUMLAH;7")
    assert (told(found, "desa"), found.doubts) == ([("a",), ("b",), ("Total Jaya",)], [None, None, None])
    assert totals(found) == [("pass", "", "", None)]


@pytest.mark.parametrize("rule", [ALL_ROWS, ROWS_ABOVE, "  - {is: drop, where: {Desa: ^JUMLAH$}, why: uji}\n"])
def test_a_label_that_nothing_explains_stays_open(tmp_path: Path, rule: str) -> None:
    """Fails when a row that may double every sum is loaded and nobody hears of it, or takes part in the sums that prove the others."""
    found = read_rows(tmp_path, rule, "a;1 / b;2 / Jumlah miskin;9 / JUMLAH;3")
    assert told(found, "desa") == [("a",), ("b",), ("Jumlah miskin",)]
    assert found.doubts == [None, None, "label jumlah?: Jumlah miskin"]
    assert {outcome for outcome, *_ in totals(found)} <= {"pass"}


def test_a_contract_says_that_a_row_is_data(tmp_path: Path) -> None:
    """Fails when a name that begins as a total does can never be loaded, or a later rule takes what an earlier one says is data."""
    rules = "  - {is: data, where: {Desa: '^total jaya|^jml$'}}\n"
    found = read_rows(tmp_path, rules + ALL_ROWS, "a;1 / b;2 / Total Jaya;3 / JML;1")
    assert (told(found, "desa"), found.doubts) == ([("a",), ("b",), ("Total Jaya",), ("JML",)], [None] * 4)
