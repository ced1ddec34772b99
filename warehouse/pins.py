"""Pins: up to which accept number a publisher is seen by conform, and how a held batch gives way to a newer one.

A held batch is merged like any other and hidden behind a pin, so yesterday's figures stay online and nothing waits in a staging
table. When a newer batch passes that speaks of all the held one spoke of, the held one is taken back and the pin falls. Each kind of
reason has its own pin; what is seen is the lowest of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from psycopg import Connection
from psycopg.rows import dict_row

from warehouse.staged_batch import Batch, key_match, table_of

Kind = Literal["batch", "test", "metadata", "lintas", "rollback", "withdrawn"]
"""Why a publisher is kept back: a person decides, a test of the model failed, metadata is missing, another dataset contradicts, a person went
back to an earlier release or withdrew the dataset."""


def pin(
    conn: Connection, dataset: str, penerbit: str, kind: Kind, up_to_no: int, reason: str, since: datetime, batch_id: int | None = None,
    rules: Sequence[str] = (),
) -> None:  # fmt: skip
    """Keep what is seen of a publisher at `up_to_no`. An earlier pin of this kind at a lower number stays as it is; pins of other kinds are untouched."""
    conn.execute(
        """insert into ops.pin (dataset, penerbit, kind, up_to_no, reason, since, batch_id, rules) values (%s, %s, %s, %s, %s, %s, %s, %s)
           on conflict (dataset, penerbit, kind) do update
           set up_to_no = excluded.up_to_no, reason = excluded.reason, since = excluded.since, batch_id = excluded.batch_id, rules = excluded.rules
           where excluded.up_to_no < ops.pin.up_to_no""",
        [dataset, penerbit, kind, up_to_no, reason, since, batch_id, list(rules)],
    )


def unpin(conn: Connection, dataset: str, penerbit: str, kind: Kind) -> bool:
    """Lift the pin of one kind; was there one?"""
    return bool(conn.execute("delete from ops.pin where dataset = %s and penerbit = %s and kind = %s", [dataset, penerbit, kind]).rowcount)


def seen_up_to(conn: Connection) -> dict[tuple[str, str], int]:
    """(dataset, publisher) -> the last accept number seen, of all that is kept back: the lowest of its pins."""
    rows = conn.execute("select dataset, penerbit, min(up_to_no) from ops.pin group by dataset, penerbit").fetchall()
    return {(dataset, penerbit): int(up_to) for dataset, penerbit, up_to in rows}


def held_across(conn: Connection) -> list[dict[str, Any]]:
    """What contradicts other data and is kept back for that, the oldest first: dataset, penerbit, rules, reason, since."""
    with conn.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(
            "select dataset, penerbit, rules, reason, since from ops.pin where kind = 'lintas' order by since, dataset, penerbit"
        ).fetchall()


def hold(conn: Connection, batch: Batch, batch_id: int, accept_no: int, reason: str, since: datetime) -> None:
    """Keep what is seen of a publisher at what was seen before `accept_no`, until a person has decided about the batch."""
    pin(conn, batch.dataset.id, batch.penerbit, "batch", accept_no - 1, reason, since, batch_id)


def supersede(conn: Connection, batch: Batch) -> int:
    """Before an accepted batch is merged: take back the held batches it covers and move the pin to what is still held; return how many."""
    held = conn.execute(
        """select batch_id, accept_no, periods::text, fetched_at from ops.batch where dataset = %s and penerbit = %s and state = 'held'
           order by accept_no desc""",
        [batch.dataset.id, batch.penerbit],
    ).fetchall()
    covered = [row for row in held if row[3] <= batch.fetched_at and _covers(conn, batch, row[2])]
    for batch_id, accept_no, *_ in covered:
        take_back(conn, batch, int(accept_no))
        conn.execute("update ops.batch set state = 'superseded' where batch_id = %s", [batch_id])
    pin_to_the_held(conn, batch.dataset.id, batch.penerbit)
    return len(covered)


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
              where {scope.format("r")} and r._from_batch > %(no)s and r._to_batch is distinct from r._from_batch
              and {key_match(batch, left="r", right="p", right_is_raw=True)})
            where {scope.format("p")} and p._to_batch = %(no)s and p._from_batch < %(no)s""",
        values,
    )
    conn.execute(f"update {table} p set _to_batch = _from_batch where {scope.format('p')} and p._from_batch = %(no)s", values)


def pin_to_the_held(conn: Connection, dataset: str, penerbit: str) -> int | None:
    """Move the pin of a publisher's held batches to where it must be now: before the oldest that is still held, whose number comes back."""
    unpin(conn, dataset, penerbit, "batch")
    row = conn.execute(
        """select accept_no, coalesce(message, state), judged_at, batch_id from ops.batch
           where dataset = %s and penerbit = %s and state = 'held' order by accept_no limit 1""",
        [dataset, penerbit],
    ).fetchone()
    if row is None:
        return None
    pin(conn, dataset, penerbit, "batch", row[0] - 1, *row[1:])
    return int(row[3])
