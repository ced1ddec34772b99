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
from satudata.releases.foresee import chosen_rows, foresee, known_dataset
from satudata.session import archive
from warehouse.captured_keys import forget
from warehouse.names import shown
from warehouse.publish_diff import TableChange
from warehouse.published_now import with_the_others
from warehouse.releases import Origin, add_release, newest, next_number
from warehouse.take_away import computed_without, empty_version, hold_withdrawn, note, take_away
from warehouse.withdrawn import Withdrawal


def withdraw_rows(tables: Sequence[str], match: Mapping[str, str], by: str, reason: str) -> dict[str, Any]:
    """Take the rows whose columns hold these values away from tables, for good; then compute what is made of them anew.

    Returns {release_id, changes: {table: rows that went}, rebuilt: the release after it, None where nothing was to be computed, why_not} and what
    `foresee_rows` says. Raises: `WrongUsage` for an unknown table, column or value, or a dimension.
    """
    why = needed(reason)
    with releasing() as (conn, at):
        chosen, values = chosen_rows(conn, tables, match)
        withdrawn = [Withdrawal(None, table.name, values) for table in chosen]
        around = foresee(conn, withdrawn)
        for table in chosen:
            note(conn, None, table.name, values, by, at, why)
        number = _released(conn, withdrawn, by, {"tabel": [table.name for table in chosen], "cocok": values}, why, at)
        finished = computed_without(conn)
    return around | number | ({"rebuilt": None, "why_not": None} if finished else computed_anew())


def withdraw_dataset(dataset: str, by: str, reason: str) -> dict[str, Any]:
    """The same for all that a dataset ever published and ever will. Raises: `WrongUsage` for a dataset nobody has loaded."""
    why = needed(reason)
    with releasing() as (conn, at):
        withdrawn = [Withdrawal(known_dataset(conn, dataset), None, {})]
        around = foresee(conn, withdrawn)
        note(conn, dataset, None, {}, by, at, why)
        hold_withdrawn(conn, at)
        number = _released(conn, withdrawn, by, {"dataset": dataset}, why, at)
    return around | number | computed_anew()


def withdraw_old_version(name: str, by: str, reason: str) -> dict[str, Any]:
    """Empty an old version of a table; it stays, without rows, for the views on it. Returns {release_id, changes}. Raises: `WrongUsage`."""
    why, bare = needed(reason), name.removeprefix("mart.")
    with releasing() as (conn, at):
        removed = empty_version(conn, bare, at)
        if removed is None:
            raise WrongUsage(f"{shown(bare)} bukan versi lama sebuah tabel", "Sebut baris mana yang ditarik: kolom=nilai")
        needs: dict[str, Any] = {}
        with numbered(conn, "release.withdraw", by, {"versi": bare}, why, at, needs) as (act, wrote):
            return _recorded(conn, [TableChange(bare, 0, 0, removed, 0)], next_number(conn), act, at, wrote, needs)


def _released(
    conn: Connection, withdrawn: Sequence[Withdrawal], by: str, subject: Mapping[str, Any], why: str, at: datetime
) -> dict[str, Any]:
    number, needs = next_number(conn), dict[str, Any]()
    with numbered(conn, "release.withdraw", by, subject, why, at, needs) as (act, wrote):
        result = _recorded(conn, take_away(conn, withdrawn, number, at), number, act, at, wrote, needs)
        finished = number if not any(one.dataset_id for one in withdrawn) and computed_without(conn) else None
        conn.execute("update ops.withdrawal set release_id = %s, rebuilt_release_id = %s where release_id is null", [number, finished])
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
