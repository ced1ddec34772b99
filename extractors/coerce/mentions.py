"""Which days a title, a file name or an address speaks of: ``PER 31 MARET 2023``, ``Januari s.d. Maret 2023``, ``penduduk_2019_sem1``.

Read only to contradict (`period.must_match`): figures filed under a year that their own title does not name are the
commonest wrong figures there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from contracts.periods import bounds
from extractors.coerce.calendar_names import MONTHS

Days = tuple[date, date]
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_DAY_FIRST = re.compile(r"(?<![0-9])(?P<day>[0-9]{1,2})[/.-](?P<month>[0-9]{1,2})[/.-](?P<year>(?:19|20)[0-9]{2})(?![0-9])")
_YEAR_FIRST = re.compile(
    r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})[-_./]?(?P<month>0[1-9]|1[0-2])(?:[-_./]?(?P<day>0[1-9]|[12][0-9]|3[01]))?(?![0-9])"
)
_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_MONTH = re.compile(rf"(?:(?<![0-9])(?P<day>[0-9]{{1,2}}) +)?(?<![a-z])(?P<month>{_NAMES})(?![a-z])", re.IGNORECASE)
_PART_OF_YEAR = re.compile(
    r"(?<![a-z])(?P<unit>semester|smt|sem|triwulan|tw|q)[ ._-]*(?P<number>iv|i{1,3}|[1-4])(?![a-z0-9])", re.IGNORECASE
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def mentioned(text: str) -> Days | None:
    """First and last day of all that a text mentions; None where it mentions no time."""
    found = list(_readable(_dated(text))) or list(_readable(_YEAR.findall(text)))
    return (min(first for first, _ in found), max(last for _, last in found)) if found else None


def _readable(periods: Iterable[str]) -> Iterator[Days]:
    for period in periods:
        try:
            yield bounds(period)
        except ValueError:
            continue


def _dated(text: str) -> Iterator[str]:
    """Every mention finer than a year, as canonical periods."""
    for notation in (_DAY_FIRST, _YEAR_FIRST):
        for match in notation.finditer(text):
            yield _period(match["year"], int(match["month"]), match["day"])
    years = list(_YEAR.finditer(text))
    for match in _MONTH.finditer(text):
        if year := _year_of(match, years):
            yield _period(year, MONTHS[match["month"].lower()], match["day"])
    for match in _PART_OF_YEAR.finditer(text):
        if year := _year_of(match, years):
            letter = "S" if match["unit"][0] in "sS" else "T"
            yield f"{year}-{letter}{_ROMAN.get(match['number'].lower()) or match['number']}"


def _year_of(match: re.Match[str], years: list[re.Match[str]]) -> str | None:
    """The year behind a month's name, else the last one before it."""
    behind = [year[0] for year in years if year.start() >= match.end()]
    return behind[0] if behind else years[-1][0] if years else None


def _period(year: str, month: int, day: str | None) -> str:
    return f"{year}-{month:02}" + (f"-{int(day):02}" if day else "")
