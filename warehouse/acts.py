"""What people did: each act is a row of `ops.act` and a record in the archive's journal, from which both can be made again.

What an act wrote to the ledger is kept in its record, row by row, so that a rebuild need not know how it was decided.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from psycopg import Connection
from psycopg.types.json import Jsonb

from warehouse.journal import Drawn, Entry, Journal, draw, rows_of, write

Wrote = Mapping[str, Mapping[str, Any]]
"""Tables of `ops` that an act wrote to -> the rows it left there, by the values of their columns (a list: any of them)."""


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
    drawn = draw(conn)
    add_act(conn, drawn.number, act)
    _journaled(conn, journal, act, drawn)
    return drawn.number


@contextmanager
def numbered(conn: Connection, journal: Journal, act: Act) -> Iterator[tuple[int, dict[str, Mapping[str, Any]]]]:
    """The same for an act whose number its own rows name: it is known in the block, its record is written after it, last in the transaction.

    The block tells which rows it wrote (`Act.wrote`) by putting them into the second of what it is given.
    """
    drawn, wrote = draw(conn), dict(act.wrote)
    add_act(conn, drawn.number, act)
    yield drawn.number, wrote
    _journaled(conn, journal, replace(act, wrote=wrote), drawn)


def add_act(conn: Connection, number: int, act: Act) -> None:
    """Write the row of an act under the number of its record."""
    conn.execute(
        "insert into ops.act (act_id, at, by, kind, subject, reason) overriding system value values (%s, %s, %s, %s, %s, %s)",
        [number, act.at, act.by, act.kind, Jsonb(dict(act.subject)), act.reason],
    )


def _journaled(conn: Connection, journal: Journal, act: Act, drawn: Drawn) -> None:
    rows = {table: rows_of(conn, table, _is(key), key) for table, key in act.wrote.items()}
    content = {"by": act.by, "subject": act.subject, "reason": act.reason, "rows": rows, **act.needs}
    about = [act.subject.get(name) for name in ("dataset", "penerbit")]
    write(conn, journal, Entry(act.kind, act.at, content, *(one if isinstance(one, str) else None for one in about)), drawn)


def _is(key: Mapping[str, Any]) -> str:
    return " and ".join(f"t.{name} = {f'any(%({name})s)' if isinstance(value, list) else f'%({name})s'}" for name, value in key.items())
