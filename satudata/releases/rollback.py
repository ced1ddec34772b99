"""`satudata release rollback` and `resume`: readers see an earlier release again, until a person lets the newer figures go on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from psycopg import Connection

from contracts.errors import WrongUsage
from satudata.findings.acts import needed, numbered, set_down
from satudata.journal.figures import keep_figures
from satudata.releases.acting import as_input, computed_anew, known_release, releasing
from satudata.session import archive
from warehouse.captured_keys import forget
from warehouse.coming_back import coming_back
from warehouse.made_of import begin
from warehouse.publish_diff import TableChange
from warehouse.published_now import with_the_others
from warehouse.releases import Origin, Release, add_release, newest, next_number
from warehouse.rollback import (
    any_shut,
    held_together,
    left_alone,
    let_go,
    newly_seen,
    passes_withdrawal,
    pin_back,
    rewind,
    shaped_anew,
    stay_back,
    trace,
)


def rollback(to: int | None, by: str, reason: str) -> dict[str, Any]:
    """Let readers see release `to` (default: the one before the newest) again, as a release of its own.

    Returns {release_id, to, changes: {table: {added, changed, removed, rows}}, pinned: [dataset], left: {table: rows that cannot be put together
    again, as what they said held figures that were withdrawn since}, rebuilt: the release that computed those anew of what stands now, or None,
    why_not}. Raises: `WrongUsage`; `PersonalDataReturned` where it would show personal data, and then nothing has happened.
    """
    why = needed(reason)
    with releasing() as (conn, at):
        new = _newest(conn)
        old = known_release(conn, new.release_id - 1 if to is None else to)
        _refuse_unreachable(conn, old, new)
        seen = newly_seen(conn, old, new)
        subject = {"ke": old.release_id, "dari": new.release_id, "pin": _by_name(seen)}
        needs: dict[str, Any] = {}
        left = left_alone(conn, old.release_id)
        incomplete = passes_withdrawal(conn, old.release_id) or any_shut(conn, old.release_id)
        with numbered(conn, "release.rollback", by, subject, why, at, needs) as (act, wrote):
            number, changes = go_back(conn, old, seen, why, at, act)
            needs["history"] = keep_figures(conn, archive())
            touched = list(range(old.release_id + 1, number + 1))
            wrote |= {"ops.release": {"release_id": touched}, "ops.release_change": {"release_id": number}}
    moved = {one.name: {"added": one.added, "changed": one.changed, "removed": one.removed, "rows": one.rows} for one in changes if one.any}
    pinned = sorted({dataset for dataset, _ in seen})
    rest = computed_anew() if incomplete else {"rebuilt": None, "why_not": None}
    return {"release_id": number, "to": old.release_id, "changes": moved, "pinned": pinned, "left": left} | rest


def go_back(
    conn: Connection, old: Release, seen: Mapping[tuple[str, str], int], why: str, at: datetime, act: int
) -> tuple[int, list[TableChange]]:
    """Make the release by which readers see `old` again, in the transaction of `releasing`; its number and what it changed."""
    number = next_number(conn)
    begin(conn)
    trace(conn, old.release_id)
    changes = with_the_others(conn, rewind(conn, old.release_id, number, at, {dataset for dataset, _ in seen}))
    trace(conn, old.release_id)
    conn.execute("update ops.release set state = 'rolled_back' where release_id > %s and state = 'published'", [old.release_id])
    add_release(conn, number, as_input(conn, old), changes, at, Origin("rollback", old.release_id, act))
    stay_back(conn, number)
    pin_back(conn, dict(seen), f"dikembalikan ke rilis {old.release_id}: {why}", at)
    forget(conn)
    return number, changes


def resume(datasets: Sequence[str], by: str, reason: str) -> dict[str, Any]:
    """Let the newer figures of datasets (of all that were rolled back where none is named) go on with the next transform.

    Returns {pins, rows, back: [{dataset, penerbit, rows, mulai, akhir}], still: {table: rows made of several datasets that are held on}, by: the datasets
    that hold them}; pins and rows are what was let go, `back` is what of it no delivery has changed since. Raises: `WrongUsage` where nothing was held.
    """
    why = needed(reason)
    with releasing() as (conn, _):
        back = [one._asdict() for one in coming_back(conn, datasets)]
        pins, rows = let_go(conn, datasets)
        if not pins and not rows:
            raise WrongUsage(
                f"Tidak ada yang ditahan karena rollback{': ' + ', '.join(datasets) if datasets else ''}", "Lihat `satudata release list`"
            )
        set_down(conn, "release.resume", by, {"dataset": sorted(datasets)}, why)
        forget(conn)
        still, holding = held_together(conn)
    return {"pins": pins, "rows": rows, "back": back, "still": still, "by": holding}


def _newest(conn: Connection) -> Release:
    found = newest(conn)
    if found is None:
        raise WrongUsage("Belum ada rilis", "Terbitkan dahulu dengan `satudata release publish`")
    return found


def _refuse_unreachable(conn: Connection, old: Release, new: Release) -> None:
    if old.release_id >= new.release_id:
        raise WrongUsage(f"Rilis {old.release_id} adalah yang sedang terbit", "Sebut rilis yang lebih lama dengan --ke")
    row = conn.execute("select min(release_id) from ops.release where release_id > %s and rows_cleared", [old.release_id]).fetchone()
    if row and row[0]:
        raise WrongUsage(
            f"Perubahan per baris rilis {row[0]} sudah melewati masa simpannya, sehingga rilis {old.release_id} tidak dapat dikembalikan",
            "Sebut rilis yang lebih baru dengan --ke, atau kembalikan datanya lewat `satudata review return`",
        )
    if changed := shaped_anew(conn, old):
        raise WrongUsage(
            f"Sesudah rilis {old.release_id} bentuk tabel {', '.join(changed)} berganti, dan isinya waktu itu hanya ada di versi lamanya",
            f"Kembalikan ke rilis sesudah itu dengan --ke (rilis {max(changed.values())} atau yang lebih baru), atau tarik yang keliru dengan "
            "`satudata release withdraw`; versi lama tetap dapat dibaca",
        )


def _by_name(seen: dict[tuple[str, str], int]) -> list[dict[str, Any]]:
    return [{"dataset": dataset, "penerbit": penerbit, "sampai": up_to} for (dataset, penerbit), up_to in seen.items()]
