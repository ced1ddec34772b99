"""What a release did to the conflicts between agencies, in ledger and journal: numbers, deadlines and held figures outlive the database."""

from __future__ import annotations

from datetime import date, datetime

from psycopg import Connection

from satudata.findings.acts import set_down
from warehouse.conflicts import rows_left, settle

BY = "satudata"


def settle_conflicts(conn: Connection, release_id: int, day: date, at: datetime) -> None:
    """Open, reopen and close conflicts as this release found them; within the publishing transaction."""
    settled = settle(conn, release_id, day, at)
    if settled.touched:
        subject = {
            "release_id": release_id,
            "day": str(day),
            **{name: list(getattr(settled, name)) for name in ("opened", "reopened", "closed")},
        }
        set_down(conn, "conflict.settle", BY, subject, None, at, wrote=rows_left(conn, settled.touched))
