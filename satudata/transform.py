"""*Penyebarluasan*: conform everything accepted, test it, and publish it as one release.

Skipped without starting dbt while nothing it depends on has changed. Datasets whose rows fail a test are kept back and the rest is
released; a failure that names no dataset leaves the old release. Killed at any moment and run again it comes to the same end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from psycopg import Connection

from contracts import clock
from contracts.dataset import Dataset
from contracts.errors import PersonalDataFound, ReleaseTestsFailed
from contracts.hand_over import metadata_gaps
from contracts.registry import load_registry
from satudata.conform.across import judge_across
from satudata.conform.blame import blamed, keep_back, let_try_again
from satudata.conform.build import Build, build
from satudata.conform.check_results import failed_names, write_results
from satudata.conform.conflicts import settle_conflicts
from satudata.conform.data_items import write_data_items
from satudata.conform.failing import Failing
from satudata.conform.inputs import release_input, tested_with
from satudata.conform.lock import transform_lock
from satudata.conform.personal import without_personal
from satudata.conform.prepare import prepare, see
from satudata.conform.tables import published_tables
from satudata.findings.stopped import follow_registry
from satudata.journal.releases import write_agreed, write_kept_back, write_release, write_tests
from satudata.review.across_list import across_list
from satudata.session import archive, warehouse
from warehouse.candidate import is_gradual, stands
from warehouse.catalogue import apply_access
from warehouse.conflict_rules import write_rules
from warehouse.connect import connect
from warehouse.metadata_gaps import keep_back_without_metadata
from warehouse.publish import publish
from warehouse.publish_diff import TableChange
from warehouse.releases import Release, ReleaseInput, newest
from warehouse.take_away import hold_withdrawn


def transform(run_date: date) -> dict[str, Any]:
    """Make a release from what is accepted now, judged as of `run_date`.

    Returns {skipped, release_id, changes: {table: {added, changed, removed, rows}}, kept_back: [dataset], across: what contradicts other
    data}; `release_id` is that of the release readers see. Raises `TransformError` (the old release stands), `BrokenContract` for a broken
    retired.yml, and `WarehouseUnreachable`.
    """
    with warehouse() as loader, connect("transformer", autocommit=True) as conn, transform_lock(conn), _kept_back_journaled(conn):
        registry = load_registry()
        datasets = registry.datasets
        apply_access(loader, datasets.values())
        follow_registry(loader, registry, run_date)
        _agreed(conn, datasets.values())
        write_data_items(conn, registry)
        keep_back_without_metadata(conn, {name: metadata_gaps(one) for name, one in datasets.items()}, newest(conn), clock.now())
        hold_withdrawn(conn, clock.now())
        let_try_again(conn, tested_with(conn))
        judge_across(loader, datasets.values(), run_date)
        given, last = release_input(conn, run_date, registry.ended), newest(conn)
        if last and last.inputs_digest == given.inputs_digest:
            return {"skipped": True, "release_id": last.release_id, "changes": {}, "kept_back": [], "across": across_list(loader)}
        prepare(conn, loader, given)
        return _release(conn, given, last) | {"across": across_list(loader)}


def _agreed(conn: Connection, datasets: Iterable[Dataset]) -> None:
    """Take what was agreed about figures that differ from the registry, for this transform and for a rebuild."""
    with conn.transaction():
        write_rules(conn, datasets)
        write_agreed(conn, archive())


@contextmanager
def _kept_back_journaled(conn: Connection) -> Iterator[None]:
    """Whatever comes of a transform, the archive's journal says what is kept back after it."""
    try:
        yield
    finally:
        if not conn.broken:
            write_kept_back(conn, archive())


def _release(conn: Connection, given: ReleaseInput, last: Release | None) -> dict[str, Any]:
    at, done = clock.now(), _built(conn)
    kept_back: list[str] = []
    while done.failed_tests:  # a test further on is skipped while one before it fails; every round keeps back more, so there is a last one
        given, blamed_now = _without_the_blamed(conn, done, given, last, at, kept_back)
        kept_back = sorted({*kept_back, *blamed_now})
        done = _built(conn)
    try:
        release_id, changes = _published(conn, done, given, at)
    except PersonalDataFound as found:
        given, left_out = without_personal(conn, found, given, last, at)
        kept_back = sorted({*kept_back, *left_out})
        release_id, changes = _published(conn, _passed(conn, kept_back, at), given, at)
    counts = {
        change.name: {"added": change.added, "changed": change.changed, "removed": change.removed, "rows": change.rows}
        for change in changes
    }
    return {"skipped": False, "release_id": release_id, "changes": counts, "kept_back": kept_back}


def _published(conn: Connection, done: Build, given: ReleaseInput, at: datetime) -> tuple[int, list[TableChange]]:
    """The release that was made of a build, and what it changed."""

    # In one transaction: killed in between, the warnings of a release would never be written, as the next transform has nothing to do.
    def record(release_id: int) -> None:
        write_results(conn, done, release_id, at)
        settle_conflicts(conn, release_id, given.run_date, at)
        write_release(conn, archive(), release_id)

    return publish(conn, published_tables(done.manifest), given, record)


def _passed(conn: Connection, kept_back: Sequence[str], at: datetime) -> Build:
    """What is built without the datasets that were kept back; a test that fails all the same leaves the old release."""
    done = _built(conn)
    if done.failed_tests:
        _set_down(conn, done, at)
        raise ReleaseTestsFailed(failed_names(done.failed_tests), tuple(kept_back))
    return done


def _built(conn: Connection) -> Build:
    """Build what has changed, or everything; the candidate stands once every model was made."""
    done = build(anew=not is_gradual(conn))
    if not done.failed_tests:
        stands(conn)
    return done


def _set_down(conn: Connection, done: Build, at: datetime, why: Mapping[str, Mapping[str, Failing]] | None = None) -> None:
    """Keep what the tests found of a build that was not released."""
    with conn.transaction():
        write_results(conn, done, None, at, why)
        write_tests(conn, archive(), at)


def _without_the_blamed(
    conn: Connection, done: Build, given: ReleaseInput, last: Release | None, at: datetime, kept_back: Sequence[str]
) -> tuple[ReleaseInput, list[str]]:
    """Keep back the datasets that fail, if their rows say which they are and any is seen as it was before; else the old release stays."""
    why = blamed(conn, done)
    _set_down(conn, done, at, why)
    less = keep_back(conn, given, last, why, tested_with(conn)) if why else given
    if not why or less.pins == given.pins:
        raise ReleaseTestsFailed(failed_names(done.failed_tests), tuple(sorted({*kept_back, *(why or ())})))
    see(conn, less)
    return less, sorted(why)
