"""The ledger of releases: what was published from which input, and what it changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Literal

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
    ground_digest: str = ""
    """Of all but rows and what makes them visible: while it stays the same, the candidate can follow what changed."""


@dataclass(frozen=True)
class Origin:
    """Who made a release: the transform, or a person's act."""

    kind: Literal["transform", "rollback", "withdrawal"] = "transform"
    to_release_id: int | None = None
    act_id: int | None = None


TRANSFORM = Origin()


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


def by_number(conn: Connection, release_id: int) -> Release | None:
    """The release of this number, whatever became of it later; None where there is none."""
    row = conn.execute(
        "select release_id, cut_no, inputs_digest, published_at, pins from ops.release where release_id = %s", [release_id]
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


def next_number(conn: Connection) -> int:
    """The number of the release that is being made.

    Numbers follow each other without gaps whatever was killed in between: only one release is made at a time.
    """
    row = conn.execute("select coalesce(max(release_id), 0) + 1 from ops.release").fetchone()
    return int(row[0]) if row else 1


def add_release(
    conn: Connection, release_id: int, given: ReleaseInput, changes: Iterable[TableChange], at: datetime, origin: Origin = TRANSFORM
) -> None:
    """Write a release under its number and what it changed in each table, within the publishing transaction."""
    digests = given.pins_digest, given.references_digest, given.inputs_digest or None
    conn.execute(
        """insert into ops.release (release_id, cut_no, run_date, published_at, state, pins, pins_digest, references_digest, inputs_digest,
                                    kind, to_release_id, act_id)
           overriding system value values (%s, %s, %s, %s, 'published', %s, %s, %s, %s, %s, %s, %s)""",
        [
            release_id,
            given.cut_no,
            given.run_date,
            at,
            json.dumps(dict(given.pins)),
            *digests,
            origin.kind,
            origin.to_release_id,
            origin.act_id,
        ],
    )
    with conn.cursor() as cursor:
        cursor.executemany(
            """insert into ops.release_change (release_id, table_name, added, changed, removed, rows, whole)
               values (%(id)s, %(name)s, %(added)s, %(changed)s, %(removed)s, %(rows)s, %(whole)s)""",
            [{"id": release_id, **asdict(change)} for change in changes],
        )
