"""What the ledger tells of this machine's clock: a fetch that was recorded at a moment still to come was recorded by a clock that is not this one's time."""

from __future__ import annotations

from datetime import timedelta

from psycopg import Connection

from contracts import clock
from satudata.local_time import local

TOLERATED = timedelta(minutes=5)
"""By what the clocks of several machines may differ before it is told."""


def clock_notes(conn: Connection) -> list[str]:
    """A sentence where a fetch was recorded at a moment still to come; none where the clock is in order."""
    now = clock.now()
    row = conn.execute(
        "select dataset, ended_at from ops.fetch where ended_at > %s order by ended_at desc limit 1", [now + TOLERATED]
    ).fetchone()
    if row is None:
        return []
    return [
        f"Pengambilan {row[0]} tercatat pada {local(row[1])}, padahal sekarang baru {local(now)}: jam mesin ini pernah terlalu maju, atau kini tertinggal."
        " Kiriman sesudahnya tetap diterima dan terbit menurut urutan pengambilannya, tetapi waktu ambilnya tertulis keliru."
        " Periksa jam mesin ini (`timedatectl status`) dan samakan dengan NTP."
    ]
