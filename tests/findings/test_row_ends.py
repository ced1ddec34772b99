"""Prevents a row set aside that is asked for although it was mended, or that is forgotten although it was not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from contracts.working_days import after_working_days
from tests.findings.conftest import GOOD, Source
from warehouse.row_ends import reopen


@pytest.mark.parametrize("write", ["snapshot", "replace_period", "append"])
def test_a_newer_batch_mends_what_it_holds(source: Source, write: str):
    source.play(GOOD | {"k1": 500, "k2": 501}, write=write)
    source.play(GOOD | {"k1": 5, "k2": 502})
    assert source.aside == [(1, "k1", "fixed", 2), (1, "k2", "superseded", 2), (2, "k2", "open", None)]
    source.play(GOOD | {"k1": 5})
    assert source.open == []


def test_an_unchanged_figure_mends_too(source: Source):
    """Yesterday's figure stands again: nothing is merged, and the row is mended all the same."""
    source.play(GOOD)
    source.play(GOOD | {"k1": 500})
    source.play(GOOD)
    assert source.aside == [(2, "k1", "fixed", 3)]
    assert source.published == GOOD


def test_what_is_gone_is_superseded_where_the_batch_speaks_for_all(source: Source):
    rows = {code: n for code, n in GOOD.items() if code != "k1"}
    source.play(GOOD | {"k1": 500})
    source.play(rows)
    assert source.aside == [(1, "k1", "superseded", 2)]


def test_another_period_ends_nothing(source: Source):
    source.play(GOOD | {"k1": 500}, "2026-06-01", write="replace_period")
    source.play({code: n for code, n in GOOD.items() if code != "k1"}, "2026-06-02")
    assert source.open == ["k1"]
    source.play({code: n + 1 for code, n in GOOD.items() if code != "k1"}, "2026-06-01")
    assert source.open == []


def test_append_says_nothing_of_what_it_lacks(source: Source):
    source.play(GOOD | {"k1": 500}, write="append")
    source.play({code: n + 1 for code, n in GOOD.items() if code != "k1"})
    assert source.open == ["k1"]


@pytest.mark.parametrize("write", ["snapshot", "replace_period", "append"])
def test_a_row_without_a_readable_key_waits_for_a_batch_without_it(source: Source, write: str):
    lines = ["kode;hari;n", *(f"{code};2026-06-01;{n}" for code, n in GOOD.items())]
    source.play("\n".join([*lines, ";2026-06-01;3"]), write=write)
    assert source.aside == [(1, None, "open", None)]
    source.play("\n".join([*lines, "k99;2026-06-01;7", ";2026-06-01;3"]))
    assert source.aside == [(1, None, "superseded", 2), (2, None, "open", None)]
    source.play("\n".join([*lines, "k99;2026-06-01;8"]))
    assert source.aside == [(1, None, "superseded", 2), (2, None, "superseded", 3)]


def test_a_failed_batch_mends_nothing_and_does_not_pile_up(source: Source):
    source.play(GOOD | {"k1": 500}, more="checks: [{rule: compare, column: n, op: '!=', other: '66', severity: fail}]")
    for n in (600, 601):
        assert source.play(GOOD | {"k1": n, "k2": 66}).state == "failed"
    assert source.aside == [(1, "k1", "open", None), (2, "k1", "superseded", 1), (3, "k1", "superseded", 1)]
    source.play(GOOD)
    assert source.open == []


def test_what_comes_from_an_older_fetch_mends_nothing(source: Source):
    source.play(GOOD | {"k1": 500})
    source.conn.execute("update ops.batch set fetched_at = fetched_at + interval '1 day'")
    source.play(GOOD | {"k2": 600})
    assert source.aside == [(1, "k1", "open", None), (2, "k2", "superseded", 1)]


def test_what_is_set_aside_again_keeps_its_day(source: Source):
    source.play(GOOD | {"k1": 500})
    source.play(GOOD | {"k1": 501})
    assert source.all("select due from ops.quarantined_row order by batch_id") == 2 * [(date(2026, 6, 22),)]


def test_a_shrunken_batch_ends_nothing_it_lacks(source: Source):
    source.play(GOOD | {"k1": 500})
    assert source.play({"k2": 2, "k3": 3}).state == "held"
    assert source.open == ["k1"]


def test_what_a_returned_batch_ended_is_open_again(source: Source):
    checks = "checks: [{rule: compare, column: n, op: '!=', other: '66', severity: hold}]"
    source.play(GOOD | {"k1": 500}, more=checks)
    source.play(GOOD | {"k2": 66})
    assert source.aside == [(1, "k1", "fixed", 2)]
    assert reopen(source.conn, 2) == 1
    assert source.open == ["k1"]


def test_what_a_batch_taken_back_had_ended_is_ended_by_its_successor(source: Source):
    checks = "checks: [{rule: compare, column: n, op: '!=', other: '66', severity: hold}]"
    source.play(GOOD | {"k1": 500}, more=checks)
    source.play(GOOD | {"k2": 66})
    source.play(GOOD | {"k1": 700})
    assert source.aside == [(1, "k1", "superseded", 3), (3, "k1", "open", None)]


def test_a_key_whose_type_has_changed_is_no_fault(source: Source):
    source.play("kode;hari;n\nk1;2026-06-01;500\nk2;2026-06-01;1", write="append")
    (source.folder / "isi.csv").write_text("kode;hari;n\nk1;2026-06-01;5\nk2;2026-06-01;1")
    (source.folder / "isi.yml").write_text(source.contract.replace("key: [kode, hari]", "key: [kode, n]"))
    assert source.again().state == "accepted"


def test_working_days_leave_out_weekends_and_holidays():
    friday = date(2026, 6, 5)
    assert after_working_days(friday, 1) == friday + timedelta(days=3)
    assert after_working_days(friday, 1, {date(2026, 6, 8)}) == date(2026, 6, 9)
    assert after_working_days(friday, 14) == date(2026, 6, 25)
