"""Figures that are measured by others are measured once, before the rules are counted: what is off is written beside the staging table.

`staging_load.m_<n>(nth, _no, lama, mass)` holds per check (`nth`) the rows that are off, with what they are measured by as a reader sees it, and
one row without `_no` that says how many were compared. Counting, finding the rows and telling of them then cost a look into a small table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import psycopg
from psycopg import Connection

from contracts.errors import WarehouseUnreachable, judging
from contracts.secrets import masked_url
from expectations.measuring.another_dataset import differing
from expectations.measuring.between_days import between_days
from expectations.measuring.outlying import AFTER, PERIODS, Z, far_off
from expectations.measuring.refiled import filed_again, same_beside
from expectations.measuring.scale import off_scale, off_unit, wholly_off_unit
from expectations.measuring.short import is_short
from expectations.measuring.sides import Nothing, Sides, sides
from expectations.rules.history import has_gaps
from expectations.rules.implied import unasked_shifts
from expectations.rules.sql import quote
from expectations.rules.where import where_sql
from warehouse.connect import database_url
from warehouse.opening import is_lost

if TYPE_CHECKING:
    from contracts.models.checks import Check
    from expectations.rules.judged import Judged

AROUND: Mapping[str, tuple[int, int]] = {"refiled": (12, 3), "outlier": (PERIODS, AFTER)}
"""Rule -> periods of its own history that it looks at, before (beside as many as the batch has) and after, where those are not the usual ones."""
OFF: Mapping[str, Callable[[Sides, Check, Judged], str]] = {
    "same_as_dataset": lambda both, check, _: differing(both, check.tolerance),
    "scale_lost": lambda both, _check, _judged: off_scale(both),
    "unit_shift": lambda both, check, judged: (off_unit if check in judged.contract.checks else wholly_off_unit)(both),
    "outlier": lambda both, check, _: far_off(both, check.z or Z),
    "refiled": lambda both, _, judged: filed_again(both, judged.contract.period.grain if judged.contract.period else ""),
}
"""Rule -> SQL of the rows compared: `_no`, `lama` (what it is measured by, for a reader), `off`, `mass` (it is wrong with most others)."""


@dataclass(frozen=True)
class Measure:
    """One check that was measured: where its rows stand, or why there are none."""

    table: str
    nth: int
    reason: str | None = None


def measured(conn: Connection, judged: Judged) -> Judged:
    """The batch with its measures taken; `conn` is in autocommit. Raises RuleNotComputed, WarehouseUnreachable."""
    asked = [check for check in judged.contract.checks if check.rule in OFF or check.rule == "change_within" and has_gaps(judged)]
    checks = [*asked, *(unasked_shifts(judged) if judged.history.last_counts and is_short(conn, judged) else [])]
    if not checks:
        return judged
    table = judged.table.replace(".b_", ".m_")
    conn.execute(f"drop table if exists {table}")
    conn.execute(f"create unlogged table {table} (nth integer, _no bigint, lama text, mass boolean)")
    measures = {check.rule_id: _taken(conn, judged, check, Measure(table, nth)) for nth, check in enumerate(checks)}
    conn.execute(f"create index on {table} (nth, _no)")
    conn.execute(f"analyze {table}")
    return replace(judged, measures={name: one for name, one in measures.items() if one.nth < len(asked) or one.reason is None})


def _taken(conn: Connection, judged: Judged, check: Check, measure: Measure) -> Measure:
    try:
        with conn.transaction():
            return _measure(conn, judged, check, measure)
    except psycopg.Error as error:
        if is_lost(error):
            raise WarehouseUnreachable(masked_url(database_url("loader")), str(error).splitlines()[0]) from error
        reason = f"Aturan {check.rule_id} tidak dapat dihitung: {str(error).splitlines()[0]}."
        raise judging.RuleNotComputed(judged.dataset.id, reason) from error


def _measure(conn: Connection, judged: Judged, check: Check, measure: Measure) -> Measure:
    if check.rule == "change_within":
        query = between_days(check, judged)
    elif check.against in judged.contract.columns:
        query = _beside(check, judged)
    else:
        both = sides(conn, judged, check, *AROUND.get(check.rule, ()))
        if isinstance(both, Nothing):
            return replace(measure, reason=both.reason)
        query = OFF[check.rule](both, check, judged)
    conn.execute(
        f"""with compared as materialized ({query})
            insert into {measure.table} (nth, _no, lama, mass)
            select {measure.nth}, _no, lama, mass from compared where off
            union all select {measure.nth}, null, count(*)::text, null from compared"""
    )
    return measure


def _beside(check: Check, judged: Judged) -> str:
    """The other figure stands in the same row."""
    rows = where_sql(check.where, judged.contract) if check.where else "true"

    def side(column: str) -> str:
        return f"""select _no, array[_no::text] as k, null::date as mulai, null::date as akhir, {quote(column)}::numeric as angka
                   from {judged.table} where {quote(column)} is not null and ({rows})"""

    both = Sides(side(check.column or ""), side(check.against or ""), f"padahal {check.against} berisi", is_own=False)
    return same_beside(both) if check.rule == "refiled" else OFF[check.rule](both, check, judged)
