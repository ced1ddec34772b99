"""Moments told by their distance: ``4 jam yang lalu`` is 4 hours before the page was fetched, not before it is parsed.

A replay from the archive must give the figures of the day, so the only clock here is the time of fetch.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import datetime, timedelta

_UNITS = {
    "detik": "seconds", "second": "seconds", "menit": "minutes", "minute": "minutes", "jam": "hours", "hour": "hours",
    "hari": "days", "day": "days", "minggu": "weeks", "pekan": "weeks", "week": "weeks",
    "bulan": "months", "month": "months", "tahun": "years", "year": "years",
}  # fmt: skip
_AGO = re.compile(
    rf"(?:sekitar |about )?(?:(?P<count>[0-9]{{1,4}}) |se|an? |satu |one )(?P<unit>{'|'.join(_UNITS)})s? (?:yang )?(?:lalu|ago)",
    re.IGNORECASE,
)
_NAMED = {"baru saja": 0, "just now": 0, "hari ini": 0, "today": 0, "kemarin": 1, "yesterday": 1, "kemarin lusa": 2}


def relative_moment(text: str, fetched_at: datetime | None) -> datetime | None:
    """The moment a text names, counted back from the time of fetch; None where it names none or the time of fetch is not known."""
    if fetched_at is None:
        return None
    days = _NAMED.get(text.lower())
    if days is not None:
        return fetched_at - timedelta(days=days)
    match = _AGO.fullmatch(text)
    return _before(fetched_at, int(match["count"] or 1), _UNITS[match["unit"].lower()]) if match else None


def _before(moment: datetime, count: int, unit: str) -> datetime:
    if unit not in ("months", "years"):
        return moment - timedelta(**{unit: count})
    months = moment.year * 12 + moment.month - 1 - count * (12 if unit == "years" else 1)
    year, month = divmod(months, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))
