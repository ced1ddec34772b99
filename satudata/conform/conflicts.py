"""What a release did to the conflicts between agencies, in ledger and journal: numbers, deadlines and held figures outlive the database."""

from __future__ import annotations

from datetime import date, datetime

from psycopg import Connection
from psycopg.rows import dict_row

from satudata.findings.acts import set_down
from warehouse.conflicts import Settled, settle

BY = "satudata"


def settle_conflicts(conn: Connection, release_id: int, day: date, at: datetime) -> None:
    """Open, reopen and close conflicts as this release found them; within the publishing transaction."""
    settled = settle(conn, release_id, day, at)
    if settled.any:
        set_down(conn, "conflict.settle", BY, {"release_id": release_id, "day": str(day), **_told(conn, settled)}, None, at)


def _told(conn: Connection, settled: Settled) -> dict[str, list[dict[str, object]]]:
    told = {}
    for what, numbers in (("opened", settled.opened), ("reopened", settled.reopened), ("closed", settled.closed)):
        with conn.cursor(row_factory=dict_row) as cursor:
            told[what] = cursor.execute(
                """select conflict_id, objek, status, state, deadline_on::text as deadline_on, last_figure from ops.conflict
                   where conflict_id = any(%s) order by conflict_id""",
                [list(numbers)],
            ).fetchall()
    return told
