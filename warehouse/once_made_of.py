"""Which published rows were made of a dataset at any time that the records of releases tell of, as far as they do not say themselves whose they are.

A row that is made of several datasets bears no name of one, so its records are put together into the rows they once were, and those are followed as
today's are (`warehouse.made_of`). Only they hold what was computed of the dataset; the records of all others stay.
"""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import Connection

from warehouse.made_of import FOUND, followed
from warehouse.names import literal
from warehouse.published import PublishedTable, same_key
from warehouse.withdrawn import DATASET

ONCE = "pernah_terbuat"
"""A temporary table of the transaction: (table_name, key) of the rows that were ever the dataset's, or made of such."""
SAYS = f"""select table_name, key from ops.release_row
           where '{{{{{{datasets}}}}}}' && array[dataset_id, (before ->> '{DATASET}')::integer, (after ->> '{DATASET}')::integer]"""
"""The rows of which a record says that they were of one of these datasets."""
WHOLE = """select distinct on (key) key, coalesce(before, after) as said from ops.release_row
           where table_name = {table} and change <> 'changed' order by key, release_row_id desc"""
"""What a row said when it came or went."""


def records_of_dataset(conn: Connection, tables: Sequence[PublishedTable], dataset_id: int) -> str:
    """SQL, true of an `ops.release_row o` that may tell a figure of the dataset; after `made_of.follow`, before the rows themselves go."""
    known = find_once(conn, f"select table_name, key from {FOUND} union {SAYS.format(datasets=dataset_id)}")
    whole = [t.published_as for t in tables if t.dataset_id == dataset_id or _is_mixed(t) and t.published_as not in known]
    named = f"or o.table_name in ({', '.join(map(literal, whole))})" if whole else ""
    return f"exists (select from {ONCE} w where w.table_name = o.table_name and w.key = o.key) {named}"


def find_once(conn: Connection, rows: str) -> set[str]:
    """Fill `ONCE` with these rows, SQL of (table_name, key), and all that was ever made of them; the tables that were followed."""
    conn.execute(f"drop table if exists pg_temp.{ONCE}")
    conn.execute(f"create temp table {ONCE} on commit drop as {rows}")
    known = set()
    for table, source, condition in followed(conn):
        if _is_mixed(table):
            known.add(table.published_as)
            _add(conn, table, source, condition)
    return known


def _is_mixed(table: PublishedTable) -> bool:
    return table.figures and table.dataset_id is None and DATASET not in table.columns


def _add(conn: Connection, table: PublishedTable, source: PublishedTable, condition: str) -> None:
    said = f"""select r.key, x.said from ops.release_row r cross join lateral (values (r.before), (r.after)) x (said)
               where r.table_name = {literal(table.published_as)} and x.said is not null"""
    once = f"select key, '{{}}'::jsonb as said from {ONCE} where table_name = {literal(source.published_as)}"
    conn.execute(f"analyze {ONCE}")
    conn.execute(
        f"""insert into {ONCE} select distinct {literal(table.published_as)}, m.__key
            from ({_put_together(conn, table, said)}) m join ({_put_together(conn, source, once)}) s on {condition}"""
    )


def _put_together(conn: Connection, table: PublishedTable, said: str) -> str:
    """SQL of rows as they were; `said` is SQL of (key, what it said of some columns), the others as they are now or were in the end."""
    return f"""select r.key as __key, p.* from ({said}) r
               left join {table.target} t on {same_key(conn, table, "t", "r")}
               left join ({WHOLE.format(table=literal(table.published_as))}) w on w.key = r.key
               cross join lateral jsonb_populate_record(null::{table.target}, coalesce(to_jsonb(t), w.said, '{{}}') || r.key || r.said) p"""
