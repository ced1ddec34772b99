"""Brings a database to the shape this version of the product needs, by numbered SQL files run in order and once each.

Each file is one transaction with its own entry in `ops.migration`: a killed run leaves whole steps, and running again goes on from there.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import psycopg

from contracts.errors import MigrationChanged

FOLDER = Path(__file__).parent / "migrations"
LOCK = 7_305_001
LEDGER = b"""
create schema if not exists ops;
create table if not exists ops.migration (
  number integer primary key, name text not null, sha256 text not null, applied_at timestamptz not null default statement_timestamp()
);
comment on table ops.migration is 'Langkah perubahan basis data yang sudah dijalankan, satu baris per berkas'
"""


@dataclass(frozen=True)
class Migration:
    """One numbered file."""

    number: int
    name: str
    text: bytes

    @property
    def sha256(self) -> str:
        """Of the text, to notice a file changed after it ran."""
        return hashlib.sha256(self.text).hexdigest()


def migrations(folder: Path = FOLDER) -> list[Migration]:
    """The files `NNNN_name.sql` of a folder by number."""
    return [Migration(int(path.name[:4]), path.stem[5:], path.read_bytes()) for path in sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.sql"))]


def migrate(conn: psycopg.Connection, folder: Path = FOLDER) -> list[str]:
    """Run what has not run yet, as the owner; returns the names of the steps done. Several may run it at once.

    Raises: `MigrationChanged` where a step that already ran was changed since.
    """
    if conn.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
        raise ValueError("migrate() needs a connection outside of a transaction")
    with conn.transaction():
        _lock(conn)
        conn.execute(LEDGER)
    return [step.name for step in migrations(folder) if _apply(conn, step)]


def _apply(conn: psycopg.Connection, step: Migration) -> bool:
    with conn.transaction():
        _lock(conn)
        done = conn.execute("select sha256 from ops.migration where number = %s", [step.number]).fetchone()
        if done is None:
            conn.execute(step.text)
            conn.execute("insert into ops.migration (number, name, sha256) values (%s, %s, %s)", [step.number, step.name, step.sha256])
        elif done[0] != step.sha256:
            raise MigrationChanged(f"{step.number:04d}_{step.name}")
    return done is None


def _lock(conn: psycopg.Connection) -> None:
    """Until the end of the transaction, so that it is never left behind."""
    conn.execute("select pg_advisory_xact_lock(%s)", [LOCK])
