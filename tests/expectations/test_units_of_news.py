"""Prevents a month in another unit from passing because the file says the eleven months before it again."""

from __future__ import annotations

import pytest

from expectations.judge import History
from tests.expectations.conftest import Bench
from tests.expectations.test_measured import COLUMNS, FIGURES, YEARLY, checked, file, grown, rows


@pytest.mark.parametrize("asked", [True, False])
@pytest.mark.parametrize("again", [1, 2, 5, 11])
@pytest.mark.parametrize("factor", [100, 1e-6])
def test_holds_the_newest_period_in_another_unit_however_many_the_file_says_again(
    bench: Bench, factor: float, again: int, asked: bool
) -> None:
    """A file that grows by a month until December: one figure in twelve is new."""
    dataset = checked(bench, "unit_shift") if asked else bench.dataset(COLUMNS, **YEARLY)
    bench.history = History(last_counts=(8,), penerbit="")
    large, batch = grown(FIGURES, 1_000_000), []
    for year_before in range(2024 - again, 2024):
        figures = grown(large, 1 + (year_before % 5 - 2) / 100)
        file(bench, dataset, figures, year_before)
        batch += rows(figures, year_before)
    judged = bench.judge(dataset, batch + rows(grown(large, factor), 2024))
    assert (judged.broken, judged.verdict.state) == ({"unit_shift.n": 8}, "held")


def test_says_old_periods_of_another_size_again_and_again(bench: Bench) -> None:
    """The year of the pandemic is a hundredth of those after it, in every file that says it again; what is new is not."""
    dataset = bench.dataset(COLUMNS, **YEARLY)
    bench.history = History(last_counts=(48,), penerbit="")
    known = {2019: 100, 2020: 1, 2021: 80, 2022: 100, 2023: 110}
    for number, factor in known.items():
        file(bench, dataset, grown(FIGURES, factor), number)
    batch = [row for number, factor in (known | {2024: 105}).items() for row in rows(grown(FIGURES, factor), number)]
    assert bench.judge(dataset, batch).broken == {}


def test_holds_a_known_period_that_is_revised_by_a_hundred(bench: Bench) -> None:
    dataset = checked(bench, "unit_shift")
    known = {2020: 95, 2021: 90, 2022: 100, 2023: 110}
    for number, factor in known.items():
        file(bench, dataset, grown(FIGURES, factor), number)
    batch = [row for number, factor in (known | {2022: 1}).items() for row in rows(grown(FIGURES, factor), number)]
    assert bench.judge(dataset, batch).broken == {"unit_shift.n": 8}
