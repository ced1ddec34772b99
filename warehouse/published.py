"""A table readers see, and how it comes to be: created once, widened in place, never dropped or rewritten.

Views that people built on `mart`, their grants and their open queries must survive every release, so a published table keeps its
identity for good. A model that gains a column adds it here, empty; what does not fit goes on in a new version (`warehouse.table_versions`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from psycopg import Connection, sql

from warehouse.names import literal, quote, relation, shown

READERS = {"mart": "bi_reader, bi_instansi, portal, steward", "mart_instansi": "bi_instansi, steward"}
"""Published schema -> the roles that may read it."""
STAMP = "diperbarui_pada"
ROOM = 90
"""How full a page is filled: a revised figure finds room beside the old one, and no index needs to know (heap-only tuples)."""
STAMP_COMMENT = "Waktu rilis yang terakhir mengubah baris ini"
LONGEST_NAME = 63


@dataclass(frozen=True)
class ForeignKey:
    """A column of ours and the published model and column it leads to."""

    column: str
    table: str
    refers_to: str


@dataclass(frozen=True)
class PublishedTable:
    """What a table of `mart` should hold: the rows of `source`, told apart by `key`."""

    name: str
    """Of the model; the table bears it too as long as it is the first version. `mart_instansi.<name>` where only agencies read it."""
    source: str
    key: tuple[str, ...]
    comment: str
    columns: dict[str, str]
    """Name -> what it means; in the order of the table."""
    foreign_keys: tuple[ForeignKey, ...] = ()
    version: int = 1
    closed: frozenset[str] = frozenset()
    """Columns that hold personal data now, whatever they held when they were published: emptied, and in no record of changes."""
    dataset_id: int | None = None
    """Whose table it is, where it is not a model's."""
    figures: bool = True
    """Whether its rows are figures; a dimension, or a table about tables, is not taken back row by row."""
    incremental: bool = False
    """Whether the source keeps its rows from one build to the next, so that what changed in it can be noted."""

    @property
    def published_as(self) -> str:
        """The name in `mart`."""
        return versioned(self.name, self.version)

    @property
    def target(self) -> str:
        """The published table in SQL."""
        return relation(self.published_as)

    @property
    def shown_as(self) -> str:
        """The name with its schema, as people write it."""
        return shown(self.published_as)

    @property
    def bare_name(self) -> str:
        """The name without the schema: what it has in common with its twin for everybody."""
        return self.name.rpartition(".")[2]


def constraint_name(published_as: str, suffix: str) -> str:
    """What a key or an index of a published table is called."""
    return f"{published_as.rpartition('.')[2]}_{suffix}"[:LONGEST_NAME]


def versioned(name: str, version: int) -> str:
    """What the version of a table is called: `fct_harga`, `fct_harga_v2`; a long name keeps its beginning and a fingerprint."""
    if version == 1:
        return name
    suffix = f"_v{version}"
    if len(name) + len(suffix) > LONGEST_NAME:
        suffix = f"_{hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()[:8]}{suffix}"
    return name[: LONGEST_NAME - len(suffix)] + suffix


def ensure(conn: Connection, table: PublishedTable) -> bool:
    """Create the table like its source where there is none, add the columns it lacks, and say again what everything means.

    Within the publishing transaction; key and indexes come when the rows are in (`warehouse.table_keys`). Returns whether its shape is another now.
    """
    wanted = {name: pg_type for name, pg_type in columns(conn, table.source).items() if name in table.columns}
    found = columns(conn, table.target)
    missing = [name for name in wanted if name not in found]
    if not found:
        spec = ", ".join(f"{quote(name)} {pg_type}" for name, pg_type in wanted.items())
        conn.execute(f"create table {table.target} ({spec}, {STAMP} timestamptz not null) with (fillfactor = {ROOM})")
        conn.execute(f"grant select on {table.target} to {READERS[table.target.partition('.')[0]]}")
    for name in missing if found else ():
        conn.execute(f"alter table {table.target} add column {quote(name)} {wanted[name]}")
    describe(conn, table.target, table.comment, table.columns)
    return bool(missing)


def columns(conn: Connection, relation: str) -> dict[str, str]:
    """Column -> type of a relation, in its order; empty where there is none."""
    rows = conn.execute(
        """select attname, format_type(atttypid, atttypmod) from pg_attribute
           where attrelid = to_regclass(%s) and attnum > 0 and not attisdropped order by attnum""",
        [relation],
    ).fetchall()
    return dict(rows)


def primary_key(conn: Connection, relation: str) -> tuple[str, ...]:
    """The columns of a relation's primary key in its order; () where it has none."""
    rows = conn.execute(
        """select a.attname from pg_index i cross join unnest(i.indkey::int2[]) with ordinality k (attnum, place)
           join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
           where i.indrelid = to_regclass(%s) and i.indisprimary order by k.place""",
        [relation],
    ).fetchall()
    return tuple(str(row[0]) for row in rows)


def key_of(table: PublishedTable, row: str) -> str:
    """SQL of the key of a row as jsonb."""
    return f"jsonb_build_object({', '.join(f'{literal(name)}, {row}.{quote(name)}' for name in table.key)})"


def same_key(conn: Connection, table: PublishedTable, row: str, noted: str) -> str:
    """SQL: a row of the published table bears the key that `noted` has as jsonb."""
    types = columns(conn, table.target)
    return " and ".join(f"{row}.{quote(name)} = ({noted}.key ->> {literal(name)})::{types[name]}" for name in table.key)


def meanings(conn: Connection, target: str) -> dict[str, str]:
    """Column -> its comment, and the table's own under ''; without those that have none."""
    rows = conn.execute(
        """select coalesce(a.attname, ''), d.description from pg_description d
           left join pg_attribute a on a.attrelid = d.objoid and a.attnum = d.objsubid and d.objsubid > 0
           where d.classoid = 'pg_class'::regclass and d.objoid = to_regclass(%s)""",
        [target],
    ).fetchall()
    return dict(rows)


def describe(conn: Connection, target: str, comment: str, said: dict[str, str]) -> None:
    """Comments are written only where they differ: even a comment takes a lock."""
    there = meanings(conn, target)
    if there.get("") != comment:
        conn.execute(sql.SQL("comment on table {} is {}").format(sql.SQL(target), sql.Literal(comment)))
    for name, meaning in {**said, STAMP: STAMP_COMMENT}.items():
        if there.get(name) != meaning:
            conn.execute(sql.SQL("comment on column {}.{} is {}").format(sql.SQL(target), sql.Identifier(name), sql.Literal(meaning)))
