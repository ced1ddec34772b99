"""A warehouse to try things in: an empty, migrated database on the embedded server, gone when the trial ends.

A dry run goes through the very code of a load, tables and rules included, and still nothing is written to the warehouse that others read.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import psycopg

from contracts.settings import settings
from warehouse import server
from warehouse.names import quote
from warehouse.opening import open_connection

_PREFIX = "coba"
_NUMBERS = count(1)


@contextmanager
def scratch_warehouse() -> Iterator[None]:
    """While the block lasts, `warehouse.connect` of this process leads to an empty database of its own, whatever the settings say.

    Raises: `WarehouseUnreachable`.
    """
    name = f"{_PREFIX}_{os.getpid()}_{next(_NUMBERS)}"
    home = settings().home
    if not server.is_running(home):
        server.start(home)
    with _superuser() as conn:
        _drop_orphans(conn)
        conn.execute(f"create database {name} owner satudata")
    try:
        with _environment(SATUDATA_DATABASE=name, SATUDATA_DATABASE_URL=None):
            yield
    finally:
        with _superuser() as conn:
            conn.execute(f"drop database if exists {name} with (force)")


def _superuser() -> psycopg.Connection:
    return open_connection(server.url(settings().home, "superuser", "postgres"), autocommit=True)


def _drop_orphans(conn: psycopg.Connection) -> None:
    """Drop what trials left behind that were killed: their names carry the number of their process."""
    for (name,) in conn.execute("select datname from pg_database").fetchall():
        match = re.fullmatch(rf"{_PREFIX}_(\d+)_\d+", name)
        if match and not _is_alive(int(match[1])):
            conn.execute(f"drop database if exists {quote(name)} with (force)".encode())


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextmanager
def _environment(**values: str | None) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    try:
        _set(values)
        yield
    finally:
        _set(before)


def _set(values: dict[str, str | None]) -> None:
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
