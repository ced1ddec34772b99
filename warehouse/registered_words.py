"""Words of a contract that were registered before contracts were looked at for numbers of persons: one dataset's title would stop every release.

A contract that holds such a number is refused, so it is registered with none; what was kept of an older one is masked here, for good.
"""

from __future__ import annotations

from psycopg import Connection

from warehouse.personal import MAY_HOLD

_HOLDS = "case when {0}::text ~ %(may)s then ops.holds_nik({0}::text) end"
_MASKED = "regexp_replace(ops.latin_digits({0}::text), ops.personal_pattern('nik'), '(disamarkan)', 'g')"
_WORDS = (
    ("dataset", "title", "text"),
    ("contract_version", "title", "text"),
    ("contract_version", "columns", "jsonb"),
    ("dataset_column", "description", "text"),
)


def mask_registered_words(conn: Connection) -> int:
    """Take numbers of persons out of titles and descriptions of all datasets; how many held one."""
    return sum(_mask(conn, *words) for words in _WORDS)


def _mask(conn: Connection, table: str, column: str, kind: str) -> int:
    query = f"update ops.{table} set {column} = {_MASKED.format(column)}::{kind} where {_HOLDS.format(column)}"
    return conn.execute(query.encode(), {"may": MAY_HOLD}).rowcount
