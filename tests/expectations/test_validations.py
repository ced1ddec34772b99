"""Prevents what Great Expectations found from being lost, from contradicting the ledger, or from carrying somebody's name out of the data."""

from __future__ import annotations

import json
from typing import Any

import pytest

from expectations.rules import figures
from tests.expectations.conftest import Bench

NAME = "Siti Rahmawati"
FIGURE = 918_273_645
COLUMNS: dict[str, dict[str, Any]] = {
    "nama": {"type": "text", "pribadi": "nama", "required": True}, "n": {"type": "integer", "range": [0, 10]},
    "jenis": {"type": "text"},
}  # fmt: skip
CHECKS = [
    {"rule": "regex", "column": "nama", "pattern": "^A$"},
    {"rule": "length", "column": "nama", "length": [1, 4]},
    {"rule": "in_set", "column": "jenis", "values": ["a", "b"]},
    {"rule": "compare", "id": "kecil", "column": "n", "op": "<", "other": "5"},
]
ROWS = [{"nama": NAME, "n": FIGURE, "jenis": "c"}, {"nama": "A", "n": 1, "jenis": "a"}]


def test_every_count_of_gx_is_kept_and_says_what_the_ledger_says(bench: Bench) -> None:
    """By the id of the rule: passed or not, and how many rows."""
    judged = bench.judge(bench.dataset(COLUMNS, checks=CHECKS), ROWS)
    (kept,) = judged.verdict.validations
    stored = {one["expectation_config"]["meta"]["rule_id"]: one for one in kept.result["results"]}
    counted = {result.rule_id: result for result in judged.verdict.results if result.validation_id}
    assert counted.keys() == stored.keys()
    assert {"regex.nama", "length.nama", "in_set.jenis", "kecil", "range.n", "required.nama", "unique.id"} <= stored.keys()
    for rule_id, result in counted.items():
        assert result.validation_id == kept.validation_id
        assert stored[rule_id]["expectation_config"]["type"] == result.expectation_type
        assert stored[rule_id]["success"] == (result.outcome == "pass")
        assert stored[rule_id]["result"].get("unexpected_count", 0) == result.failed
    assert kept.table_name == judged.table


def test_what_gx_did_not_count_names_no_validation(bench: Bench) -> None:
    judged = bench.judge(bench.dataset(COLUMNS, checks=CHECKS), ROWS)
    assert judged.result("max_quarantined").validation_id is None


def test_no_cell_of_a_row_is_kept(bench: Bench) -> None:
    """Only counts are asked of GX; names stay in the raw table, also where their rule fails."""
    judged = bench.judge(bench.dataset(COLUMNS, checks=CHECKS), ROWS)
    assert judged.result("regex.nama").failed == 1
    text = json.dumps([one.result for one in judged.verdict.validations])
    assert NAME not in text
    assert str(FIGURE) not in text


def test_the_words_of_a_fault_are_not_kept(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL quotes the value it cannot read."""
    monkeypatch.setattr(figures, "literal", lambda text: "nama::integer")
    judged = bench.judge(bench.dataset(COLUMNS, checks=CHECKS), ROWS)
    assert judged.result("kecil").outcome == "error"
    (kept,) = judged.verdict.validations
    text = json.dumps(kept.result)
    assert NAME not in text
    assert "Traceback" not in text
    assert "Tidak dapat dihitung" in text


def test_what_is_kept_of_an_empty_batch_is_json(bench: Bench) -> None:
    """Shares of nothing are no numbers; JSON has no word for them."""
    (kept,) = bench.judge(bench.dataset(COLUMNS, checks=CHECKS), []).verdict.validations
    assert json.dumps(kept.result, allow_nan=False)
