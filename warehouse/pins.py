"""Pins: up to which accept number a publisher is seen by conform, and how a held batch gives way to a newer one.

A held batch is merged like any other and hidden behind a pin, so yesterday's figures stay online and nothing waits in a staging
table. When a newer batch passes that speaks of all the held one spoke of, the held one is taken back and the pin falls.
"""

from __future__ import annotations

from datetime import datetime

from psycopg import Connection

from warehouse.staged_batch import Batch, key_match, table_of


def hold(conn: Connection, batch: Batch, batch_id: int, accept_no: int, reason: str, since: datetime) -> None:
    """Keep what is seen of a publisher at what was seen before `accept_no`; an earlier pin stays where it is."""
    conn.execute(
        "insert into ops.pin (dataset, penerbit, up_to_no, reason, batch_id, since) values (%s, %s, %s, %s, %s, %s) on conflict do nothing",
        [batch.dataset.id, batch.penerbit, accept_no - 1, reason, batch_id, since],
    )


def supersede(conn: Connection, batch: Batch) -> int:
    """Before an accepted batch is merged: take back the held batches it covers and lift their pin; return how many."""
    scope = [batch.dataset.id, batch.penerbit]
    held = conn.execute(
        "select batch_id, accept_no, periods::text from ops.batch where dataset = %s and penerbit = %s and state = 'held' order by accept_no desc",
        scope,
    ).fetchall()
    if not all(_covers(conn, batch, periods) for _, _, periods in held):
        return 0
    for batch_id, accept_no, _ in held:
        take_back(conn, batch, int(accept_no))
        conn.execute("update ops.batch set state = 'superseded' where batch_id = %s", [batch_id])
    conn.execute("delete from ops.pin where dataset = %s and penerbit = %s", scope)
    return len(held)


def _covers(conn: Connection, batch: Batch, periods: str) -> bool:
    """Does the staged batch speak of all that these periods are about?"""
    if batch.dataset.contract.write != "replace_period":
        return batch.dataset.contract.write == "snapshot"
    row = conn.execute(
        f"""select coalesce(range_agg(daterange(m, a, '[]')), '{{}}') @> %s::datemultirange
            from (select distinct _periode_mulai m, _periode_akhir a from {batch.staged} where _periode_mulai is not null) p""",
        [periods],
    ).fetchone()
    return bool(row and row[0])


def take_back(conn: Connection, batch: Batch, accept_no: int) -> None:
    """Undo what one accept number did to the raw table: its rows are never seen, what they ended lives on until the next version."""
    table, scope = table_of(batch), "{0}._dataset_id = %(dataset)s and {0}._penerbit = %(penerbit)s"
    values = {"dataset": batch.dataset_id, "penerbit": batch.penerbit, "no": accept_no}
    conn.execute(
        f"""update {table} p set _to_batch = (
              select min(r._from_batch) from {table} r
              where {scope.format("r")} and r._from_batch > %(no)s and {key_match(batch, left="r", right="p", right_is_raw=True)})
            where {scope.format("p")} and p._to_batch = %(no)s and p._from_batch < %(no)s""",
        values,
    )
    conn.execute(f"update {table} p set _to_batch = _from_batch where {scope.format('p')} and p._from_batch = %(no)s", values)
