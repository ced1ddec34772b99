"""What a batch was accepted with: a warning that only the ledger knows is one that nobody reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from psycopg import Connection


class Warned(NamedTuple):
    """A rule that warns, broken by a batch."""

    dataset: str
    penerbit: str
    rule_id: str
    message: str


def warnings_of(conn: Connection, batch_ids: Sequence[int]) -> list[Warned]:
    """The warnings over these batches, but for those under a waiver (`warehouse.waivers.let_through`)."""
    rows = conn.execute(
        """select dataset, penerbit, rule_id, message from ops.check_result
           where batch_id = any(%s) and severity = 'warn' and outcome = 'fail' and waiver_id is null and message is not null
           order by dataset, penerbit, check_result_id""",
        [list(batch_ids)],
    ).fetchall()
    return [Warned(*row) for row in rows]
