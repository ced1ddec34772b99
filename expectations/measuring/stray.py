"""Rows that speak of another time than their file: 2015 among the days of one week of 2025.

A slip in a date puts a figure where nobody looks for it and, worse, makes the file speak of a period it knows one row of: everything else that
period holds would be ended as gone. So few rows, far from all others, of a period that is unknown or was much fuller, are not believed.
A first file may tell of any time; nothing is known of its publisher yet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from psycopg import Connection

from expectations.rules.history import LONGEST_DAYS
from warehouse.names import literal
from warehouse.trusted import trusted

if TYPE_CHECKING:
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
    """The first days of the periods that are not believed, and from when to when the others reach."""

    days: Sequence[date]
    first: date
    last: date


def strays(conn: Connection, judged: Judged) -> Strays | None:
    """The stray periods of a batch; None where it has none, or no history. `conn` is in autocommit."""
    period, of = judged.contract.period, trusted(conn, judged.dataset.id, judged.history.penerbit)
    if period is None or period.column is None or of is None or not judged.history.last_counts:
        return None
    counted = conn.execute(
        f"select _periode_mulai, count(*) from {judged.table} where _periode_mulai is not null group by 1 limit {MOST_PERIODS + 1}"
    ).fetchall()
    rows: dict[date, int] = dict(counted)
    body = main_body(rows, LONGEST_DAYS[period.grain]) if 1 < len(rows) <= MOST_PERIODS else []
    half = HALF * median(rows[one] for one in body) if body else 0
    thin = [day for day in rows if rows[day] <= (half if day in body else max(1, half))]
    if not thin or sum(rows[day] for day in thin) > FEW * sum(rows.values()):
        return None
    days = ", ".join(literal(str(day)) for day in thin)
    known = f"select _periode_mulai, count(*) from ({of.rows(f'r._periode_mulai in ({days})')}) r group by 1"
    found = unbelieved(
        thin, rows, dict(conn.execute(known.encode()).fetchall()), frozenset(body), replaces=judged.contract.write == "replace_period"
    )
    others = [day for day in rows if day not in found]
    return Strays(found, min(others), max(others)) if found else None


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
