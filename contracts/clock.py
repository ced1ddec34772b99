"""The one clock. Rules and models never ask the machine for the date: a run is judged as of its `hari_ini`, so that it can be repeated.

`today` is the calendar of a run and can be set (a demo plays two days in ten minutes). `now` is the moment something happened and
cannot: the order of fetches rests on it, so it must never run backwards with a played calendar. Only a rebuild from the journal, in which
nothing happens anew, goes back to the moment of each record.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from contracts.errors import WrongSetting
from contracts.settings import settings

HARI_INI = "SATUDATA_HARI_INI"
PLAYED = (date(2000, 1, 1), date(2199, 12, 31))
"""The days that can be played: before and after them a deadline, or the night before in UTC, is no date any more."""


_moments: list[tuple[datetime, date | None]] = []


def now() -> datetime:
    """This moment, in UTC."""
    return _moments[-1][0] if _moments else datetime.now(UTC)


@contextmanager
def back_at(moment: datetime, day: date | None = None) -> Iterator[None]:
    """Let `now` be the moment at which something was done, and `today` its day where that was noted, while it is done again from its record."""
    _moments.append((moment, day))
    try:
        yield
    finally:
        _moments.pop()


def today(zone: str | None = None) -> date:
    """The date on which a run is judged: SATUDATA_HARI_INI, else the calendar date in ``zone`` (pemda.yml; default SATUDATA_ZONE).

    Raises: `WrongSetting` when SATUDATA_HARI_INI is not YYYY-MM-DD, or no day of the years 2000 to 2199.
    """
    if _moments and (day := _moments[-1][1]):
        return day
    played = os.environ.get(HARI_INI)
    if not played:
        return now().astimezone(ZoneInfo(zone or settings().zone)).date()
    try:
        day = date.fromisoformat(played)
    except ValueError:
        raise WrongSetting(HARI_INI, played, "tanggal berbentuk YYYY-MM-DD") from None
    if not PLAYED[0] <= day <= PLAYED[1]:
        raise WrongSetting(HARI_INI, played, f"tanggal antara {PLAYED[0]} dan {PLAYED[1]}")
    return day


def of_today() -> datetime:
    """This time of the day `today`, in UTC: from where ages are counted in days, so that they follow a played calendar as all that is due does."""
    moment = now()
    return moment + (today() - moment.astimezone(ZoneInfo(settings().zone)).date())
