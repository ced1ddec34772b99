"""*Penyebarluasan*: the one transaction in which a tested candidate becomes what readers see.

Before its commit readers see the last release, after it the next one, in every table at once; killed in between nothing has happened
and running it again does the same. Rows that did not change are not touched.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from psycopg import Connection, errors

from contracts import clock
from contracts.errors import ReadersInTheWay
from warehouse.data_tables import data_tables
from warehouse.names import quote
from warehouse.publish_diff import TableChange, apply, empty
from warehouse.published import PublishedTable, connect_keys, ensure, published_names
from warehouse.releases import ReleaseInput, add_release

PATIENCE = "30s"
"""How long a new column or key may wait for a reader's open transaction before the release is given up."""


Record = Callable[[int], None]


def publish(
    conn: Connection, tables: Sequence[PublishedTable], given: ReleaseInput, record: Record = lambda _: None
) -> tuple[int, list[TableChange]]:
    """Publish the conformed tables and the datasets without a concept; returns the release's number and what changed where.

    `conn` is outside of a transaction; `record` writes what else is kept of the release with this number, within its transaction.
    Raises `PublishedTypeChanged`, `ReadersInTheWay`; whatever is raised, the last release stands.
    """
    try:
        release_id, changes = _publish(conn, tables, given, record)
    except errors.LockNotAvailable as error:
        raise ReadersInTheWay(PATIENCE) from error
    _analyze(conn, changes)
    return release_id, changes


def _publish(conn: Connection, tables: Sequence[PublishedTable], given: ReleaseInput, record: Record) -> tuple[int, list[TableChange]]:
    at = clock.now()
    with conn.transaction():
        conn.execute(f"set local lock_timeout = '{PATIENCE}'")
        conn.execute("set constraints all deferred")
        everything = [*tables, *data_tables(conn)]
        for table in everything:
            ensure(conn, table)
        for table in everything:  # before any row moves: a table with checks pending cannot be altered
            connect_keys(conn, table)
        changes = [apply(conn, table, at) for table in everything] + _closed(conn, everything)
        release_id = add_release(conn, given, changes, at)
        record(release_id)
    return release_id, changes


def _closed(conn: Connection, open_tables: Sequence[PublishedTable]) -> list[TableChange]:
    """Tables of datasets that are open no longer: their rows go, the table stays for the views on it."""
    still = {table.name for table in open_tables}
    return [empty(conn, name) for name in published_names(conn, prefix="data_") if name not in still]


def _analyze(conn: Connection, changes: Sequence[TableChange]) -> None:
    """New figures need new statistics; after the commit, so that nobody waits for them."""
    names = ", ".join(f"mart.{quote(change.name)}" for change in changes if change.any)
    if names:
        conn.execute(f"analyze {names}")
