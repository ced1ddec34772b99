"""What every act on releases has in common: only one release is made at a time, by one transaction, in the name of a person."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from psycopg import Connection, errors

from contracts import clock
from contracts.errors import ReadersInTheWay, TransformError, WrongUsage
from satudata.conform.lock import transform_lock
from satudata.session import warehouse
from warehouse.publish import PATIENCE
from warehouse.releases import Release, ReleaseInput, by_number


@contextmanager
def releasing() -> Iterator[tuple[Connection, datetime]]:
    """A transaction as `transformer` in which a release is made, and its moment; foreign keys are checked at its end.

    Raises `ReadersInTheWay`, `WarehouseUnreachable`.
    """
    try:
        with warehouse("transformer") as conn, transform_lock(conn), conn.transaction():
            conn.execute(f"set local lock_timeout = '{PATIENCE}'")
            conn.execute("set constraints all deferred")
            yield conn, clock.now()
    except errors.LockNotAvailable as error:
        raise ReadersInTheWay(PATIENCE) from error


def known_release(conn: Connection, release_id: int) -> Release:
    """The release of this number. Raises: `WrongUsage`."""
    found = by_number(conn, release_id)
    if found is None:
        raise WrongUsage(f"Tidak ada rilis bernomor {release_id}", "Lihat nomornya dengan `satudata release list`")
    return found


def as_input(conn: Connection, release: Release) -> ReleaseInput:
    """What a release saw, as the input of a new one made by a person: the next transform is never skipped after it."""
    row = conn.execute("select max(run_date) from ops.release").fetchone()
    assert row is not None
    return ReleaseInput(release.cut_no, row[0], dict(release.pins), "", "", "", "")


def computed_anew() -> dict[str, Any]:
    """After an act that took figures out: what is made of several is computed without them at once. Where that fails, the act stands all the same.

    Returns {rebuilt: the release, or None, why_not}.
    """
    from satudata.transform import transform

    try:
        return {"rebuilt": transform(clock.today())["release_id"], "why_not": None}
    except TransformError as error:
        return {"rebuilt": None, "why_not": error.message}
