"""What must change in a published table so that it says what its candidate says: rows removed, changed and added, by primary key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from psycopg import Connection

from warehouse.names import quote
from warehouse.published import STAMP, PublishedTable, columns


@dataclass(frozen=True)
class TableChange:
    """What one release did to one table."""

    name: str
    added: int
    changed: int
    removed: int
    rows: int

    @property
    def any(self) -> bool:
        """Whether anything changed at all."""
        return bool(self.added or self.changed or self.removed)


def apply(conn: Connection, table: PublishedTable, at: datetime) -> TableChange:
    """Make `mart.<name>` equal to its source; rows that say the same are not touched. Within the publishing transaction."""
    same_key = " and ".join(f"m.{quote(name)} = k.{quote(name)}" for name in table.key)
    removed = conn.execute(f"delete from {table.target} m where not exists (select from {table.source} k where {same_key})").rowcount
    changed = _update(conn, table, same_key, at)
    names = ", ".join(map(quote, table.columns))
    added = conn.execute(
        f"""insert into {table.target} ({names}, {STAMP})
            select {", ".join(f"k.{quote(name)}" for name in table.columns)}, %s from {table.source} k
            where not exists (select from {table.target} m where {same_key})""",
        [at],
    ).rowcount
    return TableChange(table.name, added, changed, removed, count(conn, table.target))


def _update(conn: Connection, table: PublishedTable, same_key: str, at: datetime) -> int:
    values = {quote(name): f"k.{quote(name)}" for name in table.columns if name not in table.key}
    # A column that left the contract, or holds personal data now: its old values must not stay, nor go unnoticed by who reads by time of change.
    values |= {quote(name): "null" for name in columns(conn, table.target) if name not in table.columns and name != STAMP}
    if not values:
        return 0
    ours = ", ".join(f"m.{name}" for name in values)
    return conn.execute(
        f"""update {table.target} m set {", ".join(f"{name} = {value}" for name, value in values.items())}, {STAMP} = %s
            from {table.source} k where {same_key} and ({ours}) is distinct from ({", ".join(values.values())})""",
        [at],
    ).rowcount


def empty(conn: Connection, name: str) -> TableChange:
    """Take every row of a published table away: its dataset is no longer open."""
    return TableChange(name, 0, 0, conn.execute(f"delete from mart.{quote(name)}").rowcount, 0)


def count(conn: Connection, relation: str) -> int:
    """Rows of a relation."""
    row = conn.execute(f"select count(*) from {relation}").fetchone()
    return int(row[0]) if row else 0
