"""One transform at a time, whoever starts it: a second one waits, and what a killed one left running is ended first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import Connection

LOCK = 7_005
BUILDER = "satudata-dbt"
"""How the connections of our dbt process call themselves."""


@contextmanager
def transform_lock(conn: Connection) -> Iterator[None]:
    """Hold the lock of transforms on this session (autocommit) while the block runs.

    Who holds it may end the builder connections it finds: their transform is dead, otherwise it would hold the lock.
    """
    conn.execute("select pg_advisory_lock(%s)", [LOCK])
    try:
        conn.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = %s and datname = current_database() and usename = current_user",
            [BUILDER],
        )
        yield
    finally:
        if not conn.broken:
            conn.execute("select pg_advisory_unlock(%s)", [LOCK])
