"""Dates and moments: ``31 Januari 2025``, ``Selasa (17/4/2018)``, ``03/ 01/ 2022``, ISO, counts of seconds, ``4 jam yang lalu``.

Slash dates are day first unless the contract says otherwise (all seen in Indonesian files are). A day that does not exist is not castable.
Native dates of spreadsheets are taken as they are and never read a second time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from extractors.coerce.formats import compiled, read_moment
from extractors.coerce.relative import relative_moment

DAY_FORMATS = (
    "YYYY-MM-DD", "YYYY/MM/DD", "YYYYMMDD", "D/M/YYYY", "D-M-YYYY", "D.M.YYYY", "D/M/YY", "D MMMM YYYY", "D MMMM YY",
    "D-MMM-YYYY", "D-MMM-YY",
)  # fmt: skip
"""Notations of a day where the contract names none."""
MOMENT_FORMATS = tuple(f"{day}{clock}" for clock in (" HH:mm", ", HH:mm", "") for day in DAY_FORMATS)
_ISO = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)? ?(?:Z|[+-][0-9]{2}:?[0-9]{2})?",
    re.IGNORECASE,
)
_LOCAL_ZONE = re.compile(r"(?P<rest>.+?) ?\(?\b(?P<zone>WIB|WITA|WIT|UTC|GMT)\)?", re.IGNORECASE)
_HOURS = {"WIB": 7, "WITA": 8, "WIT": 9, "UTC": 0, "GMT": 0}
_EPOCH = re.compile(r"(?P<count>-?[0-9]{1,15})(?:\.[0-9]+)?")
_EPOCH_UNITS = {"epoch_s": 1, "epoch_ms": 1000}
FLOAT_TAIL = re.compile(r"([0-9]{4,8})\.0")
"""A year or a month that went through a float column: ``2014.0``, ``202302.0``."""


def date_reader(notations: tuple[str, ...] | None, zone: tzinfo, fetched_at: datetime | None) -> Callable[[str], str | None]:
    """A function from a text to an ISO date; null where the text names no day. A moment is taken as the day it is in ``zone``."""
    read = moment_reader(notations, zone, fetched_at)

    def read_date(text: str) -> str | None:
        moment = read(text)
        return None if moment is None else moment.astimezone(zone).date().isoformat()

    return within_calendar(read_date)


def timestamp_reader(notations: tuple[str, ...] | None, zone: tzinfo, fetched_at: datetime | None) -> Callable[[str], str | None]:
    """A function from a text to an ISO moment with its zone; one without a zone is of ``zone``."""
    read = moment_reader(notations, zone, fetched_at)

    def read_timestamp(text: str) -> str | None:
        moment = read(text)
        return None if moment is None else moment.isoformat()

    return within_calendar(read_timestamp)


def within_calendar(read: Callable[[str], str | None]) -> Callable[[str], str | None]:
    """The same reader, for which a day that does not exist, or lies beyond the years 1 to 9999, is not castable."""

    def guarded(text: str) -> str | None:
        try:
            return read(text)
        except (ValueError, OverflowError):
            return None

    return guarded


def moment_reader(notations: tuple[str, ...] | None, zone: tzinfo, fetched_at: datetime | None) -> Callable[[str], datetime | None]:
    """A function from a text to a moment, by the contract's notations or by the usual ones; it raises where the calendar has no such day."""
    special = [notation for notation in notations or () if notation == "relative" or notation in _EPOCH_UNITS]
    formats = compiled(tuple(notation for notation in notations or MOMENT_FORMATS if notation not in special))

    def read(text: str) -> datetime | None:
        for notation in special:
            moment = relative_moment(text, fetched_at) if notation == "relative" else _since_epoch(text, _EPOCH_UNITS[notation])
            if moment:
                return moment.astimezone(zone)
        if notations is None and _ISO.fullmatch(text):
            return native_moment(text, zone)
        named = read_moment(text, formats) or read_moment(FLOAT_TAIL.sub(r"\1", text), formats)
        return named.at(zone) if named else _with_named_zone(text, read)

    return read


def native_moment(text: str, zone: tzinfo) -> datetime:
    """An ISO date or moment. Raises: ValueError where it is none."""
    moment = datetime.fromisoformat(text.replace(" +", "+"))
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def native_date(text: str) -> str:
    """The day of a spreadsheet's native date. Raises: ValueError where it has none, as a bare time of day."""
    return date.fromisoformat(text[:10]).isoformat()


def _since_epoch(text: str, units_per_second: int) -> datetime | None:
    match = _EPOCH.fullmatch(text)
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(match["count"]) / units_per_second) if match else None


def _with_named_zone(text: str, read: Callable[[str], datetime | None]) -> datetime | None:
    """A moment with an Indonesian zone behind it: ``17/4/2018 10:00 WITA``."""
    match = _LOCAL_ZONE.fullmatch(text)
    moment = read(match["rest"]) if match else None
    return moment.replace(tzinfo=timezone(timedelta(hours=_HOURS[match["zone"].upper()]))) if match and moment else None
