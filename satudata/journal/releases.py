"""The records of a release and of what a transform finds out on its way: what was published from which input, test results, what is kept back.

Its tables are not among them: they are made again from its cut, its pins and the registry of that day. What is found out anew by every
transform is written only where it says something else than the last time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from psycopg import Connection

from contracts import clock
from extractors.archive import Archive
from satudata.journal.batches import packed
from satudata.journal.figures import keep_figures
from satudata.journal.texts import keep_registry
from satudata.journal.versions import keep_versions
from warehouse.journal import Entry, journaling, last_digest, rows_of, write

PRIVACY_RULE = "tanpa_data_pribadi"
"""Of the last look at what would be published."""
RELEASE_CHECK = "rilis_sama_dengan_calon"
"""Of the nightly comparison of what is published with what should be."""
RELEASE, KEPT_BACK, TESTS, ACROSS, AGREED, STOPPED = "release", "kept_back", "tests", "lintas", "kesepakatan", "berhenti"
KEYS = "key_id, dimension, natural_key"
WAITING = "t.first_seen > coalesce((select max(published_at) from ops.release where release_id < %(release)s and kind = 'transform'), '-infinity')"
"""Texts that wait for a code since this release: later ones say no more of them."""
OWN_PINS = "t.kind <> 'batch'"
"""Pins that no batch and no reviewer has set: what another transform, or a person, has decided about a whole dataset."""


def write_release(conn: Connection, archive: Archive, release_id: int) -> None:
    """Write the record of a release, as the last step of the transaction that publishes it.

    `fresh`: no row was left as an earlier release said it, so its tables follow from its input alone.
    """
    mine = {"release": release_id}
    (since,) = conn.execute("select coalesce(max(digest::bigint), 0) from ops.journal where kind = %s", [RELEASE]).fetchone() or (0,)
    (last,) = conn.execute("select coalesce(max(key_id), 0) from ops.key").fetchone() or (0,)
    history, versions = keep_figures(conn, archive), keep_versions(conn, archive, release_id)
    with journaling():
        content = {
            "history": history,
            "versions": versions,
            "release": rows_of(conn, "ops.release", "t.release_id = %(release)s", mine)[0],
            "changes": rows_of(conn, "ops.release_change", "t.release_id = %(release)s", mine),
            "fresh": conn.execute("select not exists (select from ops.rolled_back_row)").fetchone() == (True,),
            "tests": _tests(conn, "t.release_id = %(release)s", mine),
            "hidden": rows_of(conn, "ops.disensor", "t.sejak_rilis = %(release)s", mine),
            "waiting": rows_of(conn, "ops.unmapped_code", WAITING, mine),
            "datasets": dict(conn.execute("select dataset, dataset_id from ops.dataset").fetchall()),
            "texts": keep_registry(archive),
            "keys": archive.put(packed(conn, f"select {KEYS} from ops.key where key_id > {since} order by key_id"), 1 << 62).sha256
            if last > since else None,
        }  # fmt: skip
    write(conn, archive.put_json, Entry(RELEASE, clock.now(), content, digest=str(last)))


def _tests(conn: Connection, where: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Test results without their numbers, which say nothing."""
    found = rows_of(
        conn, "ops.check_result", f"(t.source = 'dbt' or t.rule_id in ('{PRIVACY_RULE}', '{RELEASE_CHECK}')) and {where}", values
    )
    return [{name: value for name, value in row.items() if name != "check_result_id"} for row in found]


def write_tests(conn: Connection, archive: Archive, at: datetime) -> None:
    """Write what the tests of a transform found that came to no release; within the transaction that sets it down."""
    write(conn, archive.put_json, Entry(TESTS, at, {"tests": _tests(conn, "t.release_id is null and t.judged_at = %(at)s", {"at": at})}))


def write_release_check(conn: Connection, archive: Archive, at: datetime) -> None:
    """Write what the nightly comparison found; within the transaction that sets it down."""
    found = _tests(conn, f"t.rule_id = '{RELEASE_CHECK}' and t.judged_at = %(at)s", {"at": at})
    write(conn, archive.put_json, Entry(TESTS, at, {"tests": found}))


def write_kept_back(conn: Connection, archive: Archive) -> bool:
    """Write what is kept back, and why, where that is not what the last such record says; whether it was written.

    Whatever killed a transform before this, the next one writes it. `conn` is in autocommit.
    """
    with conn.transaction():
        return _write_anew(
            conn, archive, KEPT_BACK, {"pins": rows_of(conn, "ops.pin", OWN_PINS), "gaps": rows_of(conn, "ops.metadata_gap")}
        )


def write_agreed(conn: Connection, archive: Archive) -> bool:
    """Write what was agreed about figures of several agencies in the same way; within the transaction that took it from the registry."""
    return _write_anew(conn, archive, AGREED, {"rules": rows_of(conn, "ops.reconciliation")})


def _write_anew(conn: Connection, archive: Archive, kind: str, content: Mapping[str, Any]) -> bool:
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    last = last_digest(conn, kind)
    if digest == last or last is None and not any(content.values()):
        return False
    write(conn, archive.put_json, Entry(kind, clock.now(), content, digest=digest))
    return True
