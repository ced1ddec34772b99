"""Codes of everything raw holds, resolved anew at every conform: so a new synonym reaches rows accepted long ago, without fetching.

What has no code stays in raw, is left out of what is published, and stands in `ops.unmapped_code` until a person maps it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from psycopg import Connection

from warehouse.code_columns import PAIR, CodeColumn, columns_of, named_pair, pair, place, qualified, visible_code_columns
from warehouse.names import literal, quote

UNMAPPED = "reference, published, level, within, system, dataset"
"""What identifies an entry of `ops.unmapped_code`."""
PUBLISHERS = "array_remove(array_agg(distinct r._penerbit), '')"
"""SQL: who of several publishers has rows that wait."""


def resolve_raw(conn: Connection, at: datetime) -> int:
    """Resolve every text that raw holds into `ops.resolved_code` and list in `ops.unmapped_code` what has no code; returns the number of those.

    One statement per raw table and way of writing a code, however many datasets share it. Within the caller's transaction.
    """
    groups = _groups(visible_code_columns(conn))
    own = {table: columns_of(conn, table) for table in {columns[0].raw_table for columns in groups}}
    groups = [columns for columns in groups if own[columns[0].raw_table]]
    conn.execute(f"create temp table code_pair on commit drop as select {', '.join(PAIR)} from ops.resolved_code limit 0")
    for table, asking in _by_table(groups).items():
        conn.execute(f"create temp table said on commit drop as {_said(table, asking, own[table])}")
        for columns in asking:
            conn.execute(
                f"insert into code_pair select distinct {', '.join(pair(columns[0], own[table]))} from said r where {_has_text(columns, own[table])}"
            )
        conn.execute("drop table said")
    conn.execute("insert into code_pair select c.reference, c.published, '', '', '', '' from ops.code_constant c")
    conn.execute("insert into code_pair select 'satuan', lower(i.unit), '', '', '', '' from ops.reference_item i where i.unit is not null")
    _remember(conn)
    return _list_unmapped(conn, groups, own, at)


def _groups(columns: Iterable[CodeColumn]) -> list[list[CodeColumn]]:
    """Columns that ask the same question of the same table, whatever their dataset."""
    groups: dict[tuple[str, ...], list[CodeColumn]] = {}
    for c in columns:
        key = (c.raw_table, c.column_name, c.reference, c.level, c.within, c.system, c.bare_name_is, str(c.concept))
        groups.setdefault(key, []).append(c)
    return list(groups.values())


def _by_table(groups: list[list[CodeColumn]]) -> dict[str, list[list[CodeColumn]]]:
    tables: dict[str, list[list[CodeColumn]]] = {}
    for columns in groups:
        tables.setdefault(columns[0].raw_table, []).append(columns)
    return tables


def _said(table: str, groups: list[list[CodeColumn]], own: set[str]) -> str:
    """SQL: the texts of all code columns of a raw table as they stand together, in one scan: a few thousand of millions of rows."""
    names = {name for columns in groups for name in (columns[0].column_name, columns[0].within) if name and not name[0].isdigit()}
    beside = ", ".join(f"{literal(name)}, {place(name, own)}" for name in sorted(names - own))
    texts = [f"r.{quote(name)}" for name in sorted(names & own)] + ([f"jsonb_build_object({beside}) as tambahan"] if beside else [])
    numbers = sorted({str(c.dataset_id) for columns in groups for c in columns})
    return f"select distinct r._dataset_id, {', '.join(texts)} from {qualified(table)} r where r._dataset_id in ({', '.join(numbers)})"


def _rows(columns: list[CodeColumn], own: dict[str, set[str]]) -> str:
    table = columns[0].raw_table
    return f"from {qualified(table)} r where {_has_text(columns, own[table])}"


def _has_text(columns: list[CodeColumn], own: set[str]) -> str:
    return f"r._dataset_id in ({', '.join(str(c.dataset_id) for c in columns)}) and {place(columns[0].column_name, own)} is not null"


def _remember(conn: Connection) -> None:
    conn.execute("create temp table distinct_pair on commit drop as select distinct * from code_pair")
    conn.execute("analyze distinct_pair")
    conn.execute(f"""
        insert into ops.resolved_code as c select * from ops.resolve_codes('distinct_pair')
        on conflict ({", ".join(PAIR)}) do update
          set (code, own_code, why, unchecked) = (excluded.code, excluded.own_code, excluded.why, excluded.unchecked)
          where (c.code, c.own_code, c.why, c.unchecked) is distinct from (excluded.code, excluded.own_code, excluded.why, excluded.unchecked)""")
    conn.execute("select ops.analyze_small()")


def _list_unmapped(conn: Connection, groups: list[list[CodeColumn]], own: dict[str, set[str]], at: datetime) -> int:
    conn.execute(f"create temp table unmapped_now on commit drop as select {UNMAPPED}, rows, why, penerbit from ops.unmapped_code limit 0")
    for columns in groups:
        first = columns[0]
        conn.execute(
            f"""insert into unmapped_now
                select x.reference, x.published, x.level, x.within, x.system, d.dataset, count(*),
                       min(coalesce(x.why, 'kode BPS yang belum punya padanan Kemendagri')), {PUBLISHERS}
                from (select r._dataset_id, r._penerbit,
                      {named_pair(first, own[first.raw_table])}
                      {_rows(columns, own)} and r._to_batch is null) r
                join ops.resolved_code x using ({', '.join(PAIR)}) join ops.dataset d on d.dataset_id = r._dataset_id
                where {first.unresolved} group by 1, 2, 3, 4, 5, 6"""
        )  # fmt: skip
    _list_unmapped_constants(conn)
    return _keep_first_seen(conn, at)


def _list_unmapped_constants(conn: Connection) -> None:
    """A code that a contract itself names and no list holds keeps back all rows of its dataset."""
    unknown = conn.execute(
        """select c.dataset_id, c.dataset, c.reference, c.published, x.why, d.raw_table from ops.code_constant c
           join ops.resolved_code x on x.reference = c.reference and x.published = c.published and x.level = '' join ops.cut_dataset d using (dataset_id)
           where x.code is null"""
    ).fetchall()
    for number, dataset, reference, published, why, raw_table in unknown:
        conn.execute(
            f"""insert into unmapped_now
                select %s, %s, '', '', '', %s, count(*), %s, {PUBLISHERS} from {qualified(raw_table)} r where r._dataset_id = %s and r._to_batch is null""",
            [reference, published, dataset, why, number],
        )


def _each(alias: str) -> str:
    return ", ".join(f"{alias}.{name}" for name in UNMAPPED.split(", "))


def _keep_first_seen(conn: Connection, at: datetime) -> int:
    conn.execute(f"delete from ops.unmapped_code u where not exists (select from unmapped_now n where ({_each('n')}) = ({_each('u')}))")
    conn.execute(
        f"""insert into ops.unmapped_code ({UNMAPPED}, rows, why, penerbit, first_seen)
            select {UNMAPPED}, sum(rows), min(why),
                   array(select distinct p.name from unmapped_now n cross join unnest(n.penerbit) as p (name)
                         where ({_each("n")}) = ({_each("u")}) order by 1), %s
            from unmapped_now u group by {UNMAPPED}
            on conflict ({UNMAPPED}) do update set rows = excluded.rows, why = excluded.why, penerbit = excluded.penerbit""",
        [at],
    )
    row = conn.execute("select count(*) from ops.unmapped_code").fetchone()
    return int(row[0]) if row else 0
