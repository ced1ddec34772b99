"""The published tables as the database itself knows them: for acts on releases, which have no model at hand."""

from __future__ import annotations

from collections.abc import Iterable

from psycopg import Connection

from warehouse.publish_diff import TableChange
from warehouse.published import STAMP, PublishedTable, columns, primary_key

TABLES = """
select p.model, p.version, p.figures, p.dataset_id,
       p.closed_columns || coalesce((select array_agg(c.column_name) from ops.dataset_column c
                                     where c.dataset_id = p.dataset_id and c.pribadi is not null), '{}') as closed
from ops.published_table p
where p.withdrawn_at is null and ops.tabel_terbit(p.table_name) is not null
order by p.figures, p.table_name"""
"""Dimensions first. What a contract calls personal by now counts, whatever the last release knew."""


def published_now(conn: Connection) -> list[PublishedTable]:
    """Every table of `mart` that was not withdrawn, old versions included; its source is itself."""
    return [_table(conn, *row) for row in conn.execute(TABLES).fetchall()]


def _table(conn: Connection, model: str, version: int, figures: bool, dataset_id: int | None, closed: list[str]) -> PublishedTable:
    bare = PublishedTable(model, "", (), "", {}, (), version, frozenset(closed), dataset_id, figures)
    shown = {name: "" for name in columns(conn, bare.target) if name != STAMP and name not in closed}
    key = primary_key(conn, bare.target)
    return PublishedTable(model, bare.target, key, "", shown, (), version, frozenset(closed), dataset_id, figures)


def with_the_others(conn: Connection, changes: Iterable[TableChange]) -> list[TableChange]:
    """These changes, and of every other table of the newest release that nothing in it changed: a release speaks of all tables."""
    moved = {change.name: change for change in changes}
    rows = conn.execute(
        "select table_name, rows from ops.release_change where release_id = (select max(release_id) from ops.release) order by 1"
    ).fetchall()
    others = [TableChange(name, 0, 0, 0, rows) for name, rows in rows if name not in moved]
    return [*moved.values(), *others]
