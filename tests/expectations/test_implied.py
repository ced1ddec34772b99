"""Prevents a contract that lists no check from letting a whole table through that is a thousand times too large."""

from __future__ import annotations

import pytest

from expectations.judge import History
from tests.expectations.conftest import Bench
from tests.expectations.test_measured import COLUMNS, FIGURES, YEARLY, file, grown, rows


@pytest.mark.parametrize(
    ("factor", "broken"), [(1000, {"unit_shift.n": 8}), (0.01, {"unit_shift.n": 8}), (10, {}), (1 / 12, {}), (1.4, {})]
)
def test_a_table_a_thousand_times_too_large_is_held_though_nobody_asked(bench: Bench, factor: float, broken: dict[str, int]) -> None:
    """12,345 written as 12.345; what a new year does to a running sum is left alone."""
    dataset = bench.dataset(COLUMNS, **YEARLY)
    file(bench, dataset, {key: figure * 10 for key, figure in FIGURES.items()}, 2023)
    bench.history = History(last_counts=(8,), penerbit="")
    judged = bench.judge(dataset, rows(grown(FIGURES, factor * 10), 2024))
    assert (judged.broken, judged.verdict.state) == (broken, "held" if broken else "accepted")
