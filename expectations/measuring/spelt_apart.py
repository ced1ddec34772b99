"""Rows that name one object in several ways: `Bandar Lor`, `Kel. Bandar Lor` and `35.71.01.1001` are one kelurahan, and have one figure.

The key of a row is what its agency wrote; what it means is known once its codes are resolved. Rows that mean the same and say different things were
all accepted, and one of them was published by chance. They are written beside the staging table, `staging_load.k_<n>(_no, told)`, for a rule to read.
"""

from __future__ import annotations

from psycopg import Connection

from expectations.measuring.short import is_short
from expectations.rules.duplicates import whole_row
from expectations.rules.judged import Judged
from expectations.rules.sql import quote
from warehouse.code_columns import CodeColumn, place, same_pair
from warehouse.codes import resolve_table

MOST_NAMED = 3


def spelt_apart(conn: Connection, judged: Judged) -> str | None:
    """The table of such rows; None where there are none. `conn` is in autocommit."""
    columns = [column for column in judged.codes if column.column_name in judged.contract.key]
    if not columns or not is_short(conn, judged):
        return None
    table = judged.table.replace(".b_", ".k_")
    conn.execute(f"drop table if exists {table}")
    with conn.transaction():
        resolve_table(conn, judged.table, columns)
        found = conn.execute(f"create unlogged table {table} as {_alike(judged, columns)}".encode()).rowcount
    return table if found else None


def _alike(judged: Judged, columns: list[CodeColumn]) -> str:
    """SQL: the rows of each key, by what it means, that is written in more than one way and says more than one thing."""
    key = judged.contract.key
    means = {column.column_name: f"coalesce(x{n}.code, {place(column.column_name, None)})" for n, column in enumerate(columns)}
    joins = " ".join(f"left join code_resolution x{n} on {same_pair(column, f'x{n}', None)}" for n, column in enumerate(columns))
    meant = ", ".join(f"{means.get(name, f'r.{quote(name)}')}::text as _k{n}" for n, name in enumerate(key))
    written = f"hash_record_extended(row({', '.join(f'r.{quote(name)}' for name in key)}), 0)"
    names, there = ", ".join(f"_k{n}" for n in range(len(key))), " and ".join(f"r.{quote(name)} is not null" for name in key)
    said = [name for name in whole_row(judged).split(", ") if name.strip('"') not in key]
    return f"""
        with named as materialized (
          select r._no, r._lokasi, {meant}, {written} as _tulis, hash_record_extended(row({", ".join(f"r.{name}" for name in said)}), 0) as _isi
          from {judged.table} r {joins} where {there}),
        kunci as (select {names}, array_agg(_lokasi order by _no) as tempat from named group by {names}
                  having min(_tulis) <> max(_tulis) and min(_isi) <> max(_isi))
        select n._no, 'Juga di ' || array_to_string((array_remove(k.tempat, n._lokasi))[:{MOST_NAMED}], ', ')
               || case when cardinality(k.tempat) > {MOST_NAMED + 1} then ' dan ' || cardinality(k.tempat) - {MOST_NAMED + 1} || ' baris lain' else '' end
               || ', dengan ejaan lain.' as told
        from named n join kunci k using ({names})"""
