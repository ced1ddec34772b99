"""What the registry speaks of no more is asked of nobody: its findings end with it, by themselves, and begin again should it come back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from psycopg import Connection

from contracts import clock
from contracts.dataset import Dataset
from contracts.models.pemda import Retired
from contracts.registry import Registry
from satudata.findings.due import due_date
from satudata.journal.releases import STOPPED
from satudata.session import archive
from warehouse.journal import Entry, rows_of, write
from warehouse.stopped import Stop, go_on, stop, stopped

UNREAD = "t.dataset = any(%(names)s) and not exists (select from ops.batch b where b.dataset = t.dataset)"
"""Datasets that nothing was ever read of: without their contract nothing else tells a rebuild who they were."""


def follow_registry(conn: Connection, registry: Registry, run_date: date) -> None:
    """Make the ledger agree with the registry as of a day: what retired.yml ended by then, or what has no contract any more, and what is back.

    `conn` is the loader's, in autocommit. Raises: `BrokenContract` for a broken retired.yml.
    """
    before, known = stopped(conn), {row[0] for row in conn.execute("select dataset from ops.dataset").fetchall()}
    now = _ended(registry.ended, run_date) | _vanished(registry, known, run_date)
    ends = {name: end for name, end in sorted(now.items()) if name in known - before}
    back = before - {*registry.retired, *registry.without_contract(before)}
    _settle(conn, ends, {name: due_date(registry.datasets.get(name), run_date) for name in sorted(back)})


def is_back(conn: Connection, dataset: Dataset, run_date: date) -> None:
    """Open what had ended with a dataset, before it is judged again: its rows and findings are this batch's to end, not those of its absence."""
    if dataset.id in stopped(conn):
        _settle(conn, {}, {dataset.id: due_date(dataset, run_date)})


def _ended(retired: Mapping[str, Retired], run_date: date) -> dict[str, Stop]:
    return {
        name: Stop(end.sejak, end.alasan.rstrip(". ") + (f" ({end.dasar})" if end.dasar else ""))
        for name, end in retired.items()
        if end.sejak <= run_date
    }


def _vanished(registry: Registry, known: Collection[str], run_date: date) -> dict[str, Stop]:
    """What has neither a contract nor an entry; nothing where the registry is empty, which says more of a wrong folder than of its datasets."""
    if not registry.datasets:
        return {}
    return {name: Stop(run_date, "kontraknya tidak ada lagi") for name in registry.without_contract(known)}


def _settle(conn: Connection, ends: Mapping[str, Stop], back: Mapping[str, date]) -> None:
    if not ends and not back:
        return
    with conn.transaction():
        at = clock.now()
        stop(conn, ends, at)
        go_on(conn, back, at)
        content = {
            "ends": {name: list(end) for name, end in ends.items()},
            "back": back,
            "unread": rows_of(conn, "ops.dataset", UNREAD, {"names": list(ends)}),
        }
        write(conn, archive().put_json, Entry(STOPPED, at, content))
