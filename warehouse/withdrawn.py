"""What was withdrawn for good, as a condition on rows: asked whenever rows are published, whatever the candidate says by then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from psycopg import Connection

from warehouse.names import literal, quote
from warehouse.published import PublishedTable

DATASET = "_dataset_id"
"""The column by which a row of a model says whose it is."""


@dataclass(frozen=True)
class Withdrawal:
    """A dataset, or the rows of a model whose columns hold these values."""

    dataset_id: int | None
    model: str | None
    match: Mapping[str, str]


def withdrawals(conn: Connection) -> list[Withdrawal]:
    """All that was ever withdrawn."""
    rows = conn.execute(
        "select d.dataset_id, w.table_name, coalesce(w.match, '{}') from ops.withdrawal w left join ops.dataset d using (dataset) order by 1, 2"
    ).fetchall()
    return [Withdrawal(*row) for row in rows]


def rebuild_pending(conn: Connection) -> bool:
    """Whether no release has yet computed what is made of several datasets without what was withdrawn last."""
    row = conn.execute("select exists (select from ops.withdrawal where rebuilt_release_id is null)").fetchone()
    return bool(row and row[0])


def rebuilt(conn: Connection, release_id: int) -> None:
    """This release has: no row holds a withdrawn figure any more."""
    conn.execute("update ops.withdrawal set rebuilt_release_id = %s where rebuilt_release_id is null", [release_id])
    conn.execute("delete from ops.withdrawn_row")


def held_withdrawn(conn: Connection, table: PublishedTable) -> str:
    """SQL: whether the row `r` of its changes held a withdrawn figure; any may have where nobody says what the table is made of."""
    if conn.execute("select exists (select from ops.lineage_source where table_name = %s)", [table.name]).fetchone() == (False,):
        return "true"
    return f"exists (select from ops.withdrawn_row w where w.table_name = {literal(table.published_as)} and w.key = r.key)"


def matching(match: Mapping[str, str], row: str = "t") -> str:
    """SQL: whether a row holds these values."""
    return " and ".join(f"{row}.{quote(name)} = {literal(value)}" for name, value in match.items())


def is_withdrawn(table: PublishedTable, withdrawn: Sequence[Withdrawal], row: str = "t") -> str:
    """SQL: whether a row of the table's source is withdrawn; 'false' where nothing of it is."""
    said = [condition for one in withdrawn if (condition := _condition(table, one, row))]
    return " or ".join(f"({condition})" for condition in said) or "false"


def _condition(table: PublishedTable, one: Withdrawal, row: str) -> str | None:
    if one.model is not None:
        return (
            f"coalesce({matching(one.match, row)}, false)"
            if one.model in (table.name, table.bare_name) and set(one.match) <= set(table.columns)
            else None
        )
    if one.dataset_id is None:  # of a dataset nobody has seen yet
        return None
    if table.dataset_id is not None:
        return "true" if table.dataset_id == one.dataset_id else None
    return f"coalesce({row}.{DATASET} = {one.dataset_id}, false)" if table.figures and DATASET in table.columns else None
