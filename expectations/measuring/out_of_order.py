"""Rows that break the order of their file, and would stand in it but for a slip of the pen: 3 January among the rows of 1 March.

A file that is written day by day, or market by market and in each day by day, says itself where a row belongs: even a first file, and even where
the wrong day is near the others. A row that came in late breaks the order as well; but no slip puts it between the rows it stands among.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from typing import TYPE_CHECKING

from psycopg import Connection

from contracts.models.contract import Grain
from expectations.measuring.short import is_short
from expectations.rules.history import LONGEST_DAYS

if TYPE_CHECKING:
    from expectations.rules.judged import Judged

FEWEST, MOST = 5, 500
"""Periods in order that make an order of it; rows out of it, beyond which there is none."""
NEAR_DAYS = 7
"""The first or the last row of a file of days is still a neighbour's neighbour."""
YEARS = (-10, 10)
"""The digit of a year that is mistaken; a row of the year before is more often there to be compared with than by mistake."""


@dataclass(frozen=True)
class Misplaced:
    """A row whose period is neither that of its neighbours nor between them, and the periods of the two rows before and behind it."""

    no: int
    day: date
    before: Sequence[date]
    after: Sequence[date]


def misplaced(conn: Connection, judged: Judged, grain: Grain) -> list[int]:
    """`_no` of the rows whose period was written wrong; none in a file without any order, or too long to be written by hand.

    Of years one is as likely as the next, and nothing can be said. `conn` is in autocommit.
    """
    if grain == "tahun" or not is_short(conn, judged):
        return []
    rising, falling, found = _broken(conn, judged.table)
    if falling > rising:
        rising, falling = falling, rising
        found = [Misplaced(row.no, row.day, row.after[::-1], row.before[::-1]) for row in found]
    if len(found) > MOST or rising < FEWEST:
        return []
    near = max(NEAR_DAYS, LONGEST_DAYS[grain])
    slips = [row for row in found if _is_slip(row, near, exact=grain == "hari")]
    if falling <= len(slips):  # without them every row is in order
        return [row.no for row in slips]
    return [row.no for row in slips if _is_amid(row)] if 2 * falling <= rising else []


def _is_amid(row: Misplaced) -> bool:
    """There are two rows before it and two behind it: of the rows of one day among others of one day either may be wrong."""
    return len(row.before) == len(row.after) == 2 and row.before[-1] < row.after[0]


def _broken(conn: Connection, table: str) -> tuple[int, int, list[Misplaced]]:
    """How often the period rises and falls from row to row, and the rows that do not stand between their neighbours."""
    ordered = f"""
        select _no, _periode_mulai as day, array_remove(array[lag(_periode_mulai, 2) over w, lag(_periode_mulai) over w], null) as before,
               array_remove(array[lead(_periode_mulai) over w, lead(_periode_mulai, 2) over w], null) as after
        from {table} where _periode_mulai is not null window w as (order by _no)"""
    last, next_ = "before[cardinality(before)]", "after[1]"
    apart = f"day is distinct from {last} and day is distinct from {next_}"
    between = f"day between least({last}, {next_}) and greatest({last}, {next_}) and {last} is not null and {next_} is not null"
    rows = conn.execute(
        f"""with x as materialized ({ordered}),
                 counted as (select count(*) filter (where day > {last}) as rising, count(*) filter (where day < {last}) as falling from x)
            select rising, falling, y.* from counted
            left join lateral (select * from x where {apart} and ({between}) is not true order by _no limit {MOST + 1}) y on true"""
    ).fetchall()
    rising, falling = rows[0][:2]
    return rising, falling, [Misplaced(*row[2:]) for row in rows if row[2] is not None]


def _is_slip(row: Misplaced, near: int, *, exact: bool) -> bool:
    """The rows around it are in order among themselves: no part of the file begins or ends here, and none of them is the one that is wrong."""
    around = [*row.before, *row.after]
    if around != sorted(around) or _stands(row.day, row.before, row.after, near):
        return False
    return any(_stands(meant, row.before, row.after, near) for meant in _meant(row.day, exact=exact))


def _stands(day: date, before: Sequence[date], after: Sequence[date], near: int) -> bool:
    """Between the two or, where it is the first or the last row of all, near the two that follow it or come before."""
    if before and after:
        return before[-1] <= day <= after[0]
    row = [*before, day, *after]
    return len(row) == 3 and row == sorted(row) and (row[-1] - row[0]).days <= 2 * near


def _meant(day: date, *, exact: bool) -> Iterator[date]:
    """What was meant, if it was one of the slips everybody makes; `exact`: it is a day, and the month may stand for it."""
    if exact and day.day <= 12:
        yield day.replace(month=day.day, day=day.month)
    for year in (day.year + years for years in YEARS):
        if MINYEAR <= year <= MAXYEAR:
            yield day.replace(year=year, day=min(day.day, 28) if day.month == 2 else day.day)
