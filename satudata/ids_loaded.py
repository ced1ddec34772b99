"""What the warehouse holds, asked of one that runs already: whoever only checks contracts starts no server and migrates nothing."""

from __future__ import annotations

from contracts.errors import WarehouseUnreachable
from contracts.settings import settings

YEARS = """
    select distinct y::integer from ops.batch b join ops.dataset d using (dataset)
    cross join lateral generate_series(extract(year from b.period_from), extract(year from b.period_to)) y
    where b.accept_no is not null and d.grain in ('hari', 'minggu', 'minggu_bulan') and b.period_to - b.period_from < 36600"""
"""Of figures by the day or week: those that a market day or a due day is counted for."""
IDS = "select distinct dataset from ops.batch where state in ('accepted', 'held')"


def loaded_ids() -> set[str]:
    """The ids of the datasets that have rows; none where no warehouse runs, or it is empty yet."""
    return {str(found) for found in _asked(IDS)}


def loaded_years() -> set[int]:
    """The years of which figures by the day or week were accepted; none where no warehouse runs, or it is empty yet."""
    return {int(str(found)) for found in _asked(YEARS)}


def _asked(query: str) -> list[object]:
    from warehouse import server
    from warehouse.connect import connect

    here = settings()
    if not here.database_url and not server.is_running(here.home):
        return []
    try:
        with connect("loader", autocommit=True) as conn:
            there = conn.execute("select to_regclass('ops.batch') is not null").fetchone()
            return [row[0] for row in conn.execute(query.encode()).fetchall()] if there == (True,) else []
    except WarehouseUnreachable:
        return []
