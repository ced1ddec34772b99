"""Take batches out of a raw table although newer ones lie on top of them: undo down to the oldest, then merge the others once more.

What a newer batch left unchanged stands in the row of the batch before it, and what that one had ended needs no end again; so the newer one
cannot be told apart from the raw table alone. Its rows come from the archive, its verdict from the ledger, its accept number stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from psycopg import Connection

from warehouse.kept_batch import KeptBatch
from warehouse.merge import merge
from warehouse.pins import take_back
from warehouse.staged_batch import Batch


@dataclass(frozen=True)
class Restaged:
    """A batch of the ledger whose rows are staged once more; those set aside at its verdict are in `rows.bad`."""

    kept: KeptBatch
    rows: Batch


def remerge(conn: Connection, table: Batch, gone: Mapping[KeptBatch, str], again: Sequence[Restaged]) -> None:
    """Within the caller's transaction, which holds the lock of the publisher: take `gone` out, each into the state given, and merge `again` anew.

    `again` must be all others of the publisher that were accepted or held since the oldest of `gone`. `table` names dataset and publisher.
    """
    numbers = {kept.accept_no: kept for kept in (*gone, *(one.kept for one in again)) if kept.accept_no is not None}
    for accept_no in sorted(numbers, reverse=True):
        take_back(conn, table, accept_no)
        _state(conn, numbers[accept_no], "returned")  # else it would count as a newer word about what is merged before it
    for kept, state in gone.items():
        _state(conn, kept, state)
    for one in sorted(again, key=lambda one: one.kept.accept_no or 0):
        counts = merge(conn, one.rows, int(one.kept.accept_no or 0), closes=_closes(conn, one), pairs=None)
        conn.execute(
            "update ops.batch set state = %s, accepted = %s, unchanged = %s, corrected = %s, closed = %s where batch_id = %s",
            [one.kept.state, counts.accepted, counts.unchanged, counts.corrected, counts.closed, one.kept.batch_id],
        )


def _state(conn: Connection, kept: KeptBatch, state: str) -> None:
    conn.execute("update ops.batch set state = %s where batch_id = %s", [state, kept.batch_id])


def _closes(conn: Connection, one: Restaged) -> bool:
    """May keys that the batch lacks be ended, by what its rules found and a person accepted? As `expectations.judge` decides it at the verdict."""
    row = conn.execute(
        """select exists (
             select from ops.check_result c where c.batch_id = %s and c.outcome = 'fail'
             and (c.rule = 'volume' or c.rule in ('key', 'castable') and c.column_name = any(%s))
             and not exists (
               select from ops.review r, unnest(r.accepted_rules) a where r.batch_id = c.batch_id
               and (a = c.rule_id or c.rule = 'volume' and c.waiver_id is not null and split_part(a, '.', 1) = 'volume')))""",
        [one.kept.batch_id, list(one.rows.dataset.contract.key)],
    ).fetchone()
    return not (row and row[0])
