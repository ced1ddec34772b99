"""Which batches are looked at more closely than anybody asked for: those that people write, not the registers of a hundred thousand rows and more."""

from __future__ import annotations

from psycopg import Connection

from expectations.rules.judged import Judged

MOST_ROWS = 100_000


def is_short(conn: Connection, judged: Judged) -> bool:
    """Whether the batch has no more rows than each may cost a look of its own."""
    row = conn.execute(f"select count(*) <= {MOST_ROWS} from (select from {judged.table} limit {MOST_ROWS + 1}) x").fetchone()
    return bool(row and row[0])
