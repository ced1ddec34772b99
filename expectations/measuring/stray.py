"""Rows that speak of another time than their file: 2015 among the days of one week of 2025.

A slip in a date puts a figure where nobody looks for it and, worse, makes the file speak of a period it knows one row of: everything else that
period holds would be ended as gone. So few rows, far from all others, of a period that is unknown or was much fuller, are not believed.
A first file may tell of any time; nothing is known of its publisher yet. And the period after the newest that stands begins with few rows.
Nor is a row believed that stands at a wrong place of a file in order of time (`expectations.measuring.out_of_order`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from psycopg import Connection

from contracts.periods import period_of, previous
from expectations.measuring.out_of_order import misplaced
from expectations.rules.history import LONGEST_DAYS
from warehouse.names import literal
from warehouse.trusted import Trusted, ensure_index, periods_near, trusted

if TYPE_CHECKING:
    from contracts.models.contract import Grain
    from expectations.rules.judged import Judged

MOST_PERIODS = 5000
"""A file that knows more has no week it is about."""
HOLIDAYS = 15
"""Days on which an agency may be closed."""
FEW, HALF, APART, ENOUGH_GAPS = 0.2, 0.5, 3, 4
"""Share of the rows that may be stray at most; of the rows a period usually has; gaps, in periods or usual gaps, that part two times; gaps that
tell what is usual."""


@dataclass(frozen=True)
class Strays:
    """The first days of the periods that are not believed, single rows that are not, and from when to when the others reach."""

    days: Sequence[date]
    rows: Sequence[int]
    """`_no`."""
    first: date
    last: date


def strays(conn: Connection, judged: Judged) -> Strays | None:
    """The stray periods and rows of a batch; None where it has none. `conn` is in autocommit."""
    period = judged.contract.period
    if period is None or period.column is None:
        return None
    counted = conn.execute(
        f"select _periode_mulai, count(*) from {judged.table} where _periode_mulai is not null group by 1 limit {MOST_PERIODS + 1}"
    ).fetchall()
    periods: dict[date, int] = dict(counted)
    if not 1 < len(periods) <= MOST_PERIODS:
        return None
    days, rows = _apart(conn, judged, periods, period.grain), misplaced(conn, judged, period.grain)
    rows = rows if len(rows) <= FEW * sum(periods.values()) else []
    if not days and not rows:
        return None
    others = conn.execute(
        f"select min(_periode_mulai), max(_periode_mulai) from {judged.table} where _periode_mulai <> all(%s::date[]) and _no <> all(%s::bigint[])",
        [days, rows],
    ).fetchone()
    return Strays(days, rows, *others) if others and others[0] else None


def _apart(conn: Connection, judged: Judged, rows: Mapping[date, int], grain: Grain) -> list[date]:
    """Thin periods that neither the others nor what stands make credible; none without a history."""
    of = trusted(conn, judged.dataset.id, judged.history.penerbit)
    if of is None or not judged.history.last_counts:
        return []
    body = main_body(rows, LONGEST_DAYS[grain])
    half = HALF * median(rows[one] for one in body)
    thin = [day for day in rows if rows[day] <= (half if day in body else max(1, half))]
    if not thin or sum(rows[day] for day in thin) > FEW * sum(rows.values()):
        return []
    days = ", ".join(literal(str(day)) for day in thin)
    known = f"select _periode_mulai, count(*) from ({of.rows(f'r._periode_mulai in ({days})')}) r group by 1"
    standing: dict[date, int] = dict(conn.execute(known.encode()).fetchall())
    found = unbelieved(thin, rows, standing, frozenset(body), replaces=judged.contract.write == "replace_period")
    return [day for day in found if day in standing or not _comes_next(conn, of, day, grain)]


def _comes_next(conn: Connection, of: Trusted, day: date, grain: Grain) -> bool:
    """Whether the period follows the newest that stands: so begins a new one, of which few have reported."""
    ensure_index(conn, of)
    newest = periods_near(conn, of, date.max, 1)
    return bool(newest) and previous(period_of(day, grain)) == period_of(newest[0], grain)


def main_body(rows: Mapping[date, int], longest_days: int) -> list[date]:
    """The run of periods without a wide gap that holds most rows."""
    days = sorted(rows)
    gaps = [(after - before).days for before, after in pairwise(days)]
    wide = max(HOLIDAYS, APART * max(longest_days, median(gaps) if len(gaps) >= ENOUGH_GAPS else 0))
    runs = [[days[0]]]
    for day, gap in zip(days[1:], gaps, strict=True):
        if gap > wide:
            runs.append([])
        runs[-1].append(day)
    return max(runs, key=lambda run: sum(rows[day] for day in run))


def unbelieved(
    thin: Sequence[date], rows: Mapping[date, int], known: Mapping[date, int], body: frozenset[date], *, replaces: bool
) -> list[date]:
    """Which of the thin periods are not believed: apart from the others and new or much fuller before; beside them, only where much would be ended."""
    return [day for day in thin if (rows[day] < HALF * known[day] and (replaces or day not in body) if known.get(day) else day not in body)]
