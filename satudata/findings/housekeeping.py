"""`satudata housekeeping`: the only thing that ever deletes from the ledger, once a day, by the policy of `warehouse.retention`.

Rows of releases go by the number of releases since, and what readers see is compared with a candidate built from all accepted rows in the same night.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from contracts import clock
from contracts.settings import settings
from satudata.data_docs.personal import draw_anew
from satudata.releases.check import check
from satudata.session import warehouse
from warehouse.retention import POLICY, clear, count_old
from warehouse.row_ledger import clear_old

RELEASE_ROWS = "perubahan per baris setiap rilis"
DIFFERING = "baris terbit yang berbeda dari calonnya"


def housekeeping(now: datetime | None = None, *, look_only: bool = False) -> list[dict[str, Any]]:
    """Clear what is older than it is kept; {name, table, days, rows} of each kind, also where nothing was (`releases` for `days` where those count).

    `look_only`: count, and delete nothing. Killed at any moment it has cleared some slices; the next run clears the rest.
    """
    moment, releases = now or clock.of_today(), settings().kept_releases
    with warehouse() as conn:
        found: list[dict[str, Any]] = [
            {"name": kept.name, "table": kept.table, "days": kept.days, "rows": (count_old if look_only else clear)(conn, kept, moment)}
            for kept in POLICY
        ]
        rows = clear_old(conn, releases, look_only=look_only)
    return [*found, {"name": RELEASE_ROWS, "table": "ops.release_row", "releases": releases, "rows": rows}]


def nightly(now: datetime | None = None) -> dict[str, int]:
    """What runs every night: clear, then compare all that is published; {what: rows that went, or that differ}."""
    gone = {one["name"]: int(one["rows"]) for one in housekeeping(now)}
    draw_anew()
    return gone | {DIFFERING: sum(one["differing"] for one in check(anew=True))}
