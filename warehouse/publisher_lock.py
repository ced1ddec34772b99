"""One load at a time for each dataset and publisher, whoever starts it; different publishers load side by side."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import Connection

LOCK_CLASS = 7005


@contextmanager
def publisher_lock(conn: Connection, dataset: str, penerbit: str) -> Iterator[None]:
    """Hold the lock of (dataset, publisher) for the block; it waits, and it falls with the session when the process dies."""
    key = [LOCK_CLASS, f"{dataset}\x1f{penerbit}"]
    conn.execute("select pg_advisory_lock(%s, hashtext(%s))", key)
    try:
        yield
    finally:
        if not conn.broken and not conn.closed:
            conn.execute("select pg_advisory_unlock(%s, hashtext(%s))", key)
