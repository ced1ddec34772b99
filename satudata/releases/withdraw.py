"""`satudata release withdraw`: figures that must not be read any more go at once, from tables and records, and no later transform brings them back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from psycopg import Connection

from contracts.errors import WrongUsage
from satudata.findings.acts import needed, numbered
from satudata.journal.figures import keep_figures
from satudata.releases.acting import as_input, computed_anew, releasing
from satudata.session import archive
from warehouse.captured_keys import forget
from warehouse.names import literal, quote, relation, shown
from warehouse.publish_diff import TableChange
from warehouse.published import PublishedTable
from warehouse.published_now import published_now, with_the_others
from warehouse.releases import Origin, add_release, newest, next_number
from warehouse.row_ledger import take_out
from warehouse.take_away import canonical, hold_withdrawn, note, take_away
from warehouse.withdrawn import Withdrawal


def withdraw_rows(tables: Sequence[str], match: Mapping[str, str], by: str, reason: str) -> dict[str, Any]:
    """Take the rows whose columns hold these values away from tables, for good; then compute what is made of them anew.

    Returns {release_id, changes: {table: rows that went}, rebuilt: the release after it, or None, why_not}. Raises: `WrongUsage` for an unknown
    table, column or value, a dimension, or no row.
    """
    why = needed(reason)
    with releasing() as (conn, at):
        chosen = [_chosen(conn, name.removeprefix("mart."), match) for name in tables]
        values = canonical(conn, chosen[0], match)
        if values is None:
            raise WrongUsage(f"Nilai {', '.join(match.values())} bukan isi kolomnya", "Tulis nilainya seperti di tabelnya")
        withdrawn = [Withdrawal(None, table.name, values) for table in chosen]
        for table in chosen:
            note(conn, None, table.name, values, by, at, why)
        number = _released(conn, withdrawn, by, {"tabel": [table.name for table in chosen], "cocok": values}, why, at)
    return number | computed_anew()


def withdraw_dataset(dataset: str, by: str, reason: str) -> dict[str, Any]:
    """The same for all that a dataset ever published and ever will. Raises: `WrongUsage` for a dataset nobody has loaded."""
    why = needed(reason)
    with releasing() as (conn, at):
        row = conn.execute("select dataset_id from ops.dataset where dataset = %s", [dataset]).fetchone()
        if row is None:
            raise WrongUsage(f"Dataset {dataset} belum pernah dimuat", "Lihat daftarnya dengan `satudata status`")
        note(conn, dataset, None, {}, by, at, why)
        hold_withdrawn(conn, at)
        number = _released(conn, [Withdrawal(row[0], None, {})], by, {"dataset": dataset}, why, at)
    return number | computed_anew()


def withdraw_old_version(name: str, by: str, reason: str) -> dict[str, Any]:
    """Empty an old version of a table; it stays, without rows, for the views on it. Returns {release_id, changes}. Raises: `WrongUsage`."""
    why, bare = needed(reason), name.removeprefix("mart.")
    with releasing() as (conn, at):
        row = conn.execute(
            "update ops.published_table set withdrawn_at = %s where table_name = %s and superseded_at is not null and withdrawn_at is null returning model",
            [at, bare],
        ).fetchone()
        if row is None:
            raise WrongUsage(f"{shown(bare)} bukan versi lama sebuah tabel", "Sebut baris mana yang ditarik: kolom=nilai")
        removed = conn.execute(f"delete from {relation(bare)}").rowcount
        take_out(conn, f"o.table_name = {literal(bare)}")
        needs: dict[str, Any] = {}
        with numbered(conn, "release.withdraw", by, {"versi": bare}, why, at, needs) as (act, wrote):
            return _recorded(conn, [TableChange(bare, 0, 0, removed, 0)], next_number(conn), act, at, wrote, needs)


def may_hold_copies(tables: Sequence[str], match: Mapping[str, str]) -> list[tuple[str, int]]:
    """(table, rows) of other tables of figures with rows that agree in all columns they share with the match: a person looks at them."""
    named = {name.removeprefix("mart.") for name in tables}
    with releasing() as (conn, _):
        found = []
        for table in published_now(conn):
            shared = {name: value for name, value in match.items() if name in table.columns}
            if table.figures and table.name not in named and shared and table.dataset_id is None:
                rows = conn.execute(
                    f"select count(*) from {table.target} t where "
                    + " and ".join(f"t.{quote(n)}::text = {literal(v)}" for n, v in shared.items())
                ).fetchone()
                found += [(table.published_as, int(rows[0]))] if rows and rows[0] else []
    return found


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


def _released(
    conn: Connection, withdrawn: Sequence[Withdrawal], by: str, subject: Mapping[str, Any], why: str, at: datetime
) -> dict[str, Any]:
    number, needs = next_number(conn), dict[str, Any]()
    with numbered(conn, "release.withdraw", by, subject, why, at, needs) as (act, wrote):
        result = _recorded(conn, take_away(conn, withdrawn, number), number, act, at, wrote, needs)
        conn.execute("update ops.withdrawal set release_id = %s where release_id is null", [number])
        wrote["ops.withdrawal"] = {"release_id": number}
    return result


def _recorded(
    conn: Connection, changes: Sequence[TableChange], number: int, act: int, at: datetime, wrote: dict[str, Mapping[str, Any]],
    needs: dict[str, Any],
) -> dict[str, Any]:  # fmt: skip
    last = newest(conn)
    if last is None:
        raise WrongUsage("Belum ada rilis", "Terbitkan dahulu dengan `satudata release publish`")
    add_release(conn, number, as_input(conn, last), with_the_others(conn, changes), at, Origin("withdrawal", None, act))
    needs["history"] = keep_figures(conn, archive())
    wrote |= {"ops.release": {"release_id": number}, "ops.release_change": {"release_id": number}}
    forget(conn)
    return {"release_id": number, "changes": {one.name: one.removed for one in changes}}
