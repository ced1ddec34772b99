"""The ledger of rows: what each release changed, row by row, and the taking of contents out of it that nobody may read any more.

The first rows of a table are not kept one by one: that they all came is said once, and each can be told from what happened to it later.
"""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import Connection

from warehouse.names import literal
from warehouse.published import PublishedTable


def keep(conn: Connection, table: PublishedTable, release_id: int, forgotten: str = "false") -> None:
    """Write `rincian` to the ledger, within the publishing transaction.

    `forgotten`: SQL, true of a row `r` whose past must not be read any more, here and in the records of earlier releases.
    """
    name = table.published_as
    conn.execute(
        f"""insert into ops.release_row (release_id, table_name, change, key, before, after, dataset_id, withdrawn)
            select %s, %s, change, key, case when not ({forgotten}) then before end, after, dataset_id, change <> 'added' and ({forgotten}) from rincian r""",
        [release_id, name],
    )
    if forgotten != "false":
        conn.execute(
            f"""update ops.release_row o set before = null, after = null, withdrawn = true from rincian r
                where o.table_name = %s and o.key = r.key and r.change <> 'added' and o.release_id < %s and ({forgotten})""",
            [name, release_id],
        )


def take_out(conn: Connection, where: str) -> int:
    """Empty the contents of records; `where` is SQL on `ops.release_row o`. How many."""
    return conn.execute(
        f"update ops.release_row o set before = null, after = null, withdrawn = true where not o.withdrawn and ({where})"
    ).rowcount


def take_out_columns(conn: Connection, tables: Sequence[str], closed: Sequence[str]) -> int:
    """Take columns that hold personal data now out of every record of these tables. How many held one."""
    names = f"array[{', '.join(map(literal, closed))}]::text[]"
    return conn.execute(
        f"""update ops.release_row set before = before - {names}, after = after - {names}, key = key - {names}
            where table_name = any(%s) and (before ?| {names} or after ?| {names} or key ?| {names})""",
        [list(tables)],
    ).rowcount


def clear_old(conn: Connection, kept_releases: int, *, look_only: bool = False) -> int:
    """Drop the rows of all but the newest releases, one release per transaction; how many. `conn` is in autocommit."""
    old = conn.execute(
        """select release_id from ops.release where not rows_cleared
           and release_id <= (select max(release_id) from ops.release) - %s order by 1""",
        [kept_releases],
    ).fetchall()
    gone = 0
    for (release_id,) in old:
        if look_only:
            row = conn.execute("select count(*) from ops.release_row where release_id = %s", [release_id]).fetchone()
            gone += int(row[0]) if row else 0
            continue
        with conn.transaction():
            conn.execute("update ops.release set rows_cleared = true where release_id = %s", [release_id])
            gone += conn.execute("delete from ops.release_row where release_id = %s", [release_id]).rowcount
    return gone
