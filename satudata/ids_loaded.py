"""What the warehouse holds, asked of one that runs already: whoever only checks contracts starts no server and migrates nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from psycopg import Connection

from contracts.errors import WarehouseUnreachable
from contracts.settings import settings

YEARS = """
    select distinct y::integer from ops.batch b join ops.dataset d using (dataset)
    cross join lateral generate_series(extract(year from b.period_from), extract(year from b.period_to)) y
    where b.accept_no is not null and d.grain in ('hari', 'minggu', 'minggu_bulan') and b.period_to - b.period_from < 36600"""
"""Of figures by the day or week: those that a market day or a due day is counted for."""
T = TypeVar("T")


def loaded_ids() -> set[str]:
    """The ids of the datasets that have rows; none where no warehouse runs, or it is empty yet."""
    return {dataset for dataset, _ in loaded_publishers()}


def loaded_publishers() -> set[tuple[str, str]]:
    """(dataset, publisher) of what has rows; none where no warehouse runs, or it is empty yet."""
    return _asked(publishers_of, set())


def loaded_years() -> set[int]:
    """The years of which figures by the day or week were accepted; none where no warehouse runs, or it is empty yet."""
    return _asked(years_of, set())


def years_of(conn: Connection) -> set[int]:
    """The same, of an open connection."""
    return {year for (year,) in conn.execute(YEARS).fetchall()}


def publishers_of(conn: Connection) -> set[tuple[str, str]]:
    """The same, of an open connection."""
    from warehouse.ledger import loaded_datasets

    return {*loaded_datasets(conn)}


def _asked(question: Callable[[Connection], T], nothing: T) -> T:
    from warehouse import server
    from warehouse.connect import connect

    here = settings()
    if not here.database_url and not server.is_running(here.home):
        return nothing
    try:
        with connect("loader", autocommit=True) as conn:
            there = conn.execute("select to_regclass('ops.batch') is not null").fetchone()
            return question(conn) if there == (True,) else nothing
    except WarehouseUnreachable:
        return nothing
