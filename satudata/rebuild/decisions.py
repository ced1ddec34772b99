"""What people decided, done once more: by the functions that carried it out, or by bringing back the rows it left in the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from datetime import date
from typing import Any

from psycopg import Connection

from expectations.lintas.across import Across
from expectations.verdict import CheckResult
from satudata.conform import across
from satudata.rebuild.ground import Ground
from satudata.rebuild.past import Record
from satudata.review import approve, return_batch
from satudata.review.begin import Case
from satudata.review.settle_accepted import settle_accepted
from warehouse import issue_states, quarantine
from warehouse.journal import put_rows
from warehouse.kept_batch import kept_batch
from warehouse.reviews import Review, reviews_of
from warehouse.stopped import Stop, go_on, stop


def rows(ground: Ground, record: Record) -> None:
    """An act that is all in the rows it wrote."""
    with ground.conn.transaction():
        ground.acted(record)  # first: its rows may name it
        for table, kept in record.content["rows"].items():
            put_rows(ground.conn, table, kept)


def noted(ground: Ground, record: Record) -> None:
    """What was written down by no person: a score, a letter that was sent."""
    with ground.conn.transaction():
        for table, kept in record.content["rows"].items():
            put_rows(ground.conn, table, kept)
        ground.did(record)


def review(ground: Ground, record: Record) -> None:
    """A batch approved or returned. Raises: `NotRebuilt`, `ArchiveDamaged`."""
    said, conn = record.content["subject"], ground.conn
    decision = record.kind.partition(".")[2]
    made = Review(
        said["batch_id"], said["step"], decision, record.content["by"], record.at, record.content["reason"], tuple(said["accepted_rules"])
    )
    kept, was_failed = kept_batch(conn, said["batch_id"]), decision == "approve" and said["state"] == "failed"
    if kept is None or (kept.state != said["state"] and not was_failed):
        raise ground.failed(record, f"batch {said['batch_id']} {'tidak ada' if kept is None else 'sudah ' + kept.state}")
    with ExitStack() as stack:
        case = Case(conn, kept, ground.dataset(record), reviews_of(conn, kept.batch_id), stack, lambda *_: ground.acted(record))
        if was_failed:  # its verdict is a record of its own, done just before
            with case.decision(made):
                if kept.state == "accepted":
                    settle_accepted(case, made)
        else:
            (approve if decision == "approve" else return_batch).carry_out(case, made)


def issue(ground: Ground, record: Record) -> None:
    """A finding acknowledged or assigned, known by what it is about. Raises: `NotRebuilt`."""
    said, to = record.content["subject"], record.content["subject"].get("assigned_to")
    with ground.conn.transaction():
        found = ground.conn.execute(
            "select issue_id from ops.issue where dataset = %(dataset)s and penerbit = %(penerbit)s and rule_id = %(rule_id)s", said
        ).fetchone()
        state: issue_states.Taken = "ditugaskan" if to else "diakui"
        if not found or not issue_states.take_up(
            ground.conn, found[0], state, record.content["by"], record.at, to, record.content["reason"]
        ):
            raise ground.failed(record, "temuannya tidak ada atau sudah selesai")
        ground.acted(record)


def reject(ground: Ground, record: Record) -> None:
    """A row set aside that a person has rejected, known by its batch and place. Raises: `NotRebuilt`."""
    said = record.content["subject"]
    with ground.conn.transaction():
        found = ground.conn.execute(
            """select quarantined_row_id from ops.quarantined_row where batch_id = %(batch_id)s and lokasi = %(lokasi)s and state = 'open'
               order by 1 limit 1""",
            said,
        ).fetchone()
        if found is None:
            raise ground.failed(record, f"baris {said['lokasi']} dari batch {said['batch_id']} tidak sedang dikarantina")
        quarantine.reject(ground.conn, [found[0]], record.content["by"], record.content["reason"], record.at)
        ground.acted(record)


def judged_across(ground: Ground, record: Record) -> None:
    """What was judged over several datasets."""
    found = [
        Across(CheckResult(**one["result"]), {(dataset, penerbit): up_to for dataset, penerbit, up_to in one["holds"]})
        for one in record.content["found"]
    ]
    with ground.conn.transaction():
        across.set_down(ground.conn, found, record.at, {name: date.fromisoformat(day) for name, day in record.content["due"].items()})
        ground.did(record)


def kept_back(ground: Ground, record: Record) -> None:
    """What is kept back by other reasons than a batch that waits, and which metadata are missing."""
    with ground.conn.transaction():
        _replace(ground.conn, "ops.pin", record.content["pins"], "kind <> 'batch'")
        _replace(ground.conn, "ops.metadata_gap", record.content["gaps"], "true")
        ground.did(record)


def agreed(ground: Ground, record: Record) -> None:
    """What was agreed about figures on which agencies differ."""
    with ground.conn.transaction():
        _replace(ground.conn, "ops.reconciliation", record.content["rules"], "true")
        ground.did(record)


def stopped(ground: Ground, record: Record) -> None:
    """Datasets that were fetched no more from then on, or again."""
    ends, back = record.content["ends"], record.content["back"]
    with ground.conn.transaction():
        known = {row[0] for row in ground.conn.execute("select dataset from ops.dataset").fetchall()}
        put_rows(ground.conn, "ops.dataset", [row for row in record.content.get("unread", []) if row["dataset"] not in known])
        stop(ground.conn, {name: Stop(date.fromisoformat(since), why) for name, (since, why) in ends.items()}, record.at)
        go_on(ground.conn, {name: date.fromisoformat(day) for name, day in back.items()}, record.at)
        ground.did(record)


def _replace(conn: Connection, table: str, kept: list[Mapping[str, Any]], which: str) -> None:
    conn.execute(f"delete from {table} where {which}".encode())
    put_rows(conn, table, kept)
