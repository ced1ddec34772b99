"""Periods are compared, sorted and joined as text across sources: two spellings of one month would be two months."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from contracts.cron import cron_problem
from contracts.durations import duration, last_n
from contracts.formats import format_problem, tokens
from contracts.periods import GRAINS, bounds, grain_of, last_periods, period_of, previous

DAYS = [date(2023, 12, 31), date(2024, 1, 1), date(2024, 2, 29), date(2024, 6, 30), date(2024, 7, 1), date(2024, 12, 30), date(2025, 2, 28)]


@pytest.mark.parametrize("grain", GRAINS)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_day_lies_in_its_period_and_the_periods_follow_each_other(grain: str, day: date) -> None:
    period = period_of(day, grain)
    first, last = bounds(period)
    assert first <= day <= last
    assert grain_of(period) == grain
    assert bounds(previous(period))[1] == first - timedelta(days=1)
    assert previous(period) < period


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-T4", date(2024, 10, 1), date(2024, 12, 31)),
        ("2023-S2", date(2023, 7, 1), date(2023, 12, 31)),
        ("2025-W01", date(2024, 12, 30), date(2025, 1, 5)),
        ("2024-03-M4", date(2024, 3, 22), date(2024, 3, 28)),
        ("2024-03-M5", date(2024, 3, 29), date(2024, 3, 31)),
        ("2023-02-M5", date(2023, 2, 28), date(2023, 2, 28)),
    ],
)
def test_known_periods(period: str, first: date, last: date) -> None:
    assert bounds(period) == (first, last)


@pytest.mark.parametrize("text", ["2023-13", "2023-02-30", "2023-W54", "2023-S3", "23", "2023-2", "", "2023-W53"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        bounds(text)


def test_the_last_periods_end_with_the_run() -> None:
    assert last_periods(date(2024, 1, 2), "hari", 3) == ("2023-12-31", "2024-01-01", "2024-01-02")


@pytest.mark.parametrize(
    ("template", "elements"),
    [
        ("D MMMM YYYY", ["D", "MMMM", "YYYY"]),
        ("YYYYMM", ["YYYY", "MM"]),
        ("s/d MMMM YYYY", ["MMMM", "YYYY"]),
        ("Semester S YYYY", ["S", "YYYY"]),
        ("MMM YYYY (W)", ["MMM", "YYYY", "W"]),
        ("DD/ MM/ YYYY", ["DD", "MM", "YYYY"]),
        ("YYYY-MM-DDTHH:mm", ["YYYY", "MM", "DD", "HH", "mm"]),
    ],
)
def test_only_whole_words_of_format_letters_are_elements(template: str, elements: list[str]) -> None:
    assert [token.text for token in tokens(template) if not token.literal] == elements
    assert "".join(token.text for token in tokens(template)) == template


@pytest.mark.parametrize(
    ("template", "kind", "grain", "words"),
    [
        ("yyyy-mm-dd", "date", None, "`yyyy`"),
        ("DD-MM-YYY", "date", None, "`YYY`"),
        ("MMMMM YYYY", "period", None, "`MMMMM`"),
        ("MMMM YYYY", "date", None, "huruf D"),
        ("YYYY", "period", "semester", "huruf S"),
        ("MMMM", "period", "bulan", "huruf Y"),
        ("relative", "period", None, "relative"),
    ],
)
def test_a_format_that_cannot_give_a_date_is_refused(template: str, kind: str, grain: str | None, words: str) -> None:
    assert words in (format_problem(template, kind, grain) or "")


@pytest.mark.parametrize(
    ("template", "kind", "grain"), [("epoch_ms", "timestamp", None), ("MMMM YYYY", "period", "triwulan"), ("YYYY", "period", "tahun")]
)
def test_a_format_that_suffices_is_accepted(template: str, kind: str, grain: str | None) -> None:
    assert format_problem(template, kind, grain) is None


@pytest.mark.parametrize(
    "schedule",
    [
        "0 7 * * *",
        "*/15 6-18 * * mon-fri",
        "0 0 1,15 * *",
        "5 4 * jan sun",
        "@daily",
        "0 3 * * 1-5/2",
        "0 0 29 2 *",
        "0 0 31 2 mon",
        "0 0 28-31 2 *",
        "0 0 */30 2 *",
    ],
)
def test_a_cron_schedule_is_accepted(schedule: str) -> None:
    assert cron_problem(schedule) is None


@pytest.mark.parametrize(
    "schedule",
    [
        "7",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * * 13 *",
        "* * * * 8",
        "5-1 * * * *",
        "a * * * *",
        "*/0 * * * *",
        "@setiap",
        "0 0 31 2 *",
        "0 0 30,31 feb *",
        "0 0 31 4,6-9/3 *",
        "0 0 30/1 2 *",
    ],
)
def test_what_is_no_schedule_is_refused(schedule: str) -> None:
    assert cron_problem(schedule)


def test_spans_of_time() -> None:
    assert (duration("12h"), duration("2d"), duration("1w")) == (timedelta(hours=12), timedelta(days=2), timedelta(days=7))
    assert (last_n("tanggal", "7d"), last_n("bulan", "3"), last_n("tahun", "2y")) == (7, 3, 2)


@pytest.mark.parametrize("text", ["0d", "2", "d", "2 hari", "-1d"])
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="bukan lama waktu"):
        duration(text)
