"""The period system: one sortable text per period, the same in contracts, staging, raw, facts and pages.

    hari 2023-02-14 | minggu 2023-W07 (ISO) | minggu_bulan 2023-02-M2 | bulan 2023-02 | triwulan 2023-T1 | semester 2023-S1 | tahun 2023

``minggu_bulan`` is the week of the month in which weekly price reports count: days 1-7, 8-14, 15-21, 22-28 and the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

GRAINS = ("hari", "minggu", "minggu_bulan", "bulan", "triwulan", "semester", "tahun")
PATTERNS: dict[str, str] = {
    "hari": r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])",
    "minggu": r"\d{4}-W(?:0[1-9]|[1-4]\d|5[0-3])",
    "minggu_bulan": r"\d{4}-(?:0[1-9]|1[0-2])-M[1-5]",
    "bulan": r"\d{4}-(?:0[1-9]|1[0-2])",
    "triwulan": r"\d{4}-T[1-4]",
    "semester": r"\d{4}-S[12]",
    "tahun": r"\d{4}",
}
"""Grain -> the shape of its canonical text."""
_SHAPES = {grain: re.compile(f"^{pattern}$") for grain, pattern in PATTERNS.items()}
_MONTHS = {"bulan": 1, "triwulan": 3, "semester": 6, "tahun": 12}
_LETTER = {"triwulan": "T", "semester": "S"}


def grain_of(period: str) -> str:
    """The grain of a canonical period.

    Raises: ValueError when the text is not a canonical period.
    """
    for grain, shape in _SHAPES.items():
        if shape.match(period):
            return grain
    raise ValueError(f"`{period}` bukan periode kanonik")


def period_of(day: date, grain: str) -> str:
    """The period of this grain in which the day lies; `2023-02-14`, `bulan` -> `2023-02`."""
    return _NAMES[grain](day)


def bounds(period: str) -> tuple[date, date]:
    """First and last day of a canonical period.

    Raises: ValueError when the text is not a period of the calendar (`2023-02-30`, `2023-W53`).
    """
    grain = grain_of(period)
    if grain == "hari":
        return date.fromisoformat(period), date.fromisoformat(period)
    if grain == "minggu":
        monday = date.fromisocalendar(int(period[:4]), int(period[6:]), 1)
        return monday, monday + timedelta(days=6)
    if grain == "minggu_bulan":
        return _week_of_month(int(period[:4]), int(period[5:7]), int(period[-1]))
    first = date(int(period[:4]), _first_month(period, grain), 1)
    return first, _plus_months(first, _MONTHS[grain]) - timedelta(days=1)


def previous(period: str) -> str:
    """The period before, of the same grain; `2023-01` -> `2022-12`."""
    return period_of(bounds(period)[0] - timedelta(days=1), grain_of(period))


def last_periods(until: date, grain: str, count: int) -> tuple[str, ...]:
    """The last ``count`` periods up to the one of ``until``, oldest first."""
    found = [period_of(until, grain)]
    while len(found) < count:
        found.append(previous(found[-1]))
    return tuple(reversed(found))


def _first_month(period: str, grain: str) -> int:
    if grain == "tahun":
        return 1
    if grain == "bulan":
        return int(period[5:7])
    return (int(period[-1]) - 1) * _MONTHS[grain] + 1


def _week_of_month(year: int, month: int, week: int) -> tuple[date, date]:
    end_of_month = _plus_months(date(year, month, 1), 1) - timedelta(days=1)
    # Price reports do name a fifth week of a 28-day February: there it is the month's last day.
    first = date(year, month, min((week - 1) * 7 + 1, end_of_month.day))
    return first, end_of_month if week == 5 else first + timedelta(days=6)


def _plus_months(day: date, months: int) -> date:
    total = day.month - 1 + months
    return date(day.year + total // 12, total % 12 + 1, 1)


def _nth_of_year(grain: str) -> Callable[[date], str]:
    return lambda day: f"{day.year:04d}-{_LETTER[grain]}{(day.month - 1) // _MONTHS[grain] + 1}"


_NAMES: dict[str, Callable[[date], str]] = {
    "hari": date.isoformat,
    "minggu": lambda day: "{:04d}-W{:02d}".format(*day.isocalendar()[:2]),
    "minggu_bulan": lambda day: f"{day:%Y-%m}-M{(day.day - 1) // 7 + 1}",
    "bulan": lambda day: f"{day:%Y-%m}",
    "triwulan": _nth_of_year("triwulan"),
    "semester": _nth_of_year("semester"),
    "tahun": lambda day: f"{day.year:04d}",
}
