"""Releases once more: those that readers no longer see as they were recorded, the one they see built anew from its cut, pins and registry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from psycopg import Connection

from contracts import clock
from contracts.errors import RebuiltOtherwise, ReleaseTestsFailed
from contracts.registry import load_registry
from satudata.conform.build import build
from satudata.conform.check_results import failed_names
from satudata.conform.data_items import write_data_items
from satudata.conform.lock import transform_lock
from satudata.conform.prepare import prepare
from satudata.conform.tables import published_tables
from satudata.journal.batches import unpack
from satudata.journal.releases import KEYS
from satudata.rebuild.fetched import introduce_the_rest
from satudata.rebuild.figures import bring_figures
from satudata.rebuild.ground import Ground
from satudata.rebuild.past import Record, Released
from satudata.rebuild.versions import bring_versions, note_kept
from satudata.releases.rollback import go_back
from warehouse.acts import Act, add_act
from warehouse.captured_keys import forget
from warehouse.catalogue import apply_access
from warehouse.connect import connect
from warehouse.data_tables import named
from warehouse.journal import put_rows
from warehouse.publish import publish
from warehouse.releases import ReleaseInput, by_number
from warehouse.rollback import let_go
from warehouse.take_away import empty_version, hold_withdrawn, take_away
from warehouse.withdrawn import Withdrawal, rebuilt


def release(ground: Ground, record: Record) -> None:
    """A release. Raises: `TransformError`, `ArchiveDamaged`."""
    row = record.content["release"]
    if record.number in ground.to_build:
        _built(ground, record)
        return
    with connect("transformer", autocommit=True) as conn, conn.transaction():
        _known_before(ground, conn, record)
        put_rows(conn, "ops.release", [row])
        _only_recorded(conn, [row["release_id"]])
        rebuilt(conn, row["release_id"])
        _found(conn, record, row["release_id"])
        bring_figures(ground, conn, record)
        ground.did(record, conn)


def _built(ground: Ground, record: Record) -> None:
    row = record.content["release"]
    ground.said(f"rilis {row['release_id']}: membangun tabel terbit")
    ground.sources.become(record.content["texts"])

    def write(number: int, conn: Connection) -> None:
        conn.execute("delete from ops.release_change where release_id = %s", [number])
        _found(conn, record, number)
        bring_figures(ground, conn, record)
        note_kept(conn, record)
        ground.did(record, conn)
        if number != row["release_id"]:
            ground.problems.append(RebuiltOtherwise(record.subject, record.path, f"rilis {number}, dahulu {row['release_id']}"))

    with connect("transformer", autocommit=True) as conn, transform_lock(conn), clock.back_at(datetime.fromisoformat(row["published_at"])):
        with conn.transaction():
            _known_before(ground, conn, record)
        given = _given(row)
        registry = load_registry()
        introduce_the_rest(ground.conn, registry, ground.past.datasets)  # an agency is known by them too
        apply_access(ground.conn, registry.datasets.values())
        write_data_items(conn, registry)
        prepare(conn, ground.conn, given)
        done = build()
        if done.failed_tests:
            raise ReleaseTestsFailed(failed_names(done.failed_tests), ())
        tables = published_tables(done.manifest)
        with conn.transaction():
            bring_versions(ground, conn, record, {*(table.name for table in tables), *named(conn)})
        publish(conn, tables, given, lambda number: write(number, conn))


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


def _known_before(ground: Ground, conn: Connection, record: Record) -> None:
    """What a release found out before its tables were made: keys, figures to hide, and since when a text waits for a code."""
    _keys(ground, conn, record)
    put_rows(conn, "ops.disensor", record.content.get("hidden", []))
    put_rows(conn, "ops.unmapped_code", record.content.get("waiting", []))


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


def rolled_back(ground: Ground, record: Record) -> None:
    """A release that was gone back to: its figures too, where they were made anew."""
    said, by_release = record.content["subject"], record.content["rows"]
    with _releasing(ground, record) as conn:
        if record.number in ground.to_build and (old := by_number(conn, said["ke"])):
            seen = {(one["dataset"], one["penerbit"]): one["sampai"] for one in said["pin"]}
            go_back(conn, old, seen, record.content["reason"], record.at, record.number)
        for table in ("ops.release", "ops.release_change"):
            put_rows(conn, table, by_release[table])
        if record.number not in ground.to_build:
            _only_recorded(conn, [row["release_id"] for row in by_release["ops.release"]])
        bring_figures(ground, conn, record)


def withdrawn(ground: Ground, record: Record) -> None:
    """Figures that were taken away for good; of what is published later they stay away because the withdrawal stands."""
    with _releasing(ground, record) as conn:
        for table, kept in record.content["rows"].items():
            put_rows(conn, table, kept)
        kept = record.content["rows"].get("ops.withdrawal", [])
        if record.number not in ground.to_build:
            _only_recorded(conn, [row["release_id"] for row in record.content["rows"]["ops.release"]])
        if "dataset" in record.content["subject"]:
            hold_withdrawn(conn, record.at)
        if "versi" in record.content["subject"] and record.number in ground.to_build:
            empty_version(conn, record.content["subject"]["versi"], record.at)
        if kept and record.number in ground.to_build:
            take_away(conn, [_withdrawal(conn, one) for one in kept], kept[0]["release_id"], record.at)
            forget(conn)
        bring_figures(ground, conn, record)


def resumed(ground: Ground, record: Record) -> None:
    """Figures that were kept at an earlier release and go on."""
    with _releasing(ground, record) as conn:
        let_go(conn, record.content["subject"]["dataset"])
        forget(conn)


@contextmanager
def _releasing(ground: Ground, record: Record) -> Iterator[Connection]:
    """The transaction of an act on releases, as `satudata.releases.acting.releasing` opens it; with it the record is done."""
    said = record.content
    with connect("transformer", autocommit=True) as conn, transform_lock(conn), conn.transaction():
        conn.execute("set constraints all deferred")
        add_act(conn, record.number, Act(record.at, said["by"], record.kind, said["subject"], said["reason"]))
        yield conn
        ground.did(record, conn)


def _withdrawal(conn: Connection, row: Mapping[str, Any]) -> Withdrawal:
    found = conn.execute("select dataset_id from ops.dataset where dataset = %s", [row["dataset"]]).fetchone()
    return Withdrawal(found[0] if found else None, row["table_name"], row["match"] or {})


def _only_recorded(conn: Connection, releases: Sequence[int]) -> None:
    """Say that what releases did row by row is not known."""
    conn.execute("update ops.release set rows_cleared = true where release_id = any(%s)", [releases])


def clear_rows(conn: Connection, first: Sequence[Released]) -> None:
    """Let nobody go back behind the first release that was made anew, where what the one before it did row by row is not known.

    After a restore it is known: the backup has it.
    """
    for one in first:
        conn.execute(
            """update ops.release set rows_cleared = true where release_id <= %(first)s
               and exists (select from ops.release where release_id = %(first)s - 1 and rows_cleared)""",
            {"first": one.release_id},
        )
