"""Prevents sentences of rules from naming a period otherwise than contracts, facts and pages do."""

from __future__ import annotations

from datetime import date

import pytest

from contracts.periods import GRAINS, bounds, period_of
from expectations.measuring.words import period
from tests.expectations.conftest import Bench


@pytest.mark.parametrize("grain", GRAINS)
def test_a_sentence_names_a_period_as_everything_else_does(bench: Bench, grain: str) -> None:
    """A semester was told as the day on which it begins."""
    for day in (date(2024, 1, 1), date(2023, 7, 1), date(2021, 12, 22)):
        start = bounds(period_of(day, grain))[0]
        found = bench.conn.execute(f"select {period(grain, 'd')} from (select date '{start}' as d) x".encode()).fetchone()
        assert found == (period_of(day, grain),)
