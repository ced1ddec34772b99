"""The ledger of releases: what was published from which input, and what it changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from psycopg import Connection

from warehouse.publish_diff import TableChange


@dataclass(frozen=True)
class ReleaseInput:
    """All that decides what a release says."""

    cut_no: int
    run_date: date
    pins: Mapping[str, int]
    """By publisher, named as `pin_name` does: the last accept number seen."""
    pins_digest: str
    references_digest: str
    others_digest: str
    """Of all but the pins."""
    inputs_digest: str


@dataclass(frozen=True)
class Release:
    """A release as the ledger knows it."""

    release_id: int
    cut_no: int
    inputs_digest: str | None
    published_at: datetime
    pins: Mapping[str, int] = field(default_factory=dict)

    def seen(self, dataset: str, penerbit: str) -> int:
        """Up to which accept number this release saw a publisher."""
        return min(self.cut_no, self.pins.get(pin_name(dataset, penerbit), self.cut_no))


def pin_name(dataset: str, penerbit: str) -> str:
    """How a publisher is named in `ops.release.pins`."""
    return f"{dataset}|{penerbit}"


def newest(conn: Connection) -> Release | None:
    """The release readers see now; None before the first."""
    row = conn.execute(
        "select release_id, cut_no, inputs_digest, published_at, pins from ops.release where state = 'published' order by release_id desc limit 1"
    ).fetchone()
    return Release(*row) if row else None


def last_release(conn: Connection) -> dict[str, Any] | None:
    """The release readers see now, for `status`: {release_id, cut_no, published_at, marts: [{name, rows, added, changed, removed}]}; None before the first."""
    release = newest(conn)
    if release is None:
        return None
    rows = conn.execute(
        "select table_name, rows, added, changed, removed from ops.release_change where release_id = %s order by table_name",
        [release.release_id],
    ).fetchall()
    marts = [dict(zip(("name", "rows", "added", "changed", "removed"), row, strict=True)) for row in rows]
    return {"release_id": release.release_id, "cut_no": release.cut_no, "published_at": release.published_at.isoformat(), "marts": marts}


def add_release(conn: Connection, given: ReleaseInput, changes: Iterable[TableChange], at: datetime) -> int:
    """Write a release and what it changed, within the publishing transaction; returns its number.

    Numbers follow each other without gaps whatever was killed in between: only one transform runs at a time.
    """
    row = conn.execute(
        """insert into ops.release (release_id, cut_no, run_date, published_at, state, pins, pins_digest, references_digest, inputs_digest)
           overriding system value select coalesce(max(release_id), 0) + 1, %s, %s, %s, 'published', %s, %s, %s, %s from ops.release returning release_id""",
        [given.cut_no, given.run_date, at, json.dumps(dict(given.pins)), given.pins_digest, given.references_digest, given.inputs_digest],
    ).fetchone()
    release_id = int(row[0]) if row else 0
    with conn.cursor() as cursor:
        cursor.executemany(
            """insert into ops.release_change (release_id, table_name, added, changed, removed, rows)
               values (%(id)s, %(name)s, %(added)s, %(changed)s, %(removed)s, %(rows)s)""",
            [{"id": release_id, **asdict(change)} for change in changes],
        )
    return release_id
