"""A guard on whose file it is: at the address of a kecamatan lay the file of another one, and its figures would be told twice or as somebody else's.

Where a publisher is a region (`for_each`), its rows usually lie inside of it. Of a publisher that reports others as well its earlier rows say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from psycopg import Connection

from expectations.rules.judged import Judged
from expectations.rules.sql import literal
from expectations.verdict import CheckResult
from warehouse.code_columns import PAIR, CodeColumn, columns_of, named_pair, place
from warehouse.trusted import ensure_index, periods_near, trusted

PERIODS, MOST_ROWS = 3, 10_000
"""What of the rows that stand is looked at."""
MOST_NAMED = 5
MOSTLY = 0.5


class Where(NamedTuple):
    """Rows whose region is known."""

    inside: int
    outside: int
    examples: str | None
    """Some of the texts that mean a region outside."""


def rows_elsewhere(conn: Connection, judged: Judged) -> Iterator[CheckResult]:
    """A finding per region column whose rows lie outside of the region that publishes them, though its earlier rows lay inside; held.

    Without earlier rows, or where some of them lay outside too, only where all rows do. Several columns may name from where to where: then
    each of them must.
    """
    columns = _columns(judged) if _is_region(conn, judged) else []
    found = [(column, _where(conn, judged, column, judged.table, None)) for column in columns]
    if any(not where.outside for _, where in found):
        return
    for column, where in found:
        if _is_other(where, _before(conn, judged, column)):
            yield _finding(judged, column, where)


def _is_other(where: Where, before: Where | None) -> bool:
    if before is None or before.outside:
        usually = before is None or before.outside <= MOSTLY * (before.inside + before.outside)
        return where.inside == 0 and usually
    return True


def _is_region(conn: Connection, judged: Judged) -> bool:
    if judged.contract.for_each is None:
        return False
    row = conn.execute("select from ops.reference_item where reference = 'wilayah' and code = %s", [judged.history.penerbit]).fetchone()
    return row is not None


def _columns(judged: Judged) -> list[CodeColumn]:
    """The regions of the key; where it has none, the only one that the rows have. A text of the contract says nothing of the file."""
    regions = [
        one
        for one in judged.codes
        if one.type == "wilayah" and (spec := judged.contract.columns.get(one.column_name)) and spec.value is None
    ]
    of_key = [one for one in regions if one.column_name in judged.contract.key]
    return of_key or (regions if len(regions) == 1 else [])


def _before(conn: Connection, judged: Judged, column: CodeColumn) -> Where | None:
    """Where the publisher's earlier rows lie; None where there are none whose region is known."""
    of = trusted(conn, judged.dataset.id, judged.history.penerbit)
    if of is None:
        return None
    ensure_index(conn, of)
    within = "true"
    if judged.contract.period and judged.contract.period.column:
        days = ", ".join(literal(str(day)) for day in periods_near(conn, of, date.max, PERIODS))
        within = f"r._periode_mulai in ({days})" if days else "false"
    found = _where(conn, judged, column, f"({of.rows(within)} limit {MOST_ROWS})", columns_of(conn, of.raw_table))
    return found if found.inside + found.outside else None


def _where(conn: Connection, judged: Judged, column: CodeColumn, relation: str, own: set[str] | None) -> Where:
    """`relation`: the staging table, or earlier rows, whose columns are `own`."""
    named, text, here = named_pair(column, own), place(column.column_name, own), literal(judged.history.penerbit)
    with conn.transaction():
        conn.execute("drop table if exists pg_temp.code_pair")
        conn.execute(
            f"""create temp table code_pair on commit drop as
                select {named}, count(*) as _rows from {relation} r where {text} is not null group by 1, 2, 3, 4, 5, 6"""
        )
        conn.execute("analyze code_pair")
        row = conn.execute(
            f"""select coalesce(sum(_rows) filter (where is_in), 0), coalesce(sum(_rows) filter (where not is_in), 0),
                       (array_agg(distinct ops.masked(published)) filter (where not is_in))[:{MOST_NAMED}]
                from (select p._rows, p.published, x.code = {here} or starts_with(x.code, {here} || '.') as is_in
                      from code_pair p join ops.resolve_codes('code_pair') x using ({", ".join(PAIR)}) where x.code is not null) r"""
        ).fetchone()
    inside, outside, examples = row or (0, 0, None)
    return Where(int(inside), int(outside), ", ".join(examples) if examples else None)


def _finding(judged: Judged, column: CodeColumn, where: Where) -> CheckResult:
    name, rule_id = column.column_name, f"code.{column.column_name}.penerbit_lain"
    told = "" if judged.contract.columns[name].pribadi or not where.examples else f" (misalnya {where.examples})"
    return judged.result(
        rule_id=rule_id, rule="code", scope="batch", column_name=name, severity="hold", outcome="fail", checked=where.inside + where.outside,
        failed=where.outside, observed=f"{where.outside} baris di luar {judged.history.penerbit}",
        expected=f"wilayah di dalam {judged.history.penerbit}, penerbitnya", source="guard",
        message=f"{where.outside} dari {where.inside + where.outside} baris berisi {name} di luar wilayah penerbitnya, {judged.history.penerbit}{told}. "
        f"Periksa apakah berkas wilayah lain terpasang di alamat ini; bila memang dilaporkan olehnya, setujui dengan `--terima {rule_id}`.",
    )  # fmt: skip
