"""Which columns of the contracts hold codes, and the SQL that turns a row's text into a question to `ops.resolve_codes`.

A question is a pair of text and circumstances (level, parent, code system): rows that ask the same are resolved once.
"""

from __future__ import annotations

from dataclasses import dataclass

from psycopg import Connection
from psycopg.rows import class_row

from warehouse.names import literal, quote

PAIR = ("reference", "published", "level", "within", "system", "bare_name_is")
"""What identifies one question to `ops.resolve_codes`."""


@dataclass(frozen=True)
class CodeColumn:
    """A contract column that holds codes, as `ops.code_column` describes it."""

    dataset_id: int
    dataset: str
    concept: str | None
    raw_table: str
    column_name: str
    type: str
    reference: str
    level: str
    within: str
    system: str
    bare_name_is: str
    unknown: str

    @property
    def unresolved(self) -> str:
        """SQL on a resolution `x`: true where its rows cannot be placed. What has a concept must stand in our lists; a BPS code alone is not enough."""
        return "x.code is null" if self.concept else "x.own_code is null"


def code_columns(conn: Connection, dataset: str) -> list[CodeColumn]:
    """The code columns of a dataset by the contract registered last: the one a batch is judged by."""
    with conn.cursor(row_factory=class_row(CodeColumn)) as cursor:
        return cursor.execute("select * from ops.code_column where dataset = %s order by column_name", [dataset]).fetchall()


def visible_code_columns(conn: Connection, dataset: str | None = None) -> list[CodeColumn]:
    """The code columns of one dataset, or of all, by the contracts that the transform's cut sees."""
    with conn.cursor(row_factory=class_row(CodeColumn)) as cursor:
        return cursor.execute(
            "select * from ops.cut_code_column where %s::text is null or dataset = %s order by dataset_id, column_name", [dataset, dataset]
        ).fetchall()


def pair(column: CodeColumn, own: set[str] | None) -> list[str]:
    """SQL of the six parts of a pair for a row `r`."""
    constants = [literal(column.level), _within(column, own), literal(column.system), literal(column.bare_name_is)]
    return [literal(column.reference), f"lower({place(column.column_name, own)})", *constants]


def named_pair(column: CodeColumn, own: set[str] | None) -> str:
    """SQL: the six parts of a pair for a row `r`, each under its name, as a list of columns."""
    return ", ".join(f"{value} as {name}" for name, value in zip(PAIR, pair(column, own), strict=True))


def same_pair(column: CodeColumn, x: str, own: set[str] | None) -> str:
    """SQL that joins a row `r` to the resolution `x` of its text."""
    return " and ".join(f"{x}.{name} = {value}" for name, value in zip(PAIR, pair(column, own), strict=True))


def _within(column: CodeColumn, own: set[str] | None) -> str:
    """A code as it stands; else the text of the column it names."""
    if column.within == "" or column.within[0].isdigit():
        return literal(column.within)
    return f"coalesce(lower({place(column.within, own)}), '')"


def place(column: str, own: set[str] | None) -> str:
    """SQL of a column of row `r`: its own column, or in `tambahan` where the table (whose columns are `own`; None = all) has none."""
    return f"r.{quote(column)}" if own is None or column in own else f"(r.tambahan ->> {literal(column)})"


def columns_of(conn: Connection, table: str) -> set[str]:
    """The columns of a table `schema.name`; empty where there is no such table."""
    rows = conn.execute(
        "select attname from pg_attribute where attrelid = to_regclass(%s) and attnum > 0 and not attisdropped", [qualified(table)]
    ).fetchall()
    return {str(row[0]) for row in rows}


def qualified(table: str) -> str:
    """`schema.name` with the name quoted."""
    schema, name = table.split(".", 1)
    return f"{schema}.{quote(name)}"
