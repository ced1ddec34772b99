"""Prevents the suite from being decoration: every row of the ledger comes from an expectation that GX ran, and only from there."""

from __future__ import annotations

import gc
import json
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy

from contracts.errors import WarehouseUnreachable
from expectations import suite
from expectations.counting import Counted
from expectations.rules import figures
from tests.expectations.conftest import Bench

CHECKS = [
    {"rule": "range", "column": "n", "range": [0, 9]},
    {"rule": "in_set", "column": "t", "values": ["x"]},
    {"rule": "regex", "column": "t", "pattern": "^x$"},
    {"rule": "length", "column": "t", "length": [1, 1]},
    {"rule": "required", "column": "t"},
    {"rule": "compare", "column": "n", "op": "<", "other": "m"},
    {"rule": "sum_of", "column": "n", "parts": ["m"]},
    {"rule": "ratio", "of": "n", "to": "m", "range": [0, 1]},
    {"rule": "not_future", "column": "d"},
    {"rule": "unique", "columns": ["t", "n"]},
    {"rule": "change_within", "column": "n", "percent": 5},
    {"rule": "date_order", "columns": ["d", "e"]},
    {"rule": "mean_of", "column": "n", "parts": ["m"]},
    {"rule": "max_of", "column": "n", "parts": ["m"]},
    {"rule": "in_box", "latitude": "lat", "longitude": "lon"},
    {"rule": "axes_swapped", "latitude": "lat", "longitude": "lon"},
    {"rule": "junk", "columns": ["t"]},
    {"rule": "personal_data"},
    {"rule": "sql", "condition": "n > 5", "message": "Terlalu besar."},
]
ROW_RULES = [check for check in CHECKS if check["rule"] not in ("unique", "change_within")]  # fmt: skip
COLUMNS = {
    "t": {"type": "text"},
    "n": {"type": "integer"},
    "m": {"type": "integer"},
    "d": {"type": "date"},
    "e": {"type": "date"},
    "lat": {"type": "latitude"},
    "lon": {"type": "longitude"},
}
TYPES = {
    "empty": "expect_table_row_count_to_be_between", "drift.n": "expect_column_to_keep_its_type",
    "castable.n": "expect_column_values_to_be_castable", "key.id": "expect_key_column_to_be_filled", "same_rows": "expect_rows_to_differ",
    "unique.id": "expect_key_to_be_unique", "range.n": "expect_column_values_to_be_between", "in_set.t": "expect_column_values_to_be_in_set",
    "regex.t": "expect_column_values_to_match_regex", "length.t": "expect_column_value_lengths_to_be_between",
    "required.t": "expect_column_values_to_be_filled", "compare.n": "expect_columns_to_compare",
    "sum_of.n": "expect_column_to_equal_sum_of_parts", "ratio.n": "expect_column_ratio_to_be_between",
    "not_future.d": "expect_column_values_not_to_be_in_the_future", "unique.t_n": "expect_key_to_be_unique",
    "change_within.n": "expect_column_change_to_be_within", "date_order.d_e": "expect_dates_to_be_in_order",
    "mean_of.n": "expect_column_to_equal_mean_of_parts", "max_of.n": "expect_column_to_equal_max_of_parts",
    "in_box.lat_lon": "expect_points_to_be_in_box", "axes_swapped.lat_lon": "expect_axes_not_to_be_swapped",
    "junk.t": "expect_rows_not_to_be_junk", "personal_data": "expect_rows_to_name_nobody", "sql": "expect_condition_not_to_hold",
}  # fmt: skip


def fresh_process() -> None:
    """As if nothing had been judged in this process."""
    suite._source.cache_clear()
    suite.context.cache_clear()


def judged_with(bench: Bench, monkeypatch: pytest.MonkeyPatch, keep: Any) -> list[str]:
    made = suite.suite_of
    monkeypatch.setattr(suite, "suite_of", lambda rules: made([rule for rule in rules if keep(rule)]))
    from warehouse import raw_tables

    dataset = bench.dataset(COLUMNS, checks=CHECKS)
    raw_tables.ensure(bench.conn, dataset)
    return [r.rule_id for r in bench.judge(dataset, [{"t": "x", "n": 1, "m": 1}]).verdict.results]


def test_every_rule_lands_with_the_type_of_its_expectation(bench: Bench) -> None:
    from warehouse import raw_tables

    dataset = bench.dataset(COLUMNS, checks=CHECKS)
    raw_tables.ensure(bench.conn, dataset)
    results = {r.rule_id: r for r in bench.judge(dataset, [{"t": "x", "n": 1, "m": 1}]).verdict.results}
    assert {rule_id: results[rule_id].expectation_type for rule_id in TYPES} == TYPES
    assert results["max_quarantined"].expectation_type is None


NUMBERED = {"rule": "required", "column": "m", "id": "range.n.2"}
SECOND = {"rule": "range", "column": "n", "range": [0, 5]}


@pytest.mark.parametrize("checks", [[NUMBERED, SECOND], [SECOND, NUMBERED]])
def test_two_rules_never_share_a_name(bench: Bench, checks: list[dict[str, Any]]) -> None:
    """The second range of a column gets a number; a check that is called so already would be lost, or would lose it."""
    columns = {"n": {"type": "integer", "range": [3, 9]}, "m": {"type": "integer"}}
    judged = bench.judge(bench.dataset(columns, checks=checks), [{"n": 1, "m": None}, {"n": 8, "m": 1}])
    assert judged.aside == {1: ["range.n", "range.n.2"], 2: ["range.n.3"]}
    assert judged.result("range.n.2").rule == "required"


def test_a_check_called_as_a_result_that_no_expectation_gives_is_told_apart(bench: Bench) -> None:
    """Else one finding would stand for both."""
    check = {"rule": "required", "column": "n", "id": "max_quarantined"}
    judged = bench.judge(bench.dataset({"n": {"type": "integer"}}, checks=[check]), [{"n": None}])
    assert judged.aside == {1: ["max_quarantined.2"]}
    assert judged.result("max_quarantined").rule == "max_quarantined"


@pytest.mark.parametrize("rule_id", TYPES)
def test_removing_an_expectation_removes_its_row(bench: Bench, monkeypatch: pytest.MonkeyPatch, rule_id: str) -> None:
    left = judged_with(bench, monkeypatch, lambda rule: rule.rule_id != rule_id)
    assert rule_id not in left
    assert set(TYPES) - {rule_id} <= set(left)


@pytest.mark.parametrize("lie", [0, 2])
def test_a_count_that_the_rows_do_not_bear_out_is_an_error(bench: Bench, monkeypatch: pytest.MonkeyPatch, lie: int) -> None:
    """GX and the SQL that finds the rows must agree, or the batch is not judged."""
    honest = suite.run

    def run(*arguments: Any) -> list[Counted]:
        return [replace(one, failed=one.failed + lie) if one.rule_id == "range.n" else one for one in honest(*arguments)]

    monkeypatch.setattr(suite, "run", run)
    judged = bench.judge(bench.dataset(COLUMNS, checks=CHECKS[:1]), [{"n": 99}, {"n": 1}])
    assert judged.verdict.state == ("failed" if lie else "accepted")
    assert judged.result("range.n").outcome == ("error" if lie else "fail")
    assert not lie or judged.verdict.error_class == "RuleNotComputed"


def test_a_rule_that_cannot_be_computed_fails_the_batch_and_names_itself(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its neighbours in the same query are judged all the same."""
    monkeypatch.setattr(figures, "literal", lambda text: "'bukan angka'")
    checks = [{"rule": "compare", "id": "rusak", "column": "n", "op": "<", "other": "5"}, CHECKS[0]]
    judged = bench.judge(bench.dataset(COLUMNS, checks=checks), [{"n": 99, "d": "2025-01-01"}])
    assert (judged.verdict.state, judged.verdict.error_class) == ("failed", "RuleNotComputed")
    assert "Aturan rusak tidak dapat dihitung" in judged.verdict.message
    assert [r.rule_id for r in judged.verdict.results if r.outcome == "error"] == ["rusak"]
    assert judged.result("range.n").outcome == "fail"


def test_a_lost_connection_is_no_verdict(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether GX cannot connect, or loses the connection half-way: the warehouse is named, not the data."""
    dataset = bench.dataset(COLUMNS, checks=CHECKS[:1])
    honest = suite.run
    monkeypatch.setattr(suite, "run", lambda *arguments: [replace(one, broken=True) for one in honest(*arguments)])
    with pytest.raises(WarehouseUnreachable):
        bench.judge(dataset, [{"n": 1}])
    monkeypatch.setattr(suite, "run", honest)
    monkeypatch.setattr("expectations.counting.database_url", lambda _: "postgresql://loader:rahasia@127.0.0.1:1/x")
    with pytest.raises(WarehouseUnreachable) as raised:
        bench.judge(dataset, [{"n": 1}])
    assert "rahasia" not in raised.value.message


def test_leaves_no_connection_no_table_and_no_file_behind(bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    fresh_process()
    mine = bench.conn.info.backend_pid
    others = "select count(*) from pg_stat_activity where datname = current_database() and backend_type = 'client backend' and pid <> %s"
    before = bench.conn.execute(others, [mine]).fetchone()
    dataset = bench.dataset(COLUMNS, checks=CHECKS[:1])
    files = sorted(tmp_path.rglob("*"))
    judged = bench.judge(dataset, [{"n": 1}])
    assert sorted(tmp_path.rglob("*")) == files
    until = time.monotonic() + 10  # a backend whose client has gone is seen for a moment longer
    while bench.conn.execute(others, [mine]).fetchone() != before and time.monotonic() < until:
        time.sleep(0.05)
    assert bench.conn.execute(others, [mine]).fetchone() == before
    aside = judged.table.replace(".b_", ".q_")
    assert bench.conn.execute("select to_regclass(%s)", [aside]).fetchone() == (None,)


def test_asks_nobody_outside_this_machine(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        assert not isinstance(address, tuple) or address[0] in ("127.0.0.1", "::1"), address
        honest(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("a name was looked up"))
    fresh_process()
    assert bench.judge(bench.dataset(COLUMNS, checks=CHECKS[:1]), [{"n": 1}]).verdict.state == "accepted"


def test_another_row_rule_costs_an_expression_and_no_scan(bench: Bench) -> None:
    """Whatever rules on single rows are added, the staging table is read as often as without them."""

    def statements(checks: list[dict[str, Any]]) -> int:
        asked: list[str] = []
        listener = lambda _conn, _cursor, statement, *_: asked.append(statement)  # noqa: E731 - to be removed again, it needs a name
        dataset = bench.dataset(COLUMNS, checks=checks)
        sqlalchemy.event.listen(sqlalchemy.Engine, "before_cursor_execute", listener)
        try:
            table = bench.judge(dataset, [{"t": "x", "n": 1, "m": 1}]).table
        finally:
            sqlalchemy.event.remove(sqlalchemy.Engine, "before_cursor_execute", listener)
        return sum(table.split(".")[1] in statement and "count(" in statement.lower() for statement in asked)

    assert statements(ROW_RULES) == statements([]) > 0


def engines() -> int:
    gc.collect()
    return sum(isinstance(one, sqlalchemy.Engine) for one in gc.get_objects())


def test_a_process_that_judges_many_batches_does_not_grow(bench: Bench) -> None:
    """Neither connections nor assets of one batch outlive it."""
    dataset = bench.dataset(COLUMNS, checks=CHECKS[:1])
    bench.judge(dataset, [{"n": 1}])
    before = engines()
    for _ in range(4):
        bench.judge(dataset, [{"n": 1}])
    assert engines() <= before
    assert [name for source in suite.context().data_sources.all().values() for name in source.get_asset_names()] == []


def test_importing_the_judge_does_not_import_great_expectations() -> None:
    """An unchanged source must not pay for it; `preload` does, once, ahead of need."""
    code = """
import json, sys
from expectations import judge
before = "great_expectations" in sys.modules or "pandas" in sys.modules
judge.preload()
print(json.dumps([before, "great_expectations" in sys.modules]))
"""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert json.loads(done.stdout.splitlines()[-1]) == [False, True]
