"""Prevents a slip in a date from putting a figure into another year, and from ending all that year holds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from expectations.judge import History
from expectations.measuring.stray import main_body, unbelieved
from tests.expectations.conftest import Bench
from tests.expectations.test_history import accepted

COLUMNS: dict[str, Any] = {"n": {"type": "integer"}, "t": {"type": "date", "format": "YYYY-MM-DD"}}
DAILY = {"period": {"column": "t", "grain": "hari"}, "key": ["id", "t"], "write": "replace_period"}
MONDAY = date(2025, 5, 5)
WEEK = [MONDAY + timedelta(days=day) for day in range(7)]


def row(market: int, day: date) -> dict[str, Any]:
    return {"id": f"m{market}", "n": 100, "t": day, "_periode_mulai": day, "_periode_akhir": day}


def week(first: date = MONDAY, markets: int = 6) -> list[dict[str, Any]]:
    return [row(market, first + timedelta(days=day)) for day in range(7) for market in range(markets)]


@pytest.fixture
def dataset(bench: Bench) -> Any:
    """A source whose last file told of the week before."""
    dataset = bench.dataset(COLUMNS, **DAILY)
    for one in week(MONDAY - timedelta(days=7)):
        accepted(bench, dataset, **one)
    bench.history = History(last_counts=(42,), penerbit="")
    return dataset


@pytest.mark.parametrize(
    "day", [MONDAY - timedelta(days=366), date(2015, 5, 6), date(2025, 8, 5)], ids=["a year", "a decade", "day and month exchanged"]
)
def test_sets_aside_a_row_of_another_time(bench: Bench, dataset: Any, day: date) -> None:
    rows = week()
    rows[9] = row(3, day)
    judged = bench.judge(dataset, rows)
    ahead = {"not_future.t": f"Kolom t berisi {day}; seharusnya tidak melewati {bench.run_date}."} if day > bench.run_date else {}
    assert judged.aside == {10: ["stray.t", *ahead]}
    assert judged.messages[10] == [
        f"Kolom t berisi {day}; seharusnya antara 2025-05-05 dan 2025-05-11 seperti baris lain berkas ini (salah tulis tanggal?).",
        *ahead.values(),
    ]


def test_believes_what_may_well_be(bench: Bench, dataset: Any) -> None:
    """A whole day of another time, a first file, a day sent again as it stands, a quiet day among the others."""
    assert bench.judge(dataset, [*week(), *(row(market, date(2024, 5, 6)) for market in range(6))]).aside == {}
    assert bench.judge(dataset, week()[:-5]).aside == {}
    accepted(bench, dataset, **row(1, date(2023, 1, 1)))
    assert bench.judge(dataset, [*week(), row(1, date(2023, 1, 1))]).aside == {}
    bench.history = History(last_counts=(), penerbit="")
    assert bench.judge(dataset, [*week(), row(1, date(2015, 1, 1))]).aside == {}


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize(
    ("first", "at", "written"),
    [(date(2025, 4, 28), 30, date(2025, 3, 5)), (MONDAY, 9, date(2015, 5, 6)), (MONDAY, 41, date(2015, 5, 11)), (date(2025, 2, 3), 0, date(2025, 3, 2)),
     (date(2025, 3, 29), 30, date(2025, 2, 4))],
    ids=["day and month exchanged", "a decade", "a decade, in the last row", "exchanged, in the first row", "of a month that is there"],
)  # fmt: skip
def test_a_first_file_in_order_of_time_says_where_a_row_belongs(
    bench: Bench, first: date, at: int, written: date, descending: bool
) -> None:
    """3 May was written 5 March; nothing is known of the publisher, and March would not be far from a file of two months."""
    dataset = bench.dataset(COLUMNS, **DAILY)
    bench.history = History(last_counts=(), penerbit="")
    rows = week(first)
    rows[at] = row(at % 6, written)
    assert bench.judge(dataset, rows[::-1] if descending else rows).aside == {42 - at if descending else at + 1: ["stray.t"]}


def test_a_file_market_by_market_says_where_a_row_belongs(bench: Bench) -> None:
    dataset = bench.dataset(COLUMNS, **DAILY)
    bench.history = History(last_counts=(), penerbit="")
    rows = sorted(week(date(2025, 4, 28)), key=lambda one: (one["id"], one["t"]))
    rows[11] = row(1, date(2025, 2, 5))
    rows[27] = row(3, date(2015, 5, 4))  # the last of its market: what follows tells nothing of it
    assert bench.judge(dataset, rows).aside == {12: ["stray.t"]}


def test_a_row_that_comes_late_is_not_taken_for_a_slip(bench: Bench) -> None:
    """Behind a file in order of time, before it, between two days; and in a file in another order, where nothing can be said."""
    dataset = bench.dataset(COLUMNS, **DAILY)
    bench.history = History(last_counts=(), penerbit="")
    late = row(7, date(2025, 5, 2))
    assert bench.judge(dataset, week(date(2025, 4, 1))).aside == {}
    assert bench.judge(dataset, [*week(), late]).aside == {}
    assert bench.judge(dataset, [row(7, date(2025, 5, 20)), *week()]).aside == {}
    assert bench.judge(dataset, [*week()[:20], late, *week()[20:]]).aside == {}
    for day in WEEK[::2]:  # a year ago, beside its day and below all
        assert (
            bench.judge(dataset, [*week()[:30], row(8, day.replace(year=2024)), *week()[30:], row(7, day.replace(year=2024))]).aside == {}
        )
    by_year = [row(market, date(2024 if market in (2, 4) else 2025, 5, 5)) for market in range(9)]
    assert bench.judge(dataset, by_year).aside == {}


def test_a_year_of_which_the_file_knows_one_row_is_not_taken_for_replaced(bench: Bench) -> None:
    """2023 beside 2024 is no gap; but of the 30 regions known there, one would stay."""
    dataset = bench.dataset(
        {"n": {"type": "integer"}, "t": {"type": "period", "format": "YYYY"}},
        period={"column": "t", "grain": "tahun"},
        key=["id", "t"],
        write="replace_period",
    )

    def region(number: int, year: int) -> dict[str, Any]:
        return {"id": f"r{number}", "n": 5, "t": str(year), "_periode_mulai": f"{year}-01-01", "_periode_akhir": f"{year}-12-31"}

    for number in range(30):
        accepted(bench, dataset, **region(number, 2023))
    bench.history = History(last_counts=(30,), penerbit="")
    rows = [region(number, 2024 if number != 7 else 2023) for number in range(30)]
    assert bench.judge(dataset, rows).aside == {8: ["stray.t"]}
    assert bench.judge(dataset, [region(number, 2024 if number > 14 else 2023) for number in range(30)]).aside == {}


def test_knows_the_time_a_file_is_about() -> None:
    holiday = [*WEEK, *(day + timedelta(days=9) for day in WEEK)]
    assert main_body(dict.fromkeys(holiday, 5), 1) == holiday
    assert main_body(dict.fromkeys([*WEEK, MONDAY + timedelta(days=300)], 5), 1) == WEEK
    assert main_body({date(year, 1, 1): 3 for year in (1971, 1980, 1990, 2000, 2010)}, 366) == [
        date(year, 1, 1) for year in (1971, 1980, 1990, 2000, 2010)
    ]
    assert unbelieved([MONDAY], {MONDAY: 1}, {MONDAY: 40}, frozenset([MONDAY]), replaces=False) == []
    assert unbelieved([MONDAY], {MONDAY: 1}, {MONDAY: 40}, frozenset([MONDAY]), replaces=True) == [MONDAY]


def of_years(bench: Bench, *standing: int) -> Any:
    dataset = bench.dataset(
        {"n": {"type": "integer"}, "t": {"type": "period", "format": "YYYY"}},
        period={"column": "t", "grain": "tahun"},
        key=["id", "t"],
        write="replace_period",
    )
    for one in (one for year in standing for one in of_year(year)):
        accepted(bench, dataset, **one)
    bench.history = History(last_counts=(10,), penerbit="")
    return dataset


def of_year(year: int, regions: int = 10) -> list[dict[str, Any]]:
    period = {"t": str(year), "_periode_mulai": f"{year}-01-01", "_periode_akhir": f"{year}-12-31"}
    return [{"id": f"r{number}", "n": 5} | period for number in range(regions)]


@pytest.mark.parametrize(
    "told", [(2019, 2020, 2021, 2022, 2023, 2024), (2018, 2019, 2020)], ids=["a file of all years", "older years beside it"]
)
def test_a_year_that_begins_is_no_slip(bench: Bench, told: tuple[int, ...]) -> None:
    """Fails when the first kecamatan that reports of the year after the newest is set aside, because few have."""
    dataset = of_years(bench, *range(2018, 2025))
    rows = [row for year in told for row in of_year(year)]
    assert bench.judge(dataset, [*rows, *of_year(2025, regions=1)]).broken == {}
    assert bench.judge(dataset, [*rows, *of_year(2052, regions=1)]).aside == {len(rows) + 1: ["stray.t"]}
