"""What people did: each act is a row of `ops.act` and a record in the archive's journal, from which both can be made again.

What an act wrote to the ledger is kept in its record, row by row, so that a rebuild need not know how it was decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from psycopg import Connection
from psycopg.types.json import Jsonb

from warehouse.journal import Entry, Journal, rows_of, write

Wrote = Mapping[str, Mapping[str, Any]]
"""Tables of `ops` that an act wrote to -> the key of the row it left there, by column."""


@dataclass(frozen=True)
class Act:
    """Who did what to what, and why; `subject` names it by natural keys (dataset, penerbit, batch_id, rule_id, ...)."""

    at: datetime
    by: str
    kind: str
    subject: Mapping[str, Any]
    reason: str | None = None
    wrote: Wrote = field(default_factory=dict)
    needs: Mapping[str, Any] = field(default_factory=dict)
    """What else a rebuild needs to do it again: the contract's texts, a verdict."""


def record(conn: Connection, journal: Journal, act: Act) -> int:
    """Write an act to the ledger and to the journal, as the last step of the caller's transaction; return its number."""
    rows = {table: rows_of(conn, table, _is(key), key) for table, key in act.wrote.items()}
    content = {"by": act.by, "subject": act.subject, "reason": act.reason, "rows": rows, **act.needs}
    about = [act.subject.get(name) for name in ("dataset", "penerbit")]
    number = write(conn, journal, Entry(act.kind, act.at, content, *about))
    add_act(conn, number, act)
    return number


def add_act(conn: Connection, number: int, act: Act) -> None:
    """Write the row of an act under the number of its record."""
    conn.execute(
        "insert into ops.act (act_id, at, by, kind, subject, reason) overriding system value values (%s, %s, %s, %s, %s, %s)",
        [number, act.at, act.by, act.kind, Jsonb(dict(act.subject)), act.reason],
    )


def _is(key: Mapping[str, Any]) -> str:
    return " and ".join(f"t.{name} = %({name})s" for name in key)
