"""Periods as the one text that `contracts.periods` spells them in, and the days they cover.

A text that says more than the grain is cut down to it (31 Maret 2023 is 2023-03 under `bulan`); one that says less is not castable.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from contracts.models.contract import Grain
from contracts.periods import bounds, grain_of, period_of
from extractors.coerce.dates import DAY_FORMATS, FLOAT_TAIL, within_calendar
from extractors.coerce.formats import compiled, read_moment
from extractors.coerce.moments import Moment

PERIOD_FORMATS = (
    "YYYY", "YYYY-MM", "YYYYMM", *DAY_FORMATS, "MMMM YYYY", "MMM YY", "MMM-YY", "M/YYYY", "MMMM YYYY (W)", "Semester S YYYY",
    "Semester S Tahun YYYY", "Triwulan Q YYYY", "Triwulan Q Tahun YYYY", "TW Q YYYY", "Tahun YYYY",
)  # fmt: skip
"""Notations of a period where the contract names none, beside the canonical ones."""
_CONTAINED_IN: dict[str, tuple[Grain, ...]] = {
    "hari": ("hari", "minggu", "minggu_bulan", "bulan", "triwulan", "semester", "tahun"),
    "minggu": ("minggu",),
    "minggu_bulan": ("minggu_bulan", "bulan", "triwulan", "semester", "tahun"),
    "bulan": ("bulan", "triwulan", "semester", "tahun"),
    "triwulan": ("triwulan", "semester", "tahun"),
    "semester": ("semester", "tahun"),
    "tahun": ("tahun",),
}
"""Grain of a text -> the grains it can be told in."""


def period_reader(notations: tuple[str, ...] | None, grain: Grain | None) -> Callable[[str], str | None]:
    """A function from a text to its period; without a grain, each text's own."""
    formats = compiled(notations or PERIOD_FORMATS)

    def read(text: str) -> str | None:
        if notations is None and (period := _canonical(text, grain)):
            return period
        moment = read_moment(text, formats) or read_moment(FLOAT_TAIL.sub(r"\1", text), formats)
        return _told_in(moment, grain or moment.grain) if moment else None

    return within_calendar(read)


def covered(text: str, grain: Grain) -> tuple[date, date] | None:
    """First and last day of the period that a canonical date, moment or period lies in; None for any other text, and one that says less."""
    try:
        period = _canonical(text[:10] if text[10:11] == "T" else text, grain)
        return bounds(period) if period else None
    except ValueError:
        return None


def _canonical(text: str, grain: Grain | None) -> str | None:
    """A text that is canonical already, told in the grain; None where it is not. Raises: ValueError where the calendar has no such day."""
    try:
        own = grain_of(text)
    except ValueError:
        return None
    first_day, _ = bounds(text)
    if grain is None or own == grain:
        return text
    return period_of(first_day, grain) if grain in _CONTAINED_IN[own] else None


def _told_in(moment: Moment, grain: Grain) -> str | None:
    start = moment.start()
    if grain == "minggu_bulan" == moment.grain:
        return f"{start:%Y-%m}-M{moment.week}"
    return period_of(start, grain) if grain in _CONTAINED_IN[moment.grain] else None
