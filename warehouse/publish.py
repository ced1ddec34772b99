"""*Penyebarluasan*: the one transaction in which a tested candidate becomes what readers see.

Before its commit readers see the last release, after it the next one, in every table at once; killed in between nothing has happened
and running it again does the same. Rows that did not change are not touched, and every row that did stands in the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from psycopg import Connection, errors

from contracts import clock
from contracts.errors import PersonalDataFound, ReadersInTheWay
from warehouse.closing import close_columns, close_tables
from warehouse.data_tables import data_tables
from warehouse.hidden import remember_hidden
from warehouse.names import relation
from warehouse.personal import whose
from warehouse.publish_diff import Move, TableChange, apply, fill
from warehouse.published import PublishedTable, columns, ensure
from warehouse.releases import ReleaseInput, add_release, next_number
from warehouse.table_keys import drop_strayed, finish
from warehouse.table_versions import name_versions, settle
from warehouse.withdrawn import rebuild_pending, rebuilt, withdrawals

PATIENCE = "30s"
"""How long a new column or key may wait for a reader's open transaction before the release is given up."""

STATISTICS_HOLD = 0.05
"""The share of a table's rows that may change before its statistics mislead the planner; autovacuum looks again at a tenth."""

Record = Callable[[int], None]


def publish(
    conn: Connection, tables: Sequence[PublishedTable], given: ReleaseInput, record: Record = lambda _: None
) -> tuple[int, list[TableChange]]:
    """Publish the conformed tables and the datasets without a concept; returns the release's number and what changed where.

    `conn` is outside of a transaction; `record` writes what else is kept of the release with this number, within its transaction.
    Raises `ReadersInTheWay`, `PersonalDataFound`, and psycopg's IntegrityError for a row without its dimension; whatever is raised, the last release stands.
    """
    try:
        release_id, changes = _publish(conn, tables, given, record)
    except errors.LockNotAvailable as error:
        raise ReadersInTheWay(PATIENCE) from error
    analyze(conn, changes)
    return release_id, changes


def _publish(conn: Connection, tables: Sequence[PublishedTable], given: ReleaseInput, record: Record) -> tuple[int, list[TableChange]]:
    at = clock.now()
    with conn.transaction():
        conn.execute(f"set local lock_timeout = '{PATIENCE}'")
        conn.execute("set constraints all deferred")
        everything = settle(conn, [*tables, *data_tables(conn)], at)
        name_versions(conn, everything)
        move = Move(next_number(conn), at, withdrawals(conn), rebuild_pending(conn))
        close_columns(conn, everything, at)
        changes = [*_moved(conn, everything, move), *close_tables(conn, everything, move.release_id, at)]
        if move.personal:
            raise PersonalDataFound(
                tuple(sorted({one.table.shown_as for one in move.personal})), tuple(whose(conn, move.personal, everything))
            )
        finish(conn, everything)
        add_release(conn, move.release_id, given, changes, at)
        rebuilt(conn, move.release_id)
        remember_hidden(conn, move.release_id)
        record(move.release_id)
    return move.release_id, changes


def _moved(conn: Connection, tables: Sequence[PublishedTable], move: Move) -> list[TableChange]:
    """Every shape first, then every row: what waits for readers waits before the work is done."""
    new = {table.name for table in tables if not columns(conn, table.target)}
    reshaped = {table.name for table in tables if ensure(conn, table)}
    versions = {table.name: table.version for table in tables}
    for table in tables:
        drop_strayed(conn, table, versions)
    return [fill(conn, table, move) if table.name in new else apply(conn, table, move, table.name in reshaped) for table in tables]


def analyze(conn: Connection, changes: Sequence[TableChange]) -> None:
    """Much that is new needs new statistics; after the commit, so that nobody waits for them. A little of it is left to autovacuum."""
    names = ", ".join(relation(change.name) for change in changes if change.share > STATISTICS_HOLD)
    if names:
        conn.execute(f"analyze {names}")
