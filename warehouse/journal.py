"""The archive's journal: one record for each thing that the files of the sources do not tell, written before its commit and with its row.

A record is named by a number that is drawn last in its transaction: of two that touch the same, the one that committed first has the lower
number, so a rebuild that goes by the numbers comes to the same end. A kill between record and commit leaves a record without a row, and the
next record says so (`ops.draw_journal_no`): nothing that was committed lacks its record, and what never was is told apart by the archive alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from psycopg import Connection
from psycopg.types.json import Jsonb

from contracts.errors import SatudataError, StorageRefused
from contracts.sealed import sealed

Journal = Callable[[str, Mapping[str, Any]], None]
"""Writes a record under a path: `extractors.archive.Archive.put_json`."""
TABLE = re.compile(r"ops\.[a-z_]+")


@dataclass(frozen=True)
class Entry:
    """One record: what kind it is of, when it happened, what it is about, and all that is needed to do it again."""

    kind: str
    at: datetime
    content: Mapping[str, Any]
    dataset: str | None = None
    penerbit: str | None = None
    digest: str | None = None


@dataclass(frozen=True)
class Drawn:
    """A number, and what became of those before it when it was drawn."""

    number: int
    settled_to: int
    done: list[Any]
    dead: list[int]


def draw(conn: Connection) -> Drawn:
    """Draw the number of a record that is about to be written in this transaction."""
    row = conn.execute("select number, settled_to, done, dead from ops.draw_journal_no()").fetchone()
    assert row is not None
    return Drawn(*row)


def write(conn: Connection, journal: Journal, entry: Entry, drawn: Drawn | None = None) -> int:
    """Write a record to the archive and its row, as the last step of the caller's transaction; return its number.

    `drawn`: a number that had to be known before.
    """
    told = drawn or draw(conn)
    about = {"kind": entry.kind, "at": entry.at.isoformat(), "dataset": entry.dataset, "penerbit": entry.penerbit, "digest": entry.digest}
    fate = {"journal_id": told.number, "settled_to": told.settled_to, "done": told.done, "dead": told.dead}
    with journaling():
        journal(f"journal/{entry.at:%Y/%m/%d}/{told.number}.json", sealed({**fate, **about, "content": entry.content}))
    add_row(conn, told.number, entry, told.settled_to)
    return told.number


@contextmanager
def journaling() -> Iterator[None]:
    """Raises: `StorageRefused` for whatever keeps the archive from taking a record: what it belongs to is not done then, and can be tried again."""
    try:
        yield
    except (SatudataError, psycopg.Error):
        raise
    except Exception as error:
        raise StorageRefused("jurnal arsip", str(error) or type(error).__name__) from error


def add_row(conn: Connection, number: int, entry: Entry, settled_to: int) -> None:
    """Say in the ledger that a record's transaction is done; within that transaction."""
    conn.execute(
        "insert into ops.journal (journal_id, kind, at, dataset, penerbit, settled_to, digest) values (%s, %s, %s, %s, %s, %s, %s)",
        [number, entry.kind, entry.at, entry.dataset, entry.penerbit, settled_to, entry.digest],
    )


def last_digest(conn: Connection, kind: str) -> str | None:
    """The digest of the newest record of a kind that is written only when it says something new."""
    row = conn.execute(
        "select digest from ops.journal where kind = %s and digest is not null order by journal_id desc limit 1", [kind]
    ).fetchone()
    return str(row[0]) if row else None


def rows_of(conn: Connection, table: str, where: str = "true", values: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    """The rows of a table of `ops` as a record keeps them."""
    generated = f"array(select attname::text from pg_attribute where attrelid = '{_known(table)}'::regclass and attgenerated <> '')"
    found = conn.execute(f"select to_jsonb(t) - {generated} from {table} t where {where} order by t", values).fetchall()
    return [row[0] for row in found]


def put_rows(conn: Connection, table: str, rows: list[Mapping[str, Any]]) -> None:
    """Write rows as a record kept them; one whose key is there is replaced. Within the caller's transaction."""
    if not rows:
        return
    names = [name for name in _columns(conn, _known(table)) if name in rows[0]]
    keys = _key(conn, table)
    conflict = _on_conflict(conn, table, names) if keys and set(keys) <= set(names) else ""
    listed = ", ".join(f'"{name}"' for name in names)
    with conn.cursor() as cursor:
        cursor.executemany(
            f"insert into {table} ({listed}) overriding system value select {listed} from jsonb_populate_record(null::{table}, %s) {conflict}",
            [[Jsonb(dict(row))] for row in rows],
        )


def _on_conflict(conn: Connection, table: str, names: list[str]) -> str:
    """SQL: a row that is there is replaced, or left where rows are only ever added."""
    keys = _key(conn, table)
    anew = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name not in keys)
    may = conn.execute("select has_table_privilege(%s, 'update')", [table]).fetchone() == (True,)
    return f"on conflict ({', '.join(keys)}) do {f'update set {anew}' if anew and may else 'nothing'}"


def _known(table: str) -> str:
    if not TABLE.fullmatch(table):
        raise ValueError(f"{table}: bukan tabel ops")
    return table


def _columns(conn: Connection, table: str) -> list[str]:
    rows = conn.execute(
        """select attname from pg_attribute where attrelid = %s::regclass and attnum > 0 and not attisdropped and attgenerated = ''
           order by attnum""",
        [table],
    ).fetchall()
    return [str(row[0]) for row in rows]


def _key(conn: Connection, table: str) -> list[str]:
    rows = conn.execute(
        """select a.attname from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
           where i.indrelid = %s::regclass and i.indisprimary""",
        [table],
    ).fetchall()
    return [str(row[0]) for row in rows]
