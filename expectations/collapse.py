"""Doubles that the contract resolves by itself leave the staging table before it is judged: they are dropped, not wrong.

`same_rows: collapse` keeps the first of equal rows; `same_key: {last_by: x}` keeps the row with the latest x. Two latest rows that still
differ stay, for the rule on double keys.
"""

from __future__ import annotations

from psycopg import Connection

from contracts.models.contract import LastBy
from expectations.rules.duplicates import twins
from expectations.rules.judged import Judged
from expectations.rules.sql import quote


def collapse(conn: Connection, judged: Judged) -> int:
    """Delete the copies from the staging table; return how many rows went. The connection commits by itself, so GX sees what is left."""
    gone = 0
    if judged.contract.same_rows == "collapse":
        gone += _delete(conn, judged, _copies(judged))
    if isinstance(judged.contract.same_key, LastBy):
        gone += _delete(conn, judged, _outdated(judged, judged.contract.same_key.last_by))
    return gone


def _delete(conn: Connection, judged: Judged, numbers: str) -> int:
    return conn.execute(f"delete from {judged.table} where _no in ({numbers})".encode()).rowcount


def _copies(judged: Judged) -> str:
    """SQL: the numbers of all but the first of equal rows."""
    return twins(judged, "unnest((array_agg(_no order by _no))[2:])")


def _outdated(judged: Judged, last_by: str) -> str:
    """SQL: the numbers of rows whose key has a later row."""
    key = ", ".join(map(quote, judged.contract.key))
    present = " and ".join(f"{quote(name)} is not null" for name in judged.contract.key)
    place = f"rank() over (partition by {key} order by {quote(last_by)} desc nulls last)"
    return f"select _no from (select _no, {place} as place from {judged.table} where {present}) x where place > 1"
