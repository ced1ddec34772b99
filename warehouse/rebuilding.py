"""A warehouse that is being made again: may it be begun here, is it still under way, and how its counts go on afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from psycopg import Connection

FILLED = ("batch", "fetch", "act", "release", "journal")
"""Tables of `ops` of which none has a row in a warehouse in which nothing has happened."""
LOCK = 7_013


def state(conn: Connection, archive: str) -> Literal["empty", "unfinished"] | str:
    """May a rebuild from this archive begin here, or go on? Anything else is why it may not, in Indonesian."""
    row = conn.execute("select archive, ended_at from ops.rebuild").fetchone()
    if row and row[1] is None:
        return "unfinished" if row[0] == archive else f"sedang dibangun ulang dari arsip lain, {row[0]}"
    held = [name for name in FILLED if conn.execute(f"select exists (select from ops.{name})").fetchone() == (True,)]
    return f"berisi {', '.join('ops.' + name for name in held)}" if held else "empty"


def is_unfinished(conn: Connection) -> bool:
    """Is a rebuild under way, or was it killed?"""
    return conn.execute("select exists (select from ops.rebuild where ended_at is null)").fetchone() == (True,)


def begin(conn: Connection, archive: str, at: datetime) -> None:
    """Say that a rebuild is under way, unless one is already; from then on nobody loads."""
    with conn.transaction():
        conn.execute("delete from ops.rebuild where ended_at is not null")
        conn.execute("insert into ops.rebuild (archive, begun_at) select %s, %s where not exists (select from ops.rebuild)", [archive, at])


def end(conn: Connection, at: datetime, records: int, problems: Sequence[str]) -> None:
    """Open the warehouse; what could not be made stands there too."""
    conn.execute("update ops.rebuild set ended_at = %s, records = %s, problems = %s", [at, records, list(problems)])


def alone(conn: Connection) -> bool:
    """Take the lock of rebuilds for this session; False where another process has it."""
    return conn.execute("select pg_try_advisory_lock(%s)", [LOCK]).fetchone() == (True,)


def count_on(conn: Connection, *, batch: int, accept: int, record: int, dataset: int) -> None:
    """Let batches, accept numbers, records and datasets go on after these, whatever is given out while they are made again. As the owner."""
    (datasets,) = conn.execute("select pg_get_serial_sequence('ops.dataset', 'dataset_id')").fetchone() or ("",)
    for sequence, last in {"ops.batch_no": batch, "ops.accept_no": accept, "ops.journal_no": record, datasets: dataset}.items():
        if last:
            conn.execute(f"select setval('{sequence}', greatest(last_value, {last})) from {sequence}")


def count_on_identities(conn: Connection) -> None:
    """Let every other count of `ops` go on after the highest number that its table holds. As the owner."""
    columns = conn.execute(
        """select c.oid::regclass::text, a.attname, pg_get_serial_sequence(c.oid::regclass::text, a.attname)
           from pg_attribute a join pg_class c on c.oid = a.attrelid
           where c.relnamespace = 'ops'::regnamespace and c.relkind = 'r' and a.attidentity <> ''"""
    ).fetchall()
    for table, column, sequence in columns:
        conn.execute(f"select setval('{sequence}', max({column})) from {table} having max({column}) is not null")
