"""Prevents an office from being told that its prices are missing on a day on which no market was open."""

from __future__ import annotations

from datetime import date

import pytest

from contracts.references import SHIPPED, holidays, market_closed
from contracts.registry import load_registry
from satudata.conform.across import judge_across
from tests.conform.conftest import Gudang
from tests.conform.registry import HARGA, harga

PRICES = "sintang.disdagin.harga"
EXPECT = """freshness: {error_after: 1d}
expect: {every: [beras, gula], in: komoditas, per: [period], severity: warn}
"""


def told(gudang: Gudang, day: str) -> list[str]:
    """What is missing as of a day."""
    with gudang.database.connect("loader", autocommit=True) as conn:
        judge_across(conn, load_registry().datasets.values(), date.fromisoformat(day))
    query = "select outcome from ops.check_result where rule = 'complete' order by check_result_id desc limit 1"
    return [outcome for (outcome,) in gudang.rows(query, "loader")]


@pytest.mark.parametrize(("day", "outcome"), [("2026-03-24", "pass"), ("2026-03-25", "fail")])
def test_nobody_is_missing_on_idulfitri(gudang: Gudang, day: str, outcome: str) -> None:
    """Prices of 20 March are there; 21 and 22 March 2026 are Idulfitri, so 23 March is the next day that can be missing."""
    gudang.contract(PRICES, EXPECT + HARGA)
    gudang.accept(PRICES, [harga("Beras", 13000, "2026-03-20"), harga("Gula", 17000, "2026-03-20")])
    assert told(gudang, day) == [outcome]


def test_a_day_of_the_list_closes_markets_only_where_it_says_so() -> None:
    assert {date(2026, 3, 21), date(2026, 5, 27), date(2025, 3, 31)} <= market_closed(SHIPPED)
    assert date(2026, 8, 17) in holidays(SHIPPED) - market_closed(SHIPPED)
    assert {date(2026, 3, 19), date(2026, 6, 16), date(2024, 2, 14)} <= holidays(SHIPPED)
