"""What a published text says about time, before it is known what it is read for: a day, a month, the second half of a year.

A date, a period and a moment of publication are read from the same notations; only what may be left out differs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from contracts.models.contract import Grain
from contracts.periods import bounds


@dataclass(frozen=True)
class Moment:
    """The parts of a date that a text names; None = not named."""

    year: int
    month: int | None = None
    day: int | None = None
    hour: int = 0
    minute: int = 0
    second: int = 0
    quarter: int | None = None
    semester: int | None = None
    week: int | None = None
    """Of the month where one is named (1-5), of the ISO year otherwise."""

    @property
    def grain(self) -> Grain:
        """The finest thing it names."""
        if self.day is not None:
            return "hari"
        if self.week is not None:
            return "minggu" if self.month is None else "minggu_bulan"
        if self.month is not None:
            return "bulan"
        if self.quarter is not None:
            return "triwulan"
        return "tahun" if self.semester is None else "semester"

    def start(self) -> date:
        """Its first day. Raises: ValueError where there is no such day (31 Februari, minggu 54)."""
        if self.week is not None and self.day is None:
            return self._start_of_week(self.week)
        if self.quarter is not None and not 1 <= self.quarter <= 4 or self.semester is not None and not 1 <= self.semester <= 2:
            raise ValueError("a year has 4 quarters and 2 semesters")
        first_month = (self.quarter or 1) * 3 - 2 if self.semester is None else self.semester * 6 - 5
        return date(self.year, self.month or first_month, 1 if self.day is None else self.day)

    def _start_of_week(self, week: int) -> date:
        if self.month is None:
            return date.fromisocalendar(self.year, week, 1)
        if not 1 <= week <= 5:
            raise ValueError("a month has at most 5 weeks")
        return bounds(f"{self.year:04}-{self.month:02}-M{week}")[0]

    def at(self, zone: tzinfo) -> datetime:
        """The moment in a zone. Raises: ValueError where there is no such day or hour."""
        midnight = datetime.combine(self.start(), datetime.min.time(), zone)
        # 24:00 is how a day ends on many reports.
        if self.hour == 24 and self.minute == self.second == 0:
            return midnight + timedelta(days=1)
        return midnight.replace(hour=self.hour, minute=self.minute, second=self.second)
