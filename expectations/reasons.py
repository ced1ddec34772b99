"""The sentence over a whole batch: its worst severity, and the failures a person has to act on, as a typed class."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.dataset import Dataset
from contracts.errors import judging
from expectations.verdict import CheckResult, State

MOST_REASONS = 3
REFUSED: dict[str, type[judging.BatchRefused]] = {
    "empty": judging.NoRowsLeft, "same_rows": judging.DuplicateRows, "unique": judging.DuplicateRows, "total": judging.TotalMismatch,
    "declared": judging.TotalMismatch, "drift": judging.ColumnRetyped,
}  # fmt: skip
HELD: dict[str, type[judging.BatchHeld]] = {"volume": judging.BatchShrunk, "max_quarantined": judging.TooManyQuarantined}


def conclusion(dataset: Dataset, results: Sequence[CheckResult]) -> tuple[State, judging.BatchRefused | judging.BatchHeld | None]:
    """accepted, held or failed, and why."""
    if broken := [result for result in results if result.outcome == "error"]:
        return "failed", judging.RuleNotComputed(dataset.id, _reason(broken))
    if refused := _failed(results, "fail"):
        return "failed", REFUSED.get(refused[0].rule, judging.BatchRefused)(dataset.id, _reason(refused))
    if held := _failed(results, "hold"):
        return "held", HELD.get(held[0].rule, judging.BatchHeld)(dataset.id, _reason(held), held[0].rule_id)
    return "accepted", None


def _failed(results: Sequence[CheckResult], severity: str) -> list[CheckResult]:
    return [result for result in results if result.outcome == "fail" and result.severity == severity]


def _reason(results: Sequence[CheckResult]) -> str:
    said = " ".join(result.message or result.rule_id for result in results[:MOST_REASONS])
    return f"{said} Dan {len(results) - MOST_REASONS} sebab lain." if len(results) > MOST_REASONS else said
