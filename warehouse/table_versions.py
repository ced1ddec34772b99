"""Which version of a published table its model fits into, and the beginning of a new one beside the old where it fits into none.

A column that is taken away, has another type, or belongs to another key would rewrite what people's reports rest on. So the old table stays
as its last release left it, says so itself, and the model goes on in `mart.<name>_v2`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from psycopg import Connection, sql

from warehouse.names import quote
from warehouse.published import STAMP, PublishedTable, columns, primary_key

OLD = "Versi lama, tidak diperbarui sejak {day}; angka selanjutnya di {next}. Tetap dapat dibaca sampai ditarik dengan `satudata release withdraw`. "


def settle(conn: Connection, tables: Iterable[PublishedTable], at: datetime) -> list[PublishedTable]:
    """The same tables, each in the version it is published in now; `ops.published_table` knows them all afterwards.

    Within the publishing transaction.
    """
    return [_settled(conn, table, at) for table in tables]


def _settled(conn: Connection, table: PublishedTable, at: datetime) -> PublishedTable:
    row = conn.execute(
        "select version, closed_columns from ops.published_table where model = %s order by version desc limit 1", [table.name]
    ).fetchone()
    version, closed = (int(row[0]), frozenset(row[1]) | table.closed) if row else (1, table.closed)
    there = replace(table, version=version, closed=frozenset(closed) - frozenset(table.columns))
    if not _fits(conn, there):
        new = replace(there, version=version + 1, closed=table.closed)
        _supersede(conn, there, new, at)
        there = new
    _note(conn, there)
    return there


def _note(conn: Connection, table: PublishedTable) -> None:
    conn.execute(
        """insert into ops.published_table (table_name, model, version, closed_columns, figures, dataset_id) values (%s, %s, %s, %s, %s, %s)
           on conflict (table_name) do update set (closed_columns, figures, dataset_id) = (excluded.closed_columns, excluded.figures, excluded.dataset_id)""",
        [table.published_as, table.name, table.version, sorted(table.closed), table.figures, table.dataset_id],
    )


def _fits(conn: Connection, table: PublishedTable) -> bool:
    found = columns(conn, table.target)
    if not found:
        return True
    wanted = {name: pg_type for name, pg_type in columns(conn, table.source).items() if name in table.columns}
    gone = set(found) - set(wanted) - table.closed - {STAMP}
    return not gone and all(found.get(name, pg_type) == pg_type for name, pg_type in wanted.items()) and _same_key(conn, table)


def _same_key(conn: Connection, table: PublishedTable) -> bool:
    return set(primary_key(conn, table.target)) == set(table.key)


def _supersede(conn: Connection, old: PublishedTable, new: PublishedTable, at: datetime) -> None:
    """The old version keeps its rows; its references fall, else rows it still shows could never leave a dimension."""
    conn.execute(
        "update ops.published_table set superseded_at = %s, source = null, source_oid = null where table_name = %s", [at, old.published_as]
    )
    cut_loose(conn, old.target)
    comment = OLD.format(day=f"{at:%Y-%m-%d}", next=new.shown_as) + old.comment
    conn.execute(sql.SQL("comment on table {} is {}").format(sql.SQL(old.target), sql.Literal(comment)))


def cut_loose(conn: Connection, target: str) -> None:
    """Let the references of an old version fall."""
    for (name,) in conn.execute("select conname from pg_constraint where conrelid = %s::regclass and contype = 'f'", [target]).fetchall():
        conn.execute(f"alter table {target} drop constraint {quote(name)}")


def name_versions(conn: Connection, tables: Iterable[PublishedTable], dictionary: str = "kamus_data") -> None:
    """Let the candidate of the dictionary say which table is an old version, and describe the new one under its own name.

    Within the publishing transaction, before the dictionary itself is published.
    """
    there = {table.name: table for table in tables}
    if dictionary not in there:
        return
    source = there[dictionary].source
    names = ", ".join(map(quote, there[dictionary].columns))
    for table in there.values():
        if table.version > 1:
            renamed = names.replace(quote("tabel"), "%(new)s as tabel", 1)
            values = {"new": table.published_as, "model": table.name}
            conn.execute(
                f"""insert into {source} ({names}) select {renamed} from {source} where tabel = %(model)s
                    and not exists (select from {source} where tabel = %(new)s)""",
                values,
            )
            conn.execute(
                f"""update {source} set keterangan = %(said)s || keterangan where tabel = %(model)s and kolom = '' and keterangan not like 'Versi lama%%'""",
                {"model": table.name, "said": f"Versi lama, tidak diperbarui lagi; angka selanjutnya di {table.shown_as}. "},
            )
