"""`satudata quarantine`: look at the rows set aside, and reject those that no file will ever mend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from contracts import clock
from contracts.errors import WrongUsage
from satudata.findings.acts import needed, set_down
from satudata.session import warehouse
from warehouse import quarantine
from warehouse.issues import close_emptied
from warehouse.ledger import Scope


def listed(which: quarantine.Which) -> list[dict[str, Any]]:
    """Rows set aside, personal values masked."""
    with warehouse() as conn:
        return quarantine.listed(conn, which)


def show(row_id: int) -> dict[str, Any]:
    """One row with all that is known of it. Raises: `WrongUsage` where there is none."""
    with warehouse() as conn:
        found = quarantine.one_row(conn, row_id)
    if found is None:
        raise WrongUsage(f"Tidak ada baris karantina bernomor {row_id}", "Lihat nomornya dengan `satudata quarantine list`")
    return found


def reject(row_ids: Sequence[int], by: str, reason: str) -> int:
    """Reject rows for good, all or none; how many. A finding of which no row is left is over with them.

    Raises: `WrongUsage` where one of them is not open.
    """
    why, moment = needed(reason), clock.now()
    with warehouse() as conn, conn.transaction():
        ended = quarantine.reject(conn, row_ids, by.strip(), why, moment)
        if missing := sorted(set(row_ids) - {row["id"] for row in ended}):
            raise WrongUsage(
                f"Baris {', '.join(map(str, missing))} tidak ada atau sudah berakhir", "Lihat yang terbuka: `satudata quarantine list`"
            )
        for row in ended:
            set_down(conn, "quarantine.reject", by, row, why, moment)
        for row in ended:
            scope = Scope(row["dataset"], row["penerbit"])
            close_emptied(conn, scope, row["rule_ids"], at=moment, batch_id=row["batch_id"], by=by.strip(), note=f"barisnya ditolak: {why}")
    return len(ended)
