"""Working days: what is promised to be done within them is due on a day on which somebody is at work."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

SATURDAY = 5


def after_working_days(day: date, number: int, holidays: Collection[date] = ()) -> date:
    """The `number`-th working day after `day`: no Saturday, no Sunday, none of the holidays."""
    while number > 0:
        day += timedelta(days=1)
        number -= day.weekday() < SATURDAY and day not in holidays
    return day
