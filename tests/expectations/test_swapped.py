"""Prevents an agency that moves a column from publishing its women as its men."""

from __future__ import annotations

from typing import Any

import pytest

from expectations.judge import History
from tests.expectations.conftest import Bench
from tests.expectations.test_history import accepted
from tests.expectations.test_measured import YEARLY, year

PEOPLE = {"a": (1204, 1187), "b": (980, 1013), "c": (2210, 2171), "d": (455, 478), "e": (1630, 1604), "f": (720, 733)}
COLUMNS: dict[str, Any] = {
    "l": {"type": "integer", "unit": "jiwa"},
    "p": {"type": "integer", "unit": "jiwa"},
    "t": {"type": "period", "format": "YYYY"},
}


def counted(number: int, factor: float = 1, swapped: frozenset[str] = frozenset()) -> list[dict[str, Any]]:
    found = []
    for key, figures in PEOPLE.items():
        men, women = reversed(figures) if key in swapped else figures
        found.append({"id": key, "l": round(men * factor), "p": round(women * factor), "t": str(number)} | {
            name: value for name, value in year(number).items() if name != "p"})  # fmt: skip
    return found


@pytest.fixture
def dataset(bench: Bench) -> Any:
    dataset = bench.dataset(COLUMNS, **YEARLY | {"period": {"column": "t", "grain": "tahun"}, "key": ["id", "t"]})
    for number in (2022, 2023):
        for one in counted(number, 1 + (number - 2022) * 0.002):
            accepted(bench, dataset, **one)
    bench.history = History(last_counts=(6,), penerbit="")
    return dataset


@pytest.mark.parametrize("number", [2023, 2024], ids=["sent again", "the next year"])
def test_holds_a_file_whose_columns_changed_places(bench: Bench, dataset: Any, number: int) -> None:
    judged = bench.judge(dataset, counted(number, 1.004, frozenset(PEOPLE)))
    assert (judged.verdict.state, judged.broken) == ("held", {"swapped.l.p": 6})
    assert "Angka kolom l dan p tampak tertukar: 6 dari 6 baris" in str(
        [one.message for one in judged.verdict.results if one.rule == "swapped"]
    )


def test_believes_columns_that_stayed(bench: Bench, dataset: Any) -> None:
    """A year later, twice as many, two rows put right, and a first file."""
    assert bench.judge(dataset, counted(2024, 1.01)).broken == {}
    assert bench.judge(dataset, counted(2024, 2.2)).broken == {}
    assert bench.judge(dataset, counted(2024, 1.004, frozenset("ab"))).broken == {}
    bench.history = History(last_counts=(), penerbit="")
    assert bench.judge(dataset, counted(2024, 1, frozenset(PEOPLE))).broken == {}
