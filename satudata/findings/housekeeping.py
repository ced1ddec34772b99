"""`satudata housekeeping`: the only thing that ever deletes from the ledger, once a day, by the policy of `warehouse.retention`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from contracts import clock
from satudata.session import warehouse
from warehouse.retention import POLICY, clear, count_old


def housekeeping(now: datetime | None = None, *, look_only: bool = False) -> list[dict[str, Any]]:
    """Clear what is older than it is kept; {name, table, days, rows} of each kind, also where nothing was.

    `look_only`: count, and delete nothing. Killed at any moment it has cleared some slices; the next run clears the rest.
    """
    moment = now or clock.now()
    with warehouse() as conn:
        return [
            {"name": kept.name, "table": kept.table, "days": kept.days, "rows": (count_old if look_only else clear)(conn, kept, moment)}
            for kept in POLICY
        ]
