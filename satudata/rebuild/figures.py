"""The history of published figures, as the records of releases kept it: what each added, less what each took out because nobody may read it.

It is brought into the transaction of the release it belongs to. Where the list of what was taken out is lost, nothing that stood there before is
shown: better a history that begins later than one that tells a withdrawn figure.
"""

from __future__ import annotations

from collections.abc import Callable

from psycopg import Connection

from contracts.errors import ArchiveDamaged, HistoryLost
from satudata.journal.batches import unpack
from satudata.journal.figures import FIGURES
from satudata.rebuild.ground import Ground
from satudata.rebuild.past import Record
from warehouse.figure_history import HISTORY, ROW
from warehouse.forgotten_figures import empty_known, take_out_closed, take_out_known
from warehouse.hidden import hide_in_history

RETURNED = f"update {HISTORY} set perubahan = 'kembali' where rilis = any(%s) and perubahan = 'terbit' and angka_ke > 1"
"""An older program did not tell a cell that came back from a new one."""


def bring_figures(ground: Ground, conn: Connection, record: Record) -> None:
    """Make the history say what it said after a release, as far as its record tells; that of an older program tells nothing.

    In the transaction of the release, after its row; in place of what a release that is made anew has just written. What is lost is set down.
    """
    said = record.content.get("history")
    if said is None:
        return
    for named, how in ((said["gone"], take_out_known), (said.get("emptied"), empty_known)):
        _take_out(ground, conn, record, named, said["releases"], how)
    has_them = _bring(ground, conn, record, said["rows"], said["releases"])
    conn.execute("update ops.release set history_kept = %s where release_id = any(%s)", [has_them, said["releases"]])


def obey_rules(conn: Connection) -> None:
    """Take out of the history what nobody may read by now, whatever was kept of it."""
    with conn.transaction():
        take_out_closed(conn)
        hide_in_history(conn)


def _take_out(
    ground: Ground, conn: Connection, record: Record, gone: str | None, releases: list[int], how: Callable[[Connection, str], None]
) -> None:
    if gone is None:
        return
    conn.execute("drop table if exists pg_temp.lama")
    conn.execute(f"create temp table lama on commit drop as select {', '.join(ROW)} from {HISTORY} where false")
    try:
        unpack(conn, ground.archive, gone, "pg_temp.lama", ", ".join(ROW))
        how(conn, "pg_temp.lama")
    except ArchiveDamaged as error:
        conn.execute(f"delete from {HISTORY} where not rilis = any(%s)", [releases])
        ground.problems.append(
            HistoryLost(f"sebelum rilis {releases[-1]}", record.path, f"daftar angka yang ditarik, {error.sha256}, {error.reason}")
        )


def _bring(ground: Ground, conn: Connection, record: Record, rows: str | None, releases: list[int]) -> bool:
    """Whether all of it is there."""
    try:
        with conn.transaction():
            conn.execute(f"delete from {HISTORY} where rilis = any(%s)", [releases])
            if rows is not None:
                unpack(conn, ground.archive, rows, HISTORY, ", ".join(FIGURES))
                conn.execute(RETURNED, [releases])
    except ArchiveDamaged as error:
        ground.problems.append(HistoryLost(f"rilis {', '.join(map(str, releases))}", record.path, f"berkas {error.sha256} {error.reason}"))
        return False
    return True
