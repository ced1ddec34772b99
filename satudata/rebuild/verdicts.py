"""Batches accepted, held and failed once more: the bytes are parsed again, the verdict is the recorded one.

Rules are not asked again: what they found, and which rows they set aside, stands in the record. So a rebuild gives what was decided then, also
after a rule has become stricter, and takes no longer than parsing and merging do.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, replace
from datetime import date

from contracts.errors import ColumnTypeChanged
from satudata.journal.batches import unpack
from satudata.rebuild.ground import Ground, batch_row
from satudata.rebuild.past import Record
from satudata.staging_again import StagedAgain, accepting, collapsed, staged, staged_again
from warehouse.conclude import conclude, conclude_unread
from warehouse.kept_batch import kept_batch
from warehouse.ledger import BatchRow, Scope, forget_verdict
from warehouse.replays import Replayed, conclude_replay, keep_open_rows
from warehouse.staged_batch import Batch


def verdict(ground: Ground, record: Record) -> None:
    """A load, or the acceptance of a failed batch. Raises: `NotRebuilt`, `ArchiveDamaged`, whatever parsing raises."""
    said, row = record.content, batch_row(record.content["batch"])
    scope = Scope(record.dataset or "", record.penerbit or "", said["nilai"])
    dataset, fetches = accepting(ground.dataset(record), said["accepted_rules"]), ground.fetches(record)
    if said["staged"] is None:
        with suppress(ColumnTypeChanged):  # it may be just what the verdict is about
            ground.registered(dataset, record, row.judged_at)
        conclude_unread(ground.conn, scope, row, said["fetch_ids"], said["results"], lambda _: ground.did(record))
        return
    ground.registered(dataset, record, row.judged_at)
    with staged(ground.conn, dataset, scope, fetches) as found:
        rows = _judged(ground, record, found)
        with ground.conn.transaction():
            if kept_batch(ground.conn, row.batch_id):
                forget_verdict(ground.conn, row.batch_id)
            made = conclude(
                ground.conn, scope, _with_listed(ground, record, found), row, said["fetch_ids"], said["results"],
                closes=said["closes"], staged=rows, record=lambda _: ground.did(record),
            )  # fmt: skip
    ground.compare(record, {**said["batch"], "staged": said["staged"]}, {**asdict(made), "staged": rows}, (*COUNTED, "staged"))


COUNTED = ("accepted", "unchanged", "corrected", "closed", "rejected")


def _judged(ground: Ground, record: Record, found: StagedAgain) -> int:
    """Leave in the staging table what was judged; how many rows."""
    return found.report.staged - collapsed(ground.conn, found.batch.dataset, found.batch, date.fromisoformat(record.content["run_date"]))


def _with_aside(ground: Ground, record: Record, found: StagedAgain) -> Batch:
    """The batch with the rows that were set aside set aside again, known by their place. Raises: `NotRebuilt` where one is not found."""
    conn, bad = ground.conn, f"staging_load.q_{found.number}"
    conn.execute("create temp table aside (lokasi text, rule_ids text[], messages text[]) on commit drop")
    unpack(conn, ground.archive, record.content["aside"], "pg_temp.aside", "lokasi, rule_ids, messages")
    rows = conn.execute(
        f"""create unlogged table {bad} as
            select distinct on (b._no) b._no, a.rule_ids, a.messages from {found.batch.staged} b join pg_temp.aside a on a.lokasi = b._lokasi
            order by b._no"""
    ).rowcount
    if rows != conn.execute("select count(*) from pg_temp.aside").fetchone()[0]:  # type: ignore[index]
        raise ground.failed(record, "baris yang dikarantina tidak lagi terbaca di tempatnya")
    return replace(found.batch, bad=bad)


def _with_listed(ground: Ground, record: Record, found: StagedAgain) -> Batch:
    """The batch with the rows set aside, and with those that broke a rule without being so; records of old name none of these."""
    conn, batch = ground.conn, _with_aside(ground, record, found) if record.content["aside"] else found.batch
    if not record.content.get("listed"):
        return batch
    listed = f"staging_load.v_{found.number}"
    conn.execute("create temp table listed (lokasi text, rule_id text, message text) on commit drop")
    unpack(conn, ground.archive, record.content["listed"], "pg_temp.listed", "lokasi, rule_id, message")
    conn.execute(
        f"""create unlogged table {listed} as
            select distinct on (l.rule_id, b._no) b._no, l.rule_id, l.message from {batch.staged} b join pg_temp.listed l on l.lokasi = b._lokasi
            order by l.rule_id, b._no"""
    )
    return replace(batch, listed=listed)


def replayed(ground: Ground, record: Record) -> None:
    """Rows set aside that were judged again. Raises as `verdict`."""
    said, conn = record.content, ground.conn
    row, kept = batch_row(said["batch"]), kept_batch(conn, said["subject"]["replay_of"])
    if kept is None:
        raise ground.failed(record, "batch asalnya tidak ada")
    dataset = ground.dataset(record)
    ground.registered(dataset, record, row.judged_at)
    with staged_again(conn, dataset, kept) as found:
        if keep_open_rows(conn, found.batch, kept.batch_id):
            collapsed(conn, dataset, found.batch, date.fromisoformat(said["run_date"]))

        def did(done: Replayed, _: BatchRow) -> None:
            ground.acted(record)
            ground.compare(record, said["subject"], asdict(done), ("batch_id", "replayed", "superseded", "still_wrong", "not_found"))

        with conn.transaction():
            batch = _with_aside(ground, record, found) if said["aside"] else found.batch
            conclude_replay(conn, kept.scope, batch, row, said["fetch_ids"], said["results"], [], said["by"], did)
