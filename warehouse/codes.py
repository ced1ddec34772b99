"""Codes of a batch on its staging table: how many of its rows wait for one.

Raw keeps what the source wrote; the code comes from `ops.resolve_codes`, here and again at conform (`warehouse.raw_codes`). Only
distinct texts are resolved, never rows.
"""

from __future__ import annotations

from collections.abc import Iterable

from psycopg import Connection

from contracts.registry import Dataset
from warehouse.code_columns import PAIR, CodeColumn, code_columns, pair, place, same_pair


def count_waiting(conn: Connection, dataset: Dataset, table: str) -> int:
    """Rows of a staging table, set-aside ones left out, that will not be published before one of their codes is known.

    The dataset must be registered. A column with `unknown: keep_null` holds no row back.
    """
    columns = [column for column in code_columns(conn, dataset.id) if column.unknown != "keep_null"]
    with conn.transaction():
        if not columns or not resolve_table(conn, table, columns):
            return 0
        waits = " or ".join(_row_waits(column) for column in columns)
        return _count(conn, f"select count(*) from {table} r where ({waits}){_good(conn, table)}")


def resolve_table(conn: Connection, table: str, columns: Iterable[CodeColumn]) -> bool:
    """Resolve the distinct texts of a staging table into the temporary `code_resolution`; whether any of them has no code."""
    selects = " union ".join(
        f"select distinct {', '.join(pair(column, None))} from {table} r where {place(column.column_name, None)} is not null"
        for column in columns
    )
    conn.execute("drop table if exists code_pair, code_resolution")
    conn.execute(f"create temp table code_pair on commit drop as select * from ({selects}) p ({', '.join(PAIR)})")
    conn.execute("analyze code_pair")
    conn.execute("create temp table code_resolution on commit drop as select * from ops.resolve_codes('code_pair')")
    conn.execute("analyze code_resolution")
    return bool(_count(conn, "select count(*) from code_resolution where code is null"))


def _row_waits(column: CodeColumn) -> str:
    return f"exists (select from code_resolution x where {same_pair(column, 'x', None)} and {column.unresolved})"


def _good(conn: Connection, table: str) -> str:
    """Rows not set aside: their numbers stand in the table `q_<n>` beside `b_<n>`."""
    aside = table.replace(".b_", ".q_")
    there = aside != table and _count(conn, f"select count(to_regclass('{aside}'))")
    return f" and not exists (select from {aside} q where q._no = r._no)" if there else ""


def _count(conn: Connection, query: str) -> int:
    row = conn.execute(query).fetchone()
    return int(row[0]) if row else 0
