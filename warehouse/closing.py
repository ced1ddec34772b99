"""What readers may see no longer: datasets that are open no more, and columns that hold personal data now, in every version and every record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from psycopg import Connection

from warehouse.forgotten_figures import say_what_is_left, take_out_closed
from warehouse.names import quote, relation
from warehouse.publish_diff import TableChange, empty
from warehouse.published import STAMP, PublishedTable, columns, primary_key
from warehouse.row_ledger import take_out, take_out_columns


def close_tables(conn: Connection, open_tables: Sequence[PublishedTable], release_id: int, at: datetime) -> list[TableChange]:
    """Empty the tables of datasets that are published no longer; a table stays for the views on it. Within the publishing transaction."""
    if take_out_closed(conn):
        say_what_is_left(conn, release_id, at)
    still = [table.name for table in open_tables]
    rows = conn.execute(
        "select table_name from ops.published_table where model ~ '^(mart_instansi[.])?data_' and not model = any(%s) order by 1", [still]
    ).fetchall()
    changes = [empty(conn, name) for (name,) in rows]
    for change in changes:
        if change.removed:
            take_out(conn, f"o.table_name = (select '{change.name}')")
    return changes


def close_columns(conn: Connection, tables: Sequence[PublishedTable], at: datetime) -> None:
    """Take what is personal now out of old versions and of the ledger of rows; the version in force is emptied with its other changes."""
    for table in tables:
        if not table.closed:
            continue
        rows = conn.execute(
            "select table_name, superseded_at is not null from ops.published_table where model = %s", [table.name]
        ).fetchall()
        take_out_columns(conn, [name for name, _ in rows], sorted(table.closed))
        for name, old in rows:
            if old and _close_old(conn, relation(name), table.closed, at):  # what the archive keeps of it for a rebuild says it still
                conn.execute("update ops.published_table set archived_release_id = null where table_name = %s", [name])


def _close_old(conn: Connection, target: str, closed: frozenset[str], at: datetime) -> int:
    """How many rows changed."""
    there = [name for name in columns(conn, target) if name in closed]
    if set(there) & set(primary_key(conn, target)):
        return conn.execute(f"delete from {target}").rowcount
    filled = " or ".join(f"{quote(name)} is not null" for name in there)
    if not there:
        return 0
    emptied = ", ".join(f"{quote(name)} = null" for name in there)
    return conn.execute(f"update {target} set {emptied}, {STAMP} = %s where {filled}", [at]).rowcount
