"""Releases once more: those that readers no longer see as they were recorded, the one they see built anew from its cut, pins and registry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from psycopg import Connection

from contracts import clock
from contracts.errors import RebuiltOtherwise, ReleaseTestsFailed
from contracts.registry import load_registry
from satudata.conform.build import build
from satudata.conform.check_results import failed_names
from satudata.conform.lock import transform_lock
from satudata.conform.prepare import prepare
from satudata.conform.tables import published_tables
from satudata.journal.batches import unpack
from satudata.journal.releases import KEYS
from satudata.rebuild.ground import Ground
from satudata.rebuild.past import Record
from warehouse.catalogue import apply_access
from warehouse.connect import connect
from warehouse.journal import put_rows
from warehouse.publish import publish
from warehouse.releases import ReleaseInput


def release(ground: Ground, record: Record) -> None:
    """A release. Raises: `TransformError`, `ArchiveDamaged`."""
    row = record.content["release"]
    if row["release_id"] in ground.to_build:
        _built(ground, record)
        return
    with ground.conn.transaction():
        _keys(ground, ground.conn, record)
        put_rows(ground.conn, "ops.release", [row])
        _found(ground.conn, record, row["release_id"])
        ground.did(record)


def _built(ground: Ground, record: Record) -> None:
    row = record.content["release"]
    ground.said(f"rilis {row['release_id']}: membangun tabel terbit")
    ground.sources.become(record.content["texts"])

    def write(number: int, conn: Connection) -> None:
        conn.execute("delete from ops.release_change where release_id = %s", [number])
        _found(conn, record, number)
        ground.did(record, conn)
        if number != row["release_id"]:
            ground.problems.append(RebuiltOtherwise(record.subject, record.path, f"rilis {number}, dahulu {row['release_id']}"))

    with connect("transformer", autocommit=True) as conn, transform_lock(conn), clock.back_at(datetime.fromisoformat(row["published_at"])):
        with conn.transaction():
            _keys(ground, conn, record)
        given = _given(row)
        apply_access(ground.conn, load_registry().datasets.values())
        prepare(conn, ground.conn, given)
        done = build()
        if done.failed_tests:
            raise ReleaseTestsFailed(failed_names(done.failed_tests), ())
        publish(conn, published_tables(done.manifest), given, lambda number: write(number, conn))


def _given(row: Mapping[str, Any]) -> ReleaseInput:
    """The input of a release, as its row keeps it."""
    return ReleaseInput(
        row["cut_no"],
        date.fromisoformat(row["run_date"]),
        row["pins"],
        row["pins_digest"],
        row["references_digest"],
        "",
        row["inputs_digest"],
    )


def _keys(ground: Ground, conn: Connection, record: Record) -> None:
    """The keys that were given since the release before, under their numbers; those of a rebuild that was killed are there."""
    if record.content["keys"]:
        conn.execute("create temp table kept_key (like ops.key) on commit drop")
        unpack(conn, ground.archive, record.content["keys"], "pg_temp.kept_key", KEYS)
        conn.execute(f"insert into ops.key ({KEYS}) overriding system value select {KEYS} from pg_temp.kept_key on conflict do nothing")


def _found(conn: Connection, record: Record, release_id: int) -> None:
    """What the release changed, and what its tests found."""
    put_rows(conn, "ops.release_change", [{**change, "release_id": release_id} for change in record.content["changes"]])
    put_rows(conn, "ops.check_result", [{**found, "release_id": release_id} for found in record.content["tests"]])


def tests(ground: Ground, record: Record) -> None:
    """What the tests of a transform found that came to no release."""
    with ground.conn.transaction():
        put_rows(ground.conn, "ops.check_result", record.content["tests"])
        ground.did(record)
