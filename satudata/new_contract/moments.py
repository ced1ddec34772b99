"""Which notation of days, moments or periods a column of texts follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from contracts.models.contract import Grain
from extractors.coerce.dates import FLOAT_TAIL, moment_reader
from extractors.coerce.formats import compiled, read_moment
from extractors.coerce.moments import Moment

DAYS = (
    "YYYY-MM-DD", "D/M/YYYY", "D-M-YYYY", "D MMMM YYYY", "D-MMM-YYYY", "D.M.YYYY", "YYYY/MM/DD", "D/M/YY", "D MMM YY", "D-MMM-YY",
    "M/D/YYYY", "M-D-YYYY", "MMMM D, YYYY", "M/D/YY",
)  # fmt: skip
PERIODS = (
    "YYYY-MM", "MMMM YYYY", "MMM YYYY (W)", "MMM-YY", "MMM YY", "M/YYYY", "MMMM-YYYY", "YYYY MMMM", "Semester S YYYY",
    "Semester S Tahun YYYY", "Triwulan Q YYYY", "Triwulan Q Tahun YYYY", "TW Q YYYY", "Tahun YYYY",
)  # fmt: skip
COMPACT = ("YYYYMMDD", "YYYYMM", "YYYY")
"""Notations that look like any number: taken only where the header speaks of time."""
FEW_TEXTS = 100
"""Texts among which a notation shows, if there is one."""
FEWEST_YEARS, MOST_YEARS = 1900, 2100
_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)
"""From when `relative` may count back while only its words are looked at."""


@dataclass(frozen=True)
class Timing:
    """A column read as times."""

    type: str
    """date | timestamp | period"""
    format: str | None
    grain: Grain
    share: float
    swapped: str | None = None
    """A text that is another day when month and day change places."""


def timing(texts: Counter[str], *, speaks_of_time: bool) -> Timing | None:
    """The notation that reads (nearly) all of these texts; None where none does."""
    total = sum(texts.values())
    if not total:
        return None
    enough = 0.8 if speaks_of_time else 0.98
    few = Counter(dict(list(texts.items())[:FEW_TEXTS]))
    if len(texts) > FEW_TEXTS and timing(few, speaks_of_time=speaks_of_time) is None:
        return None
    for notation in (*DAYS, *PERIODS, *(COMPACT if speaks_of_time else ())):
        read = moments(texts, notation)
        share = sum(texts[text] for text in read) / total
        if share >= enough:
            return _timing(notation, read, share)
    return _moments_of_day(texts, total, enough)


def moments(texts: Iterable[str], notation: str) -> dict[str, Moment]:
    """The texts that say something in this notation, and that the calendar has."""
    formats = compiled((notation,))
    found = {text: read_moment(text, formats) or read_moment(FLOAT_TAIL.sub(r"\1", text), formats) for text in texts}
    return {text: moment for text, moment in found.items() if moment and exists(moment)}


def exists(moment: Moment) -> bool:
    """Whether the calendar has it, in a year that statistics speak of."""
    try:
        return FEWEST_YEARS <= moment.start().year <= MOST_YEARS
    except ValueError:
        return False


def _timing(notation: str, read: dict[str, Moment], share: float) -> Timing:
    grain = next(iter(read.values())).grain
    kind = "date" if grain == "hari" else "period"
    return Timing(kind, notation, _grain_of_days(read.values()) if kind == "date" else grain, share, _swapped(notation, read))


def _grain_of_days(moments: Iterable[Moment]) -> Grain:
    """Days that are all the first, or all the last, of their month speak of months."""
    days = {moment.start() for moment in moments}
    months = {(day.year, day.month) for day in days}
    is_edge = all(day.day == 1 for day in days) or all(_is_last(day) for day in days)
    return "bulan" if len(months) == len(days) > 1 and is_edge else "hari"


def _is_last(day: date) -> bool:
    return date.fromordinal(day.toordinal() + 1).day == 1


def _swapped(notation: str, read: dict[str, Moment]) -> str | None:
    """A text that shows nothing of which number is the month, where no text of the column shows it."""
    if notation[:3] not in ("D/M", "M/D", "D-M", "M-D") or "MMM" in notation:
        return None
    both = [text for text, moment in read.items() if (moment.day or 13) <= 12]
    return both[0] if len(both) == len(read) else None


def _moments_of_day(texts: Counter[str], total: int, enough: float) -> Timing | None:
    """Moments: ISO and the usual notations without a word in the contract, or counted back from now."""
    for notations in (None, ("relative",)):
        read = moment_reader(notations, UTC, _ANY_DAY)
        if sum(count for text, count in texts.items() if not text.isdecimal() and read(text)) / total >= enough:
            return Timing("timestamp", notations[0] if notations else None, "hari", 1.0)
    return None
