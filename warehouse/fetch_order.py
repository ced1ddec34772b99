"""The moment by which a batch stands in order: that of its fetch, and never before that of an earlier fetch of its publisher.

Everything that asks which word is the newer one compares these moments. A machine whose clock was ahead has written moments that are still to come;
what is fetched once it is set right comes after them all the same, because fetches are numbered as they come.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from psycopg import Connection

from warehouse.ledger import Scope, StoredFetch

TICK = timedelta(microseconds=1)
"""By what fetches that are given a moment come after each other: as many as their numbers are apart, so that every load finds the same order."""


def moment_of(conn: Connection, scope: Scope, fetches: Sequence[StoredFetch]) -> datetime:
    """When a batch of these fetches was fetched, as far as its order goes: later than the end of any fetch of the publisher with a lower number."""
    own, number = max(one.ended_at for one in fetches), max(one.fetch_id for one in fetches)
    row = conn.execute(
        """select max(ended_at + (%s - fetch_id) * %s::interval) from ops.fetch
           where dataset = %s and penerbit = %s and sha256 is not null and fetch_id < %s and ended_at >= %s""",
        [number, TICK, scope.dataset, scope.penerbit, min(one.fetch_id for one in fetches), own],
    ).fetchone()
    return max(own, row[0]) if row and row[0] else own
