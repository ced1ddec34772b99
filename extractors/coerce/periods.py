"""Periods as text that sorts, and the days they cover.

2023 | 2023-S1 | 2023-T1 | 2023-02 | 2023-02-M4 | 2023-W05 | 2023-02-14: one spelling per grain, so that keys compare and lists sort.
A text that says more than the grain is cut down to it (31 Maret 2023 is 2023-03 under `bulan`); one that says less is not castable.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from contracts.models.contract import Grain
from extractors.coerce.dates import DAY_FORMATS, FLOAT_TAIL
from extractors.coerce.formats import Format, compiled, read_moment
from extractors.coerce.moments import Moment

PERIOD_FORMATS = (
    "YYYY", "YYYY-MM", "YYYYMM", "YYYY-[S]S", "YYYY-[T]Q", "YYYY-MM-[M]W", "YYYY-[W]W", *DAY_FORMATS, "MMMM YYYY", "MMM YY", "MMM-YY", "M/YYYY",
    "MMMM YYYY (W)", "Semester S YYYY", "Semester S Tahun YYYY", "Triwulan Q YYYY", "Triwulan Q Tahun YYYY", "TW Q YYYY",
    "[Q]Q YYYY", "Tahun YYYY",
)  # fmt: skip
"""Notations of a period where the contract names none, the canonical ones first."""
_CONTAINS: dict[Grain, frozenset[Grain]] = {
    "hari": frozenset({"hari", "minggu", "minggu_bulan", "bulan", "triwulan", "semester", "tahun"}),
    "minggu": frozenset({"minggu"}),
    "minggu_bulan": frozenset({"minggu_bulan", "bulan", "triwulan", "semester", "tahun"}),
    "bulan": frozenset({"bulan", "triwulan", "semester", "tahun"}),
    "triwulan": frozenset({"triwulan", "semester", "tahun"}),
    "semester": frozenset({"semester", "tahun"}),
    "tahun": frozenset({"tahun"}),
}
"""Grain of a text -> the grains it can be told in."""


def period_reader(notations: tuple[str, ...] | None, grain: Grain | None) -> Callable[[str], str | None]:
    """A function from a text to its period; without a grain, each text's own."""
    formats = compiled(notations or PERIOD_FORMATS)

    def read(text: str) -> str | None:
        moment = _read(text, formats)
        return None if moment is None else _canonical(moment, grain or moment.grain)

    return read


def covered(text: str, grain: Grain) -> tuple[date, date] | None:
    """First and last day of the period a canonical date, moment or period text lies in; None where it lies in none."""
    moment = _read(text[:10] if text[10:11] == "T" else text, compiled(PERIOD_FORMATS))
    if moment is None or grain not in _CONTAINS[moment.grain]:
        return None
    try:
        return _days(moment, grain)
    except (ValueError, OverflowError):
        return None


def _read(text: str, formats: tuple[Format, ...]) -> Moment | None:
    return read_moment(text, formats) or read_moment(FLOAT_TAIL.sub(r"\1", text), formats)


def _canonical(moment: Moment, grain: Grain) -> str | None:
    if grain not in _CONTAINS[moment.grain]:
        return None
    try:
        return _spelled(moment, moment.start(), grain)
    except (ValueError, OverflowError):
        return None


def _spelled(moment: Moment, start: date, grain: Grain) -> str:
    match grain:
        case "tahun":
            return f"{start.year:04}"
        case "semester":
            return f"{start.year:04}-S{(start.month + 5) // 6}"
        case "triwulan":
            return f"{start.year:04}-T{(start.month + 2) // 3}"
        case "bulan":
            return f"{start.year:04}-{start.month:02}"
        case "minggu_bulan":
            return f"{start.year:04}-{start.month:02}-M{_week_of_month(moment, start)}"
        case "minggu":
            return "{0.year:04}-W{0.week:02}".format(start.isocalendar())
        case "hari":
            return start.isoformat()


def _week_of_month(moment: Moment, start: date) -> int:
    return moment.week if moment.grain == "minggu_bulan" and moment.week else (start.day + 6) // 7


def _days(moment: Moment, grain: Grain) -> tuple[date, date]:
    start = moment.start()
    match grain:
        case "hari":
            return start, start
        case "minggu":
            monday = start - timedelta(days=start.weekday())
            return monday, monday + timedelta(days=6)
        case "minggu_bulan":
            return _week_in_month(start, _week_of_month(moment, start))
        case _:
            return _months(start, {"bulan": 1, "triwulan": 3, "semester": 6, "tahun": 12}[grain])


def _week_in_month(start: date, week: int) -> tuple[date, date]:
    """Weeks of a month are its days 1-7, 8-14, 15-21, 22-28 and the rest."""
    last_day = monthrange(start.year, start.month)[1]
    first = min(week * 7 - 6, last_day)
    return start.replace(day=first), start.replace(day=last_day if week == 5 else min(week * 7, last_day))


def _months(start: date, length: int) -> tuple[date, date]:
    first_month = (start.month - 1) // length * length + 1
    last_month = first_month + length - 1
    return date(start.year, first_month, 1), date(start.year, last_month, monthrange(start.year, last_month)[1])
