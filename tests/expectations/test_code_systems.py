"""Prevents figures from being published under another region because two code systems use the same digits: 6107 is Sintang, or Bengkayang."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from expectations.judge import History
from expectations.rules.code_systems import code_system_rules
from expectations.rules.judged import Judged
from tests.expectations.conftest import DAY, Bench
from warehouse.code_columns import code_columns
from warehouse.references import load_references


@pytest.fixture
def lists(bench: Bench) -> Bench:
    """The shipped lists of codes, in both systems."""
    load_references(bench.conn)
    return bench


def system_of(lists: Bench, rows: list[dict[str, str]], **column: str) -> tuple[str, int, str]:
    """The state of a batch with codes and names, how many rows speak against the system, and what is told."""
    kode = {"type": "wilayah", "level": "kabupaten_kota"} | column
    judged = lists.judge(lists.dataset({"kode": kode, "nama": {"type": "text"}, "isi": {"type": "text"}}), rows)
    found = judged.result("code_system.kode")
    return judged.verdict.state, found.failed or 0, found.message or ""


BPS = [{"kode": "6107", "nama": "SINTANG"}, {"kode": "6105", "nama": "Kab. Sanggau"}, {"kode": "6112", "nama": "KUBU RAYA"}]
KEMENDAGRI = [{"kode": "6105", "nama": "SINTANG"}, {"kode": "6103", "nama": "Kab. Sanggau"}, {"kode": "61.12", "nama": "KUBU RAYA"}]


def test_codes_of_the_other_system_are_told_by_the_names_beside_them(lists: Bench) -> None:
    """Else Sintang's figures are published as Bengkayang's, and nothing is ever wrong."""
    state, failed, message = system_of(lists, BPS, system="kemendagri")
    assert (state, failed) == ("held", 2)  # Kubu Raya has the same digits in both
    assert "6107 (Kabupaten Bengkayang menurut Kemendagri, Kabupaten Sintang menurut yang lain)" in message
    assert "tulis `system: bps` di kontrak" in message
    assert system_of(lists, KEMENDAGRI, system="bps")[:2] == ("held", 2)
    assert system_of(lists, BPS, system="bps")[:2] == ("accepted", 0)
    assert system_of(lists, KEMENDAGRI, system="kemendagri")[:2] == ("accepted", 0)


def test_a_wrong_name_in_a_few_rows_is_no_wrong_system(lists: Bench) -> None:
    """Nor is a column that happens to name regions: where one column of names fits, the system is proven."""
    rows = [*KEMENDAGRI, {"kode": "6101", "nama": "SINTANG"}]
    assert system_of(lists, rows, system="kemendagri")[:2] == ("accepted", 0)
    towards = [{**row, "isi": "Kota Pontianak"} for row in KEMENDAGRI]
    assert system_of(lists, towards, system="kemendagri")[:2] == ("accepted", 0)


def test_without_names_the_contract_has_to_say_the_system(lists: Bench) -> None:
    """6107 alone may be either; 61.07 is Kemendagri's, and where both systems have the same digits nothing can go wrong."""
    bare = [{"kode": row["kode"]} for row in BPS]
    assert system_of(lists, bare)[:2] == ("held", 2)
    assert system_of(lists, bare, system="kemendagri")[:2] == ("accepted", 0)
    assert system_of(lists, [{"kode": "61.07"}, {"kode": "61.05"}])[:2] == ("accepted", 0)
    assert system_of(lists, [{"kode": "3571"}, {"kode": "3506"}])[:2] == ("accepted", 0)
    assert system_of(lists, KEMENDAGRI)[:2] == ("accepted", 0)  # proven by the names


def test_codes_that_exist_only_in_the_other_system_are_told_without_names(lists: Bench) -> None:
    """1473 is Kota Dumai to BPS and nobody to Kemendagri."""
    assert system_of(lists, [{"kode": "1473"}, {"kode": "1401"}], system="kemendagri")[:2] == ("held", 1)


@pytest.mark.real_file
def test_each_of_the_195_kabupaten_and_kota_that_differ_is_caught(lists: Bench, shared: Path) -> None:
    """Alone in its file, with its BPS code and its name, declared Kemendagri, and the other way round."""
    with (shared / "data" / "ref_kode_kabkota_berbeda.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = list(csv.DictReader(file))
    bps = [{"kode": row["kode_bps_2018"], "nama": row["nama_kemendagri"]} for row in listed]
    kemendagri = [{"kode": row["kode_kemendagri"], "nama": row["nama_kemendagri"]} for row in listed]
    assert len(listed) == 195
    assert system_of(lists, bps, system="kemendagri")[:2] == ("held", 195)
    assert system_of(lists, [{**row, "kode": row["kode"].replace(".", "")} for row in kemendagri], system="bps")[:2] == ("held", 195)
    assert system_of(lists, bps, system="bps")[:2] == ("accepted", 0)
    assert system_of(lists, kemendagri, system="kemendagri")[:2] == ("accepted", 0)
    kode = lists.dataset({"kode": {"type": "wilayah", "level": "kabupaten_kota", "system": "kemendagri"}, "nama": {"type": "text"}})
    for row in bps:
        judged = Judged(kode, lists.stage(kode, [row]), DAY, History(), tuple(code_columns(lists.conn, kode.id)))
        (rule,) = code_system_rules(judged)
        found = lists.conn.execute(str(rule.expectation.kwargs["query"]).encode()).fetchone()
        assert found is not None
        assert found[:2] == (1, 1), row


def test_notes_beside_the_codes_are_not_asked_for_names(lists: Bench) -> None:
    """A column with another text in every row names nothing: it neither hides the names beside it nor changes how many rows speak against the system."""
    noted = [{**row, "isi": f"catatan {n}"} for n in range(150) for row in BPS]
    assert system_of(lists, noted, system="kemendagri")[:2] == ("held", 300)
    bare = [{"kode": "1473", "nama": f"pos {n}", "isi": f"catatan {n}"} for n in range(400)]
    assert system_of(lists, bare, system="kemendagri")[:2] == ("held", 400)
