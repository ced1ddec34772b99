"""A table readers see, and how it comes to be: created once, widened in place, never dropped or rewritten.

Views that people built on `mart`, their grants and their open queries must survive every release, so a published table keeps its
identity for good. A model that gains a column adds it here, empty; one that changes a type is refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from psycopg import Connection, sql

from contracts.errors import PublishedTypeChanged
from warehouse.names import literal, quote

READERS = "bi_reader, bi_instansi, portal, steward"
STAMP = "diperbarui_pada"
STAMP_COMMENT = "Waktu rilis yang terakhir mengubah baris ini"


@dataclass(frozen=True)
class ForeignKey:
    """A column of ours and the published table and column it leads to."""

    column: str
    table: str
    refers_to: str


@dataclass(frozen=True)
class PublishedTable:
    """What `mart.<name>` should hold: the rows of `source`, told apart by `key`."""

    name: str
    source: str
    key: tuple[str, ...]
    comment: str
    columns: dict[str, str]
    """Name -> what it means; in the order of the table."""
    foreign_keys: tuple[ForeignKey, ...] = ()

    @property
    def target(self) -> str:
        """The published table in SQL."""
        return f"mart.{quote(self.name)}"


def ensure(conn: Connection, table: PublishedTable) -> None:
    """Create `mart.<name>` like its source where there is none, add the columns it lacks, and say again what everything means.

    Within the publishing transaction. Raises `PublishedTypeChanged`.
    """
    wanted = {name: pg_type for name, pg_type in columns(conn, table.source).items() if name in table.columns}
    found = columns(conn, table.target)
    if not found:
        spec = ", ".join(f"{quote(name)} {pg_type}" for name, pg_type in wanted.items())
        key = ", ".join(map(quote, table.key))
        conn.execute(f"create table {table.target} ({spec}, {STAMP} timestamptz not null, primary key ({key}))")
        conn.execute(f"grant select on {table.target} to {READERS}")
    for name, pg_type in wanted.items() if found else ():
        if name not in found:
            conn.execute(f"alter table {table.target} add column {quote(name)} {pg_type}")
        elif found[name] != pg_type:
            raise PublishedTypeChanged(table.name, name, found[name], pg_type)
    if found:
        _rekey(conn, table)
    _describe(conn, table)


def _rekey(conn: Connection, table: PublishedTable) -> None:
    """Give a table whose key changed in the contract its new primary key; its rows are then published anew, within the same release."""
    there = conn.execute(
        """select c.conname, array_agg(a.attname::text) from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey)
           where c.conrelid = %s::regclass and c.contype = 'p' group by 1""",
        [table.target],
    ).fetchone()
    if there is None or set(there[1]) == set(table.key):
        return
    conn.execute(f"delete from {table.target}")
    conn.execute(f"alter table {table.target} drop constraint {quote(there[0])}")
    for name in set(there[1]) - set(table.key):
        conn.execute(f"alter table {table.target} alter column {quote(name)} drop not null")
    conn.execute(f"alter table {table.target} add primary key ({', '.join(map(quote, table.key))})")


def columns(conn: Connection, relation: str) -> dict[str, str]:
    """Column -> type of a relation, in its order; empty where there is none."""
    rows = conn.execute(
        """select attname, format_type(atttypid, atttypmod) from pg_attribute
           where attrelid = to_regclass(%s) and attnum > 0 and not attisdropped order by attnum""",
        [relation],
    ).fetchall()
    return dict(rows)


def _describe(conn: Connection, table: PublishedTable) -> None:
    """Comments are written only where they differ: even a comment takes a lock."""
    there: dict[str, str] = dict(conn.execute(
        """select coalesce(a.attname, ''), d.description from pg_description d
           left join pg_attribute a on a.attrelid = d.objoid and a.attnum = d.objsubid and d.objsubid > 0
           where d.classoid = 'pg_class'::regclass and d.objoid = to_regclass(%s)""",
        [table.target],
    ).fetchall())  # fmt: skip
    if there.get("") != table.comment:
        conn.execute(sql.SQL("comment on table {} is {}").format(sql.SQL(table.target), sql.Literal(table.comment)))
    for name, comment in {**table.columns, STAMP: STAMP_COMMENT}.items():
        if there.get(name) != comment:
            conn.execute(sql.SQL("comment on column {}.{} is {}").format(sql.SQL(table.target), sql.Identifier(name), sql.Literal(comment)))


def connect_keys(conn: Connection, table: PublishedTable) -> None:
    """Declare the foreign keys that are not declared yet; checked at commit, so the order in which tables are filled does not matter."""
    names = {
        row[0] for row in conn.execute("select conname from pg_constraint where conrelid = %s::regclass and contype = 'f'", [table.target])
    }
    for key in table.foreign_keys:
        name = f"{table.name}_{key.column}_fkey"[:63]
        if name not in names:
            conn.execute(
                f"alter table {table.target} add constraint {quote(name)} foreign key ({quote(key.column)})"
                f" references mart.{quote(key.table)} ({quote(key.refers_to)}) deferrable initially deferred"
            )


def published_names(conn: Connection, prefix: str = "") -> list[str]:
    """The tables of `mart` whose name begins so."""
    rows = conn.execute(
        f"select tablename from pg_tables where schemaname = 'mart' and starts_with(tablename, {literal(prefix)}) order by 1"
    ).fetchall()
    return [str(row[0]) for row in rows]
