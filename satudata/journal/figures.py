"""What a release did to the history of published figures, kept in the archive with its record: it cannot be computed again once the database is lost.

Kept before the commit and named by the record, so nothing that readers saw is missing there. A release of an older program, whose record names
nothing, is caught up with by the next.
"""

from __future__ import annotations

from typing import Any

from psycopg import Connection

from extractors.archive import Archive
from satudata.journal.batches import packed
from warehouse.figure_history import CELL, HISTORY, ROW
from warehouse.forgotten_figures import EMPTIED, GONE, note_gone
from warehouse.journal import journaling

FIGURES = ("fakta", *CELL, "rilis", "terbit_pada", "angka_ke", "perubahan", "nilai", "status_angka", "_dataset_id")


def keep_figures(conn: Connection, archive: Archive) -> dict[str, Any]:
    """Keep what the transaction wrote to the history and what it took out; what the record of its release says of it.

    After `warehouse.releases.add_release`. Returns {releases: whose figures they are, rows, gone, emptied: addresses, None for nothing}.
    Raises: `StorageRefused`.
    """
    news = conn.execute("update ops.release set history_kept = true where not history_kept returning release_id").fetchall()
    releases = sorted(number for (number,) in news)
    note_gone(conn)
    with journaling():
        rows = _kept(conn, archive, f"select {', '.join(FIGURES)} from {HISTORY} where rilis = any('{{{', '.join(map(str, releases))}}}')")
        lost = {
            name: _kept(conn, archive, f"select {', '.join(ROW)} from {noted}") for name, noted in (("gone", GONE), ("emptied", EMPTIED))
        }
        return {"releases": releases, "rows": rows} | lost


def _kept(conn: Connection, archive: Archive, query: str) -> str | None:
    if conn.execute(f"select exists ({query})").fetchone() == (False,):
        return None
    return archive.put(packed(conn, query), 1 << 62).sha256
