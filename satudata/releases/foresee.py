"""What a withdrawal takes, before it is done: which rows go, what is computed anew without them, where rows that were themselves computed come from,
and where else the same figures may stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from psycopg import Connection

from contracts.errors import WrongUsage
from satudata.session import warehouse
from warehouse.made_of import FOUND, Origin, sources_of
from warehouse.names import shown
from warehouse.publish_diff import count
from warehouse.published import PublishedTable
from warehouse.published_now import published_now
from warehouse.take_away import begin_with_withdrawn, canonical, follow_withdrawn
from warehouse.withdrawn import Withdrawal, is_withdrawn, matching

FIRST = 5
"""Rows of each table that are named one by one."""


def foresee_rows(tables: Sequence[str], match: Mapping[str, str]) -> dict[str, Any]:
    """What `withdraw_rows` would do. Raises as it does.

    Returns {rows: {table: how many go}, first: {table: keys of some of them}, anew: {table: rows computed without them}, origins: what rows of theirs
    are computed from (`warehouse.made_of.Origin`), copies: {table: rows that say the same}, old_versions: tables that nobody computes anew}.
    """
    with warehouse("transformer") as conn, conn.transaction(force_rollback=True):
        chosen, values = chosen_rows(conn, tables, match)
        return foresee(conn, [Withdrawal(None, table.name, values) for table in chosen])


def foresee_dataset(dataset: str) -> dict[str, Any]:
    """The same of `withdraw_dataset`."""
    with warehouse("transformer") as conn, conn.transaction(force_rollback=True):
        return foresee(conn, [Withdrawal(known_dataset(conn, dataset), None, {})])


def foresee(conn: Connection, withdrawn: Sequence[Withdrawal]) -> dict[str, Any]:
    """The same of withdrawals that are not carried out yet; within a transaction."""
    tables = published_now(conn)
    begin_with_withdrawn(conn, tables, withdrawn)
    found = conn.execute(
        f"select table_name, count(*), (array_agg(key order by key))[:{FIRST}] from {FOUND} group by 1 order by 1"
    ).fetchall()
    rows = {name: number for name, number, _ in found}
    follow_withdrawn(conn, withdrawn)
    touched: dict[str, int] = dict(conn.execute(f"select table_name, count(distinct key) from {FOUND} group by 1 order by 1").fetchall())
    anew = {name: number - rows.get(name, 0) for name, number in touched.items() if number > rows.get(name, 0)}
    return {
        "rows": rows,
        "first": {name: keys for name, _, keys in found},
        "anew": anew,
        "origins": [vars(one) for one in _origins(conn, tables, withdrawn) if one.source not in rows],
        "copies": _copies(conn, tables, withdrawn, {*rows, *anew}),
        "old_versions": _old_versions(tables, withdrawn, {*rows, *anew}),
    }


def chosen_rows(conn: Connection, tables: Sequence[str], match: Mapping[str, str]) -> tuple[list[PublishedTable], dict[str, str]]:
    """The tables a person named, and the values as they write them. Raises: `WrongUsage` for an unknown table, column or value, or a dimension."""
    chosen = [_chosen(conn, name.removeprefix("mart."), match) for name in tables]
    values = canonical(conn, chosen[0], match)
    if values is None:
        raise WrongUsage(f"Nilai {', '.join(match.values())} bukan isi kolomnya", "Tulis nilainya seperti di tabelnya")
    return chosen, values


def known_dataset(conn: Connection, dataset: str) -> int:
    """The number of a dataset. Raises: `WrongUsage` for one that nobody has loaded."""
    row = conn.execute("select dataset_id from ops.dataset where dataset = %s", [dataset]).fetchone()
    if row is None:
        raise WrongUsage(f"Dataset {dataset} belum pernah dimuat", "Lihat daftarnya dengan `satudata status`")
    return int(row[0])


def _chosen(conn: Connection, name: str, match: Mapping[str, str]) -> PublishedTable:
    there = {table.published_as: table for table in published_now(conn)}
    if name not in there:
        raise WrongUsage(f"Tidak ada tabel {shown(name)}", f"Yang ada: {', '.join(sorted(there))}")
    table = there[name]
    if not table.figures:
        raise WrongUsage(
            f"{shown(name)} bukan tabel angka; barisnya dirujuk tabel lain", "Tarik dari tabel angkanya, atau tarik datasetnya"
        )
    unknown = [column for column in match if column not in table.columns]
    if unknown:
        raise WrongUsage(f"{shown(name)} tidak punya kolom {', '.join(unknown)}", f"Kolomnya: {', '.join(table.columns)}")
    return table


def _origins(conn: Connection, tables: Sequence[PublishedTable], withdrawn: Sequence[Withdrawal]) -> list[Origin]:
    named = [table for table in tables if table.name in {one.model for one in withdrawn}]
    return [origin for table in named for origin in sources_of(conn, table, is_withdrawn(table, withdrawn, "m"))]


def _old_versions(tables: Sequence[PublishedTable], withdrawn: Sequence[Withdrawal], touched: set[str]) -> list[str]:
    """Of tables that are touched; where an old one says itself which rows are withdrawn, those go with the others."""
    newest = {table.name: table for table in sorted(tables, key=lambda table: table.version)}
    return [
        table.published_as
        for table in tables
        if table != newest[table.name] and newest[table.name].published_as in touched and is_withdrawn(table, withdrawn) == "false"
    ]


def _copies(conn: Connection, tables: Sequence[PublishedTable], withdrawn: Sequence[Withdrawal], known: set[str]) -> dict[str, int]:
    """Other tables of figures that have all these columns, so that `--juga` can name them, and rows that say the same."""
    found = {}
    for match in [one.match for one in withdrawn[:1] if one.match]:
        for table in tables:
            if table.figures and table.dataset_id is None and table.published_as not in known and set(match) <= set(table.columns):
                found[table.published_as] = count(conn, f"{table.target} t where {matching(match)}")
    return {name: rows for name, rows in found.items() if rows}
