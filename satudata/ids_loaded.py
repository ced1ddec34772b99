"""Which datasets have rows, asked of a warehouse that runs already: whoever only checks contracts starts no server and migrates nothing."""

from __future__ import annotations

from contracts.errors import WarehouseUnreachable
from contracts.settings import settings


def loaded_ids() -> set[str]:
    """The ids of the datasets that have rows; none where no warehouse runs, or it is empty yet."""
    from warehouse import server
    from warehouse.connect import connect
    from warehouse.ledger import loaded_datasets

    here = settings()
    if not here.database_url and not server.is_running(here.home):
        return set()
    try:
        with connect("loader", autocommit=True) as conn:
            there = conn.execute("select to_regclass('ops.batch') is not null").fetchone()
            return {dataset for dataset, _ in loaded_datasets(conn)} if there == (True,) else set()
    except WarehouseUnreachable:
        return set()
