"""Taking figures away for good: from the tables people read and from every record of what those tables said.

What was accepted stays in `raw` and in the archive, where nobody but the Walidata reads; `warehouse.withdrawn` keeps it from being published again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from psycopg import Connection, errors
from psycopg.types.json import Jsonb

from warehouse.forgotten_figures import note_reported, say_what_is_left, take_out_dataset, take_out_rows
from warehouse.made_of import FOUND, begin, follow, put_accepted, put_rows
from warehouse.names import literal, relation
from warehouse.once_made_of import records_of_dataset
from warehouse.pins import pin
from warehouse.publish_diff import TableChange, count
from warehouse.published import PublishedTable, columns, key_of
from warehouse.published_now import published_now
from warehouse.row_ledger import take_out
from warehouse.withdrawn import DATASET, Withdrawal, is_withdrawn


def canonical(conn: Connection, table: PublishedTable, match: Mapping[str, str]) -> dict[str, str] | None:
    """The same values as the table itself writes them; None where one cannot be a value of its column."""
    types = columns(conn, table.target)
    values = ", ".join(f"to_jsonb({literal(value)}::{types[name]}) #>> array[]::text[]" for name, value in match.items())
    try:
        with conn.transaction():
            row = conn.execute(f"select {values}").fetchone()
    except errors.DataError:
        return None
    return dict(zip(match, row or (), strict=True))


def note(conn: Connection, dataset: str | None, model: str | None, match: Mapping[str, str], by: str, at: datetime, reason: str) -> int:
    """Write a withdrawal down; it holds for every release from now on. Returns its number."""
    row = conn.execute(
        "insert into ops.withdrawal (dataset, table_name, match, by, at, reason) values (%s, %s, %s, %s, %s, %s) returning withdrawal_id",
        [dataset, model, Jsonb(dict(match)) if model else None, by, at, reason],
    ).fetchone()
    return int(row[0]) if row else 0


def hold_withdrawn(conn: Connection, at: datetime) -> None:
    """Before a release: let conform see nothing of a withdrawn dataset, whichever publisher sends it by now."""
    for dataset, penerbit, reason in conn.execute(
        """select distinct on (b.dataset, b.penerbit) b.dataset, b.penerbit, w.reason from ops.withdrawal w join ops.batch b using (dataset)
           where b.accept_no is not null order by b.dataset, b.penerbit, w.withdrawal_id"""
    ).fetchall():
        pin(conn, dataset, penerbit, "withdrawn", 0, f"ditarik: {reason}", at)


def take_away(conn: Connection, withdrawn: Sequence[Withdrawal], release_id: int, at: datetime) -> list[TableChange]:
    """Delete what is withdrawn from all published tables, old versions too, and empty every record of it.

    Within a transaction. The release keeps the keys of the rows that went, and not what they said.
    """
    tables = published_now(conn)
    begin_with_withdrawn(conn, tables, withdrawn)
    follow_withdrawn(conn, withdrawn)
    take_out(conn, f"exists (select from {FOUND} w where w.table_name = o.table_name and w.key = o.key)")
    for one in withdrawn:
        if one.dataset_id is not None:
            note_reported(conn, tables, one.dataset_id)
            take_out(conn, records_of_dataset(conn, tables, one.dataset_id))
    changes = [_deleted(conn, table, where, release_id) for table in tables if (where := is_withdrawn(table, withdrawn)) != "false"]
    for one in withdrawn:
        if one.dataset_id is None:
            take_out(conn, _records_of_rows(tables, one))
        _take_out_history(conn, tables, one, release_id)
    say_what_is_left(conn, release_id, at)
    _note_what_stays(conn, release_id)
    return [change for change in changes if change.any]


def empty_version(conn: Connection, name: str, at: datetime) -> int | None:
    """Take all rows of an old version away, and every record of them; how many went, None where there is no such old version with rows to show."""
    row = conn.execute(
        "update ops.published_table set withdrawn_at = %s where table_name = %s and superseded_at is not null and withdrawn_at is null returning model",
        [at, name],
    ).fetchone()
    if row is None:
        return None
    removed = conn.execute(f"delete from {relation(name)}").rowcount
    take_out(conn, f"o.table_name = {literal(name)}")
    return removed


def computed_without(conn: Connection) -> bool:
    """After `take_away`: whether no published row is made of what was withdrawn, as far as it is known of every table what it is made of."""
    row = conn.execute(
        """select not exists (select from ops.withdrawn_row) and not exists (
             select from ops.published_table p where p.figures and p.dataset_id is null and p.superseded_at is null
             and not exists (select from ops.lineage_source l where l.table_name = p.model))"""
    ).fetchone()
    return bool(row and row[0])


def begin_with_withdrawn(conn: Connection, tables: Sequence[PublishedTable], withdrawn: Sequence[Withdrawal]) -> None:
    """Find the rows that are withdrawn (`warehouse.made_of`)."""
    begin(conn)
    for table in tables:
        if (where := is_withdrawn(table, withdrawn)) != "false":
            put_rows(conn, table, where)


def follow_withdrawn(conn: Connection, withdrawn: Sequence[Withdrawal]) -> None:
    """And those that tell of them: rows of which they were one report of several, and all that is made of either."""
    for one in withdrawn:
        if one.dataset_id is not None:
            put_accepted(conn, one.dataset_id)
    follow(conn)


def _note_what_stays(conn: Connection, release_id: int) -> None:
    """Rows that hold what was computed of a withdrawn figure lose, with the next release, what they say now."""
    conn.execute(
        f"""insert into ops.withdrawn_row select distinct table_name, key from {FOUND}
            except select table_name, key from ops.release_row where release_id = %s on conflict do nothing""",
        [release_id],
    )


def _take_out_history(conn: Connection, tables: Sequence[PublishedTable], one: Withdrawal, release_id: int) -> None:
    if one.dataset_id is not None:
        take_out_dataset(conn, one.dataset_id)
    for table in tables:
        if one.model == table.name:
            take_out_rows(conn, table, one.match, release_id)


def _deleted(conn: Connection, table: PublishedTable, where: str, release_id: int) -> TableChange:
    owner = table.dataset_id if table.dataset_id is not None else f"t.{DATASET}" if DATASET in table.columns else "null::integer"
    removed = conn.execute(
        f"""with gone as (delete from {table.target} t where {where} returning {key_of(table, "t")} as key, {owner} as dataset_id)
            insert into ops.release_row (release_id, table_name, change, key, dataset_id, withdrawn)
            select %s, %s, 'removed', key, dataset_id, true from gone""",
        [release_id, table.published_as],
    ).rowcount
    return TableChange(table.published_as, 0, 0, removed, count(conn, table.target))


def _records_of_rows(tables: Sequence[PublishedTable], one: Withdrawal) -> str:
    """The records of every table of figures that agree with the withdrawn rows in the columns both have: a copy may be among them."""
    conditions = []
    for table in tables:
        shared = [name for name in one.match if name in table.columns]
        if shared and table.figures and (table.dataset_id is None or table.name == one.model):
            conditions.append(" and ".join([_named([table.published_as]), *(_agrees(name, one.match[name]) for name in shared)]))
    return " or ".join(f"({condition})" for condition in conditions) or "false"


def _agrees(name: str, value: str) -> str:
    said = ", ".join(f"o.{part} ->> {literal(name)}" for part in ("key", "before", "after"))
    return f"coalesce({literal(value)} = any(nullif(array_remove(array[{said}], null), '{{}}')), true)"


def _named(tables: Sequence[str]) -> str:
    return f"o.table_name in ({', '.join(map(literal, tables))})" if tables else "false"
