"""Which published rows are made of which others, followed forwards along `ops.lineage_source`: what is withdrawn or held concerns all that it went into."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any, NamedTuple

from psycopg import Connection

from warehouse.names import literal, quote
from warehouse.published import PublishedTable, key_of, same_key
from warehouse.published_now import published_now
from warehouse.withdrawn import DATASET

FOUND = "terbuat"
"""A temporary table of the transaction: (table_name, key, dataset_id) of the rows it began with and of all that are made of them."""


class Step(NamedTuple):
    """Where rows `m` of a published table come from: rows `s` of another, or of what was accepted."""

    table: str
    source: str
    is_published: bool
    condition: str


@dataclass(frozen=True)
class Origin:
    """Rows of another published table that rows of `table` are computed from."""

    table: str
    source: str
    rows: int
    datasets: list[str]
    key: dict[str, Any]
    """Of one of them."""


def begin(conn: Connection) -> None:
    """Begin with nothing; the caller puts in the rows it asks about."""
    conn.execute(f"drop table if exists pg_temp.{FOUND}")
    conn.execute(
        f"create temp table {FOUND} (table_name text, key jsonb, dataset_id integer, primary key (table_name, key, dataset_id)) on commit drop"
    )


def put(conn: Connection, rows: str) -> None:
    """Begin with these rows; `rows` is SQL of (table_name, key, dataset_id)."""
    conn.execute(f"insert into {FOUND} select * from ({rows}) n except select * from {FOUND}")


def put_rows(conn: Connection, table: PublishedTable, where: str) -> None:
    """Begin with the rows `t` of a published table of which this SQL is true."""
    put(conn, f"select {literal(table.published_as)}, {key_of(table, 't')}, 0 from {table.target} t where {where}")


def put_accepted(conn: Connection, dataset_id: int) -> None:
    """Begin with all rows for which a row was accepted from this dataset, also where another one's figure is shown."""
    tables = _current(conn)
    for step in _steps(conn):
        if not step.is_published and (table := tables.get(step.table)) and table.dataset_id is None:
            said = f"select {literal(table.published_as)}, {key_of(table, 'm')}, 0 from {table.target} m join {step.source} s on {step.condition}"
            put(conn, f"{said} where s._dataset_id = {dataset_id}")


def reported_by_others(conn: Connection, table: PublishedTable, dataset_id: int, said: str) -> str:
    """SQL of what to say (`said`) of the rows `m` of a table that show a figure of this dataset, where an open one that is not withdrawn reports it too."""
    others = """s._dataset_id in (select d.dataset_id from ops.dataset d where d.akses = 'terbuka'
                                  and not exists (select from ops.withdrawal w where w.dataset = d.dataset))"""
    reports = [
        f"select distinct {said} from {table.target} m join {step.source} s on {step.condition} where m.{DATASET} = {dataset_id} and {others}"
        for step in _steps(conn)
        if step.table == table.name and not step.is_published
    ]
    return " union ".join(reports) or f"select {said} from {table.target} m where false"


def follow(conn: Connection) -> None:
    """Add what is made of the rows found so far, and what is made of that."""
    for table, source, condition in followed(conn):
        _follow(conn, table, source, condition)


def followed(conn: Connection) -> Iterator[tuple[PublishedTable, PublishedTable, str]]:
    """Every table with one it is made of, and the condition on their rows `m` and `s`; what a table is made of comes before what is made of it."""
    tables = _current(conn)
    steps = [step for step in _steps(conn) if step.is_published and {step.table, step.source} <= set(tables)]
    order = TopologicalSorter({name: {step.source for step in steps if step.table == name} for name in tables}).static_order()
    for name in order:
        yield from ((tables[name], tables[step.source], step.condition) for step in steps if step.table == name)


def sources_of(conn: Connection, table: PublishedTable, where: str) -> list[Origin]:
    """What the rows `m` of a published table of which this SQL is true are computed from; nothing where its rows were accepted as they are."""
    tables, found = _current(conn), []
    for step in _steps(conn):
        if step.table == table.name and step.is_published and (source := tables.get(step.source)):
            whose = f"s.{DATASET}" if DATASET in source.columns else "null::integer"
            pairs = f"select distinct {key_of(source, 's')} as key, {whose} as dataset_id from {table.target} m join {source.target} s on {step.condition}"
            row = conn.execute(
                f"""select count(*), coalesce(array_agg(distinct d.dataset) filter (where d.dataset is not null), '{{}}'), min(key::text)::jsonb
                    from ({pairs} where {where}) p left join ops.dataset d using (dataset_id) having count(*) > 0"""
            ).fetchone()
            found += [Origin(table.published_as, source.published_as, *row)] if row else []
    return found


def _follow(conn: Connection, table: PublishedTable, source: PublishedTable, condition: str) -> None:
    """Of millions of rows of a source most are alike in what the condition asks of them."""
    conn.execute(f"analyze {FOUND}")
    asked = sorted(set(re.findall(r"\bs\.(\w+)", condition)) & {*source.columns})
    put(
        conn,
        f"""select {literal(table.published_as)}, {key_of(table, "t")}, p.__dataset
            from (select distinct m.ctid as __place, s.__dataset
                  from (select distinct w.dataset_id as __dataset{"".join(f", s.{quote(name)}" for name in asked)} from {FOUND} w
                        join {source.target} s on {same_key(conn, source, "s", "w")} where w.table_name = {literal(source.published_as)}) s
                  join {table.target} m on {condition}) p
            join {table.target} t on t.ctid = p.__place""",
    )


def _current(conn: Connection) -> Mapping[str, PublishedTable]:
    """Model -> its newest table: only that one is made of what is published now."""
    return {table.name: table for table in sorted(published_now(conn), key=lambda table: table.version)}


def _steps(conn: Connection) -> list[Step]:
    rows = conn.execute("select table_name, source, is_published, condition from ops.lineage_source order by nth").fetchall()
    return [Step(table, source, published, said.replace("$m.", "m.").replace("$s.", "s.")) for table, source, published, said in rows]
