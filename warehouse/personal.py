"""The last look before anybody reads a release: what it changed holds no number of a person or a family, and no column that a contract calls personal.

Rules on the batches find such numbers first; this finds what became one later, by a wider list, a new model or a contract read anew. Only
changed rows are read, in one pass per table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import Connection
from psycopg.types.json import Jsonb

from warehouse.names import joined, literal, quote
from warehouse.published import PublishedTable, columns
from warehouse.withdrawn import DATASET

MAY_HOLD = "([0-9٠-٩۰-۹０-９] ?[,./_·–．－-]? ?){15}[0-9٠-٩۰-۹０-９]"
"""What every text with such a number matches, in whatever digits; asked first, as it costs little."""
NUMERIC = ("bigint", "numeric")
MOST = 1_000
"""Rows of one table that are looked into for whose they are."""


@dataclass(frozen=True)
class Personal:
    """A row of a published table that nobody may read."""

    table: PublishedTable
    dataset_id: int | None
    """Whose row it is; None where its table does not say."""
    key: dict[str, Any]


def in_changes(conn: Connection, table: PublishedTable) -> list[Personal]:
    """Among the rows that `rincian` has just brought."""
    rows = conn.execute(
        f"""select distinct on (r.dataset_id, case when r.dataset_id is null then r.key end) r.dataset_id, r.key from rincian r
            where case when r.after::text ~ {literal(MAY_HOLD)} then exists (select from jsonb_each_text(r.after) v where ops.holds_nik(v.value)) end
            limit {MOST}"""
    ).fetchall()
    return [*(Personal(table, *row) for row in rows), *_forbidden(conn, table)]


def in_table(conn: Connection, table: PublishedTable) -> list[Personal]:
    """In all rows of a table that is new."""
    types = columns(conn, table.target)
    texts = [f"t.{quote(name)}" for name in table.columns if types[name] == "text"]
    texts += [_as_long(f"t.{quote(name)}") for name in table.columns if types[name] in NUMERIC]
    found = list(_forbidden(conn, table))
    if texts:
        whose = str(table.dataset_id) if table.dataset_id is not None else f"t.{DATASET}" if DATASET in types else "null"
        key = ", ".join(f"{literal(name)}, t.{quote(name)}" for name in table.key)
        said = joined("\n", texts)
        rows = conn.execute(
            f"""select distinct on (n, case when n is null then k end) n, k
                from (select {whose}::integer as n, jsonb_build_object({key}) as k, {said} as said from {table.target} t) t
                where case when said ~ {literal(MAY_HOLD)} then ops.holds_nik(said) end limit {MOST}"""
        ).fetchall()
        found += [Personal(table, *row) for row in rows]
    return found


def _as_long(figure: str) -> str:
    """SQL: the text of a figure that has as many digits as such a number."""
    return f"case when {figure} between {10**15} and {10**16 - 1} then {figure}::text end"


def _forbidden(conn: Connection, table: PublishedTable) -> Iterable[Personal]:
    if table.dataset_id is not None:
        row = conn.execute(
            "select from ops.dataset_column where dataset_id = %s and pribadi is not null and column_name = any(%s)",
            [table.dataset_id, list(table.columns)],
        ).fetchone()
        if row is not None:
            yield Personal(table, table.dataset_id, {})


def whose(conn: Connection, found: Sequence[Personal], tables: Sequence[PublishedTable]) -> list[str]:
    """The datasets that bring these rows; a row of a dimension is brought by the figures that lead to it."""
    numbers = {one.dataset_id for one in found if one.dataset_id is not None}
    for one in found:
        if one.dataset_id is None:
            numbers |= {number for table in tables for number in _leading(conn, table, one)}
    rows = conn.execute("select dataset from ops.dataset where dataset_id = any(%s) order by 1", [sorted(numbers)]).fetchall()
    return [str(row[0]) for row in rows]


def _leading(conn: Connection, table: PublishedTable, to: Personal) -> set[int]:
    for key in table.foreign_keys:
        if key.table == to.table.name and DATASET in table.columns and key.refers_to in to.key:
            rows = conn.execute(
                f"select distinct t.{DATASET} from {table.target} t where to_jsonb(t.{quote(key.column)}) = %s",
                [Jsonb(to.key[key.refers_to])],
            ).fetchall()
            return {int(row[0]) for row in rows}
    return set()
