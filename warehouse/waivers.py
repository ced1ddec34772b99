"""Waivers: a rule that a dataset is let off for a while, by whom, why and until when; in force by the date of a run alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from psycopg import Connection
from psycopg.rows import dict_row

from warehouse.ledger import Scope


@dataclass(frozen=True)
class Waiver:
    """One row of `ops.waiver` as it is added."""

    dataset: str
    rule_id: str
    penerbit: str | None
    """None: every publisher."""
    since: date
    until: date
    """The first and the last day on which it holds."""
    reason: str
    by: str
    at: datetime


def in_force(conn: Connection, scope: Scope, day: date) -> Mapping[str, int]:
    """Rule -> the waiver under which a batch of this publisher is judged on a day."""
    rows = conn.execute(
        """select rule_id, max(waiver_id) from ops.waiver
           where dataset = %s and (penerbit is null or penerbit = %s) and ended_at is null and %s between coalesce(since, at::date) and until
           group by rule_id""",
        [scope.dataset, scope.penerbit, day],
    ).fetchall()
    return dict(rows)


def overlapping(conn: Connection, waiver: Waiver) -> tuple[int, date] | None:
    """The number and the last day of a running waiver for the same rule on one of the same days, or None.

    Until the caller's transaction ends nobody else can add one for this rule of the dataset.
    """
    conn.execute("select pg_advisory_xact_lock(hashtextextended('waiver ' || %s || ' ' || %s, 0))", [waiver.dataset, waiver.rule_id])
    return conn.execute(
        """select waiver_id, until from ops.waiver
           where dataset = %(dataset)s and rule_id = %(rule_id)s and ended_at is null and until >= %(since)s and coalesce(since, at::date) <= %(until)s
           and (penerbit is null or %(penerbit)s::text is null or penerbit = %(penerbit)s) order by until desc limit 1""",
        asdict(waiver),
    ).fetchone()


def add_waiver(conn: Connection, waiver: Waiver) -> int:
    """Write a waiver; return its number."""
    values = asdict(waiver)
    names, marks = ", ".join(values), ", ".join(f"%({name})s" for name in values)
    row = conn.execute(f"insert into ops.waiver ({names}) values ({marks}) returning waiver_id", values).fetchone()
    return int(row[0])  # type: ignore[index]


def end_waiver(conn: Connection, waiver_id: int, by: str, at: datetime) -> dict[str, Any] | None:
    """End a waiver before its day; its dataset, penerbit and rule_id, or None where none of this number is running."""
    with conn.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(
            """update ops.waiver set ended_at = %s, ended_by = %s where waiver_id = %s and ended_at is null
               returning waiver_id, dataset, penerbit, rule_id, until""",
            [at, by, waiver_id],
        ).fetchone()


class LetThrough(NamedTuple):
    """A rule that a batch breaks, and the waiver by which it came in all the same."""

    dataset: str
    penerbit: str
    rule_id: str
    scope: str
    failed: int
    checked: int
    waiver_id: int
    until: date


def let_through(conn: Connection, batch_ids: Sequence[int]) -> list[LetThrough]:
    """What waivers let through of these batches."""
    rows = conn.execute(
        """select c.dataset, c.penerbit, c.rule_id, c.scope, c.failed, c.checked, c.waiver_id, w.until
           from ops.check_result c join ops.waiver w using (waiver_id)
           where c.batch_id = any(%s) and c.outcome = 'fail' order by c.dataset, c.penerbit, c.rule_id""",
        [list(batch_ids)],
    ).fetchall()
    return [LetThrough(*row) for row in rows]


def waivers(conn: Connection, dataset: str | None = None) -> list[dict[str, Any]]:
    """All waivers, newest first: the columns of `ops.waiver`."""
    with conn.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(
            """select waiver_id, dataset, penerbit, rule_id, reason, by, at, since, until, ended_at, ended_by from ops.waiver
               where %s::text is null or dataset = %s order by waiver_id desc""",
            [dataset, dataset],
        ).fetchall()


def judged_rules(conn: Connection, dataset: str) -> list[dict[str, Any]]:
    """The rules a dataset was judged by so far, alone or beside others: rule_id, rule, column_name."""
    with conn.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(
            """select distinct on (c.rule_id) c.rule_id, c.rule, c.column_name from (
                 select c.* from ops.check_result c join ops.batch b using (batch_id) where b.dataset = %(dataset)s
                 union all
                 select c.* from ops.check_result c
                 where c.dataset = %(dataset)s and c.batch_id is null and c.release_id is null and c.scope = 'lintas' and c.source = 'guard') c
               order by c.rule_id, c.check_result_id desc""",
            {"dataset": dataset},
        ).fetchall()
