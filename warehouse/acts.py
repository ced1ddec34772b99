"""What people did: each act is a row of `ops.act` and a record in the archive's journal, from which both can be made again.

The record is named by the act's number and written before the commit: a kill in between leaves a record without a row, which a rebuild
tells from the row's absence in a later backup, and never a row without a record.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from psycopg import Connection
from psycopg.types.json import Jsonb

Journal = Callable[[str, Mapping[str, Any]], None]
"""Writes a record under a path: `extractors.archive.Archive.put_json`."""


@dataclass(frozen=True)
class Act:
    """Who did what to what, and why; `subject` names it by natural keys (dataset, penerbit, batch_id, rule_id, ...)."""

    at: datetime
    by: str
    kind: str
    subject: Mapping[str, Any]
    reason: str | None = None


def record(conn: Connection, journal: Journal, act: Act) -> int:
    """Write an act within the caller's transaction, and to the journal; return its number."""
    (number,) = conn.execute("select nextval(pg_get_serial_sequence('ops.act', 'act_id'))").fetchone()  # type: ignore[misc]
    journal(f"journal/{act.at:%Y/%m/%d}/{number}.json", {"act_id": number, **asdict(act)})
    conn.execute(
        "insert into ops.act (act_id, at, by, kind, subject, reason) overriding system value values (%s, %s, %s, %s, %s, %s)",
        [number, act.at, act.by, act.kind, Jsonb(dict(act.subject)), act.reason],
    )
    return int(number)
