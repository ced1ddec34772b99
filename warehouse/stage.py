"""The staging table of one batch: made, filled by COPY and dropped here.

Its number is drawn before anything is written, and a session lock on that number lives as long as the load does. A staging table
whose lock nobody holds belongs to a load that was killed, and the next load, whatever it loads, drops it.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager

import pyarrow as pa
from psycopg import Connection, Copy

from warehouse.copy_text import copy_text
from warehouse.names import quote

LOCK_CLASS = 7004


class _Stop(Exception):  # noqa: N818 - a message to the COPY, never a failure of its own
    """Ends a COPY. Its cause is not told to the server, which hangs up on a reason longer than 10 kB (PQ_SMALL_MESSAGE_LIMIT)."""


@contextmanager
def batch_number(conn: Connection) -> Iterator[int]:
    """A new batch number, locked until the block ends; its staging tables are gone afterwards."""
    number = conn.execute("select nextval('ops.batch_no')").fetchone()[0]  # type: ignore[index]
    conn.execute("select pg_advisory_lock(%s, %s)", [LOCK_CLASS, number])
    try:
        yield number
    finally:
        if not conn.broken:
            drop(conn, number)
            conn.execute("select pg_advisory_unlock(%s, %s)", [LOCK_CLASS, number])


def drop(conn: Connection, number: int) -> None:
    """Drop what a batch staged, if anything is left of it."""
    conn.execute(f"drop table if exists {', '.join(f'staging_load.{kind}_{number}' for kind in 'bnqmvkt')}")


def drop_orphans(conn: Connection) -> int:
    """Drop the staging tables of loads that no longer live; return how many batches left some."""
    numbers = conn.execute(
        "select distinct substr(tablename, 3)::integer from pg_tables where schemaname = 'staging_load' and tablename ~ '^[bnqmvkt]_[0-9]+$'"
    ).fetchall()
    orphans = 0
    for (number,) in numbers:
        if conn.execute("select pg_try_advisory_lock(%s, %s)", [LOCK_CLASS, number]).fetchone()[0]:  # type: ignore[index]
            drop(conn, number)
            conn.execute("select pg_advisory_unlock(%s, %s)", [LOCK_CLASS, number])
            orphans += 1
    return orphans


def fill(conn: Connection, number: int, columns: Iterable[tuple[str, str]], chunks: Iterable[pa.Table]) -> str:
    """Create `staging_load.b_<number>` and COPY the chunks into it in one transaction; return the table's name.

    A chunk holds text that Postgres casts, in the order of `columns`; null is NULL. Table and rows are born in one transaction, so
    the rows can be frozen and the scans that follow need not mark them.
    """
    table = f"staging_load.b_{number}"
    columns = list(columns)
    spec = ", ".join(f"{quote(name)} {pg_type}" for name, pg_type in columns)
    with conn.transaction():
        conn.execute(f"create unlogged table {table} ({spec}) with (autovacuum_enabled = false)")
        names = ", ".join(quote(name) for name, _ in columns)
        try:
            with conn.cursor() as cursor, cursor.copy(f"copy {table} ({names}) from stdin with (freeze)") as copy:
                _write(copy, chunks)
        except _Stop as stop:
            raise stop.__cause__ or stop from None
    return table


def _write(copy: Copy, chunks: Iterable[pa.Table]) -> None:
    with closing(ahead(copy_text(chunk) for chunk in chunks)) as blocks:
        while (block := _next(blocks)) is not None:
            copy.write(block)


def _next(blocks: Iterator[memoryview]) -> memoryview | None:
    try:
        return next(blocks, None)
    except Exception as error:
        raise _Stop from error


def ahead(items: Iterator[memoryview], depth: int = 2) -> Generator[memoryview]:
    """Compute the next items in a thread while the present one is on its way to the server; an error there is raised here."""
    ready: queue.Queue[object] = queue.Queue(maxsize=depth)
    stop = threading.Event()

    def work() -> None:
        try:
            for item in items:
                ready.put(item)
                if stop.is_set():
                    return
            ready.put(None)
        except BaseException as error:  # noqa: BLE001 - it is raised again in the thread that waits
            ready.put(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        while (item := ready.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item  # type: ignore[misc]
    finally:
        stop.set()
        while thread.is_alive():
            with_room(ready)
            thread.join(0.01)


def with_room(ready: queue.Queue[object]) -> None:
    """Make room in a full queue, so that the thread behind it can see that it should stop."""
    while not ready.empty():
        ready.get_nowait()
