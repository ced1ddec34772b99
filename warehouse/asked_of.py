"""What accepted rows ask of a reference list: their texts with the circumstances they were read in, and how many rows ask each.

Rows that are published no more are asked too, because the history of figures shows them. One scan of a raw table per column that holds
codes: asked only where an answer is about to change.
"""

from __future__ import annotations

from psycopg import Connection
from psycopg.rows import class_row

from warehouse.code_columns import PAIR, CodeColumn, columns_of, pair, place, qualified
from warehouse.names import literal


def ask(conn: Connection, reference: str) -> None:
    """Fill the temporary `asked_of` (the columns of `PAIR`, rows) with what all rows ask of a list. Within the caller's transaction, who drops it."""
    conn.execute(f"create temp table asked_of on commit drop as select {', '.join(PAIR)}, 0::bigint as rows from ops.resolved_code limit 0")
    for column in _columns(conn, reference):
        _ask_column(conn, column)
    _ask_constants(conn, reference)


def tables_of(conn: Connection, where: str, *values: str) -> list[str]:
    """The raw tables, of those that there are, of the datasets that a condition on `ops.dataset` names."""
    rows = conn.execute(f"select distinct raw_table from ops.dataset where {where} order by 1".encode(), values).fetchall()
    return [str(row[0]) for row in rows if columns_of(conn, str(row[0]))]


def _columns(conn: Connection, reference: str) -> list[CodeColumn]:
    """Of the contracts registered last and of those that the release reads."""
    with conn.cursor(row_factory=class_row(CodeColumn)) as cursor:
        return cursor.execute(
            f"""select distinct on (dataset_id, column_name, {", ".join(PAIR[2:])}) *
                from (select * from ops.code_column union all select * from ops.cut_code_column) c where reference = %s""",
            [reference],
        ).fetchall()


def _ask_column(conn: Connection, column: CodeColumn) -> None:
    if own := columns_of(conn, column.raw_table):
        conn.execute(
            f"""insert into asked_of select {", ".join(pair(column, own))}, count(*) from {qualified(column.raw_table)} r
                where r._dataset_id = {column.dataset_id} and {place(column.column_name, own)} is not null group by 1, 2, 3, 4, 5, 6"""
        )


def _ask_constants(conn: Connection, reference: str) -> None:
    """A code that the contract itself names is that of all rows of its dataset."""
    for table in tables_of(conn, "dataset_id in (select dataset_id from ops.code_constant where reference = %s)", reference):
        conn.execute(
            f"""insert into asked_of select c.reference, c.published, '', '', '', '', count(*) from {qualified(table)} r
                join ops.code_constant c on c.dataset_id = r._dataset_id where c.reference = {literal(reference)} group by 1, 2"""
        )
