"""A guard on figures that are gone from their cells: a form that came back unfilled has every row, and an empty cell or a 0 may each be right.

What never was empty before does tell, of a whole column and of all that it says of one kecamatan or one class. Each period of a batch is asked by
itself: one that stands by what stands of it, a new one by those before. Of days only noughts are asked, and only after two weeks without a day full of
them: markets close, and offices do on Sundays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from psycopg import Connection

from contracts.models.checks import DEFAULT_SEVERITY
from contracts.models.columns import Column
from contracts.periods import period_of
from expectations.measuring.short import is_short
from expectations.rules.implied import figures_of
from expectations.rules.judged import Judged
from expectations.rules.sql import literal, quote, uncastable
from expectations.verdict import CheckResult
from warehouse.code_columns import columns_of, place
from warehouse.trusted import Trusted, ensure_index, periods_near, trusted

FEWEST, MOSTLY, RARELY = 5, 0.5, 0.1
"""Rows of a period that tell; the share of them that must be empty now, of a group all; and the share that may have been before."""
PERIODS_BACK, DAYS_BACK = 3, 14
"""Periods a new one is asked by, of the whole column as many as there are; days, all of them."""
MOST_PERIODS = 12
TIMELESS = date.min
"""The place of rows without a period."""


@dataclass(frozen=True)
class Filled:
    """The rows of a period, or of one group in it, and how many of them say no figure, by column."""

    rows: int
    empty: Mapping[str, int]
    is_over: bool
    is_group: bool

    def was_full(self, name: str) -> bool:
        return self.rows >= FEWEST and self.empty[name] <= RARELY * self.rows

    def is_emptied(self, name: str) -> bool:
        return self.rows >= FEWEST and (self.empty[name] == self.rows if self.is_group else self.empty[name] > MOSTLY * self.rows)


Times = Mapping[date, Filled]
"""By the first day of the period."""


@dataclass(frozen=True)
class Asked:
    """What is asked of a batch: its columns of figures, each with SQL on row `r` of a cell that says none, here and in what stands."""

    judged: Judged
    of: Trusted
    here: Mapping[str, str]
    there: Mapping[str, str]
    own: set[str]

    @property
    def back(self) -> int:
        return DAYS_BACK if _is_daily(self.judged) else PERIODS_BACK

    def is_known(self, name: str, now: Filled, before: Sequence[Filled]) -> bool:
        """Whether the periods before say that the column is always filled."""
        fewest = self.back if now.is_group or _is_daily(self.judged) else 1
        return len(before) >= fewest and all(filled.was_full(name) for filled in before)

    def is_due(self, now: Filled) -> bool:
        """Whether a new period has its figures: a target stands without its outcome until the year is over, a form without either is none."""
        return now.is_over or all(now.is_emptied(name) for name in self.here)

    def batch(self, conn: Connection, by: str | None) -> dict[str, dict[date, Filled]]:
        """Group -> its periods, of the newest ones; without `by` there is one group."""
        start = "coalesce(_periode_mulai, '-infinity')"
        newest = f"select distinct {start} from {self.judged.table} order by 1 desc limit {MOST_PERIODS}"
        rows = f"(select * from {self.judged.table} where {start} in ({newest}))"
        return self._filled(conn, rows, self.here, f"r.{quote(by)}" if by else None)

    def standing(self, conn: Connection, by: str | None, starts: Sequence[date]) -> dict[str, dict[date, Filled]]:
        """The same of what stands, of these periods and those before each."""
        ensure_index(conn, self.of)
        near = {
            *starts,
            *(day for start in starts if start != TIMELESS for day in periods_near(conn, self.of, start - timedelta(days=1), self.back)),
        }
        within = "true" if TIMELESS in near else f"r._periode_mulai in ({', '.join(literal(str(day)) for day in near)})"
        return self._filled(conn, f"({self.of.rows(within)})", self.there, place(by, self.own) if by else None)

    def _filled(self, conn: Connection, rows: str, empty: Mapping[str, str], by: str | None) -> dict[str, dict[date, Filled]]:
        counts = ", ".join(f"count(*) filter (where {condition})" for condition in empty.values())
        found: dict[str, dict[date, Filled]] = {}
        for group, start, is_over, number, *numbers in conn.execute(
            f"""select {f"{by}::text" if by else "''"}, r._periode_mulai, coalesce(max(r._periode_akhir) < %s, true), count(*), {counts}
                from {rows} r where {f"{by} is not null" if by else "true"} group by 1, 2""".encode(),
            [self.judged.run_date],
        ):
            filled = Filled(number, dict(zip(empty, numbers, strict=True)), is_over, by is not None)
            found.setdefault(group, {})[start or TIMELESS] = filled
        return found

    def emptied(self, name: str, batch: Times, standing: Times) -> Iterator[date]:
        """Periods of which the column was emptied, newest first: what stands is gone, or what always came did not."""
        is_tail = not all(filled.is_emptied(name) for filled in batch.values())
        for start in sorted(batch, reverse=True):
            now, was = batch[start], standing.get(start)
            is_tail = is_tail and was is None and now.is_emptied(name)  # what a longer file ends with has still to be filled
            if not now.is_emptied(name) or is_tail or (was is not None and not was.was_full(name)):
                continue
            before = [standing[day] for day in sorted(standing, reverse=True) if day < start][: self.back]
            if was is not None or (self.is_known(name, now, before) and self.is_due(now)):
                yield start


@dataclass(frozen=True)
class Gone:
    """What is empty of a column: in which period, and of which group."""

    group: str
    start: date
    now: Filled


def emptied_columns(conn: Connection, judged: Judged) -> Iterator[CheckResult]:
    """A finding per column of figures that a period of the batch has mostly empty or 0, though it was filled; or else per key column, of all that it
    says of one of its values. Held. `conn` is in autocommit."""
    asked = _asked(conn, judged)
    if asked is None:
        return
    told: set[str] = set()
    for by in (None, *(_keys(judged) if is_short(conn, judged) else ())):
        batch = asked.batch(conn, by)
        suspects = {
            group: times for group, times in batch.items() if any(one.is_emptied(name) for one in times.values() for name in asked.here)
        }
        if not suspects:
            continue
        standing = asked.standing(conn, by, sorted({start for times in suspects.values() for start in times}))
        for name in sorted(asked.here.keys() - told):
            gone = [
                Gone(group, start, suspects[group][start])
                for group in sorted(suspects)
                for start in asked.emptied(name, suspects[group], standing.get(group, {}))
            ]
            if gone:
                told.add(name)
                yield _finding(judged, name, by, gone)


def _asked(conn: Connection, judged: Judged) -> Asked | None:
    of = trusted(conn, judged.dataset.id, judged.history.penerbit)
    names = [name for name in figures_of(judged.contract) if _empty("x", judged, name)]
    if of is None or not names or not judged.history.last_counts:
        return None
    own = columns_of(conn, of.raw_table)
    here = {name: f"({_empty(f'r.{quote(name)}', judged, name)}) and not coalesce({uncastable(name)}, false)" for name in names}
    return Asked(judged, of, here, {name: _empty(f"{place(name, own)}::numeric", judged, name) for name in names}, own)


def _empty(cell: str, judged: Judged, name: str) -> str:
    """SQL of a cell without a figure; empty where rules on single cells ask for one already."""
    column = judged.column(name)
    ways = [f"{cell} is null"] if not column.required and not _is_daily(judged) else []
    return " or ".join([*ways, *([f"{cell} = 0"] if _may_be_nought(column) else [])])


def _may_be_nought(column: Column) -> bool:
    least = column.range[0] if column.range else None
    return least is None or float(least) <= 0


def _is_daily(judged: Judged) -> bool:
    return judged.contract.period is not None and judged.contract.period.grain == "hari"


def _keys(judged: Judged) -> list[str]:
    time = judged.contract.period.column if judged.contract.period else None
    return [name for name in judged.contract.key if name != time and not judged.column(name).pribadi]


def _finding(judged: Judged, name: str, by: str | None, gone: Sequence[Gone]) -> CheckResult:
    first, period = max(gone, key=lambda one: one.start), judged.contract.period
    where = f" dengan {by} {first.group}" if by else ""
    where += f" di periode {period_of(first.start, period.grain)}" if period and first.start != TIMELESS else ""
    others = f" (juga di {len(gone) - 1} tempat lain)" if len(gone) > 1 else ""
    rule_id = f"emptied.{name}.{by}" if by else f"emptied.{name}"
    failed, rows = (sum(one.now.empty[name] for one in gone), sum(one.now.rows for one in gone))
    return judged.result(
        rule_id=rule_id, rule="emptied", scope="batch", column_name=name, severity=DEFAULT_SEVERITY["emptied"], outcome="fail", checked=rows,
        failed=failed, observed=f"{failed} dari {rows} baris kosong atau 0", expected="terisi seperti sebelumnya", source="guard",
        message=f"Kolom {name} kosong atau 0 di {first.now.empty[name]} dari {first.now.rows} baris{where}{others}, padahal sebelumnya hampir semuanya "
        f"terisi. Minta OPD mengisinya dan mengirim ulang; bila angkanya memang kosong atau 0, setujui dengan `--terima {rule_id}`.",
    )  # fmt: skip
