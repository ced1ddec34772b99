"""What the ledger knows of the deliveries of an inbox: a file by its name and the bytes it holds since it was last written.

A file is what its name says, so bytes that come back under a name after others are a delivery anew: what was put down last is what counts.
"""

from __future__ import annotations

from typing import Any

from psycopg import Connection
from psycopg.rows import dict_row

from warehouse.ledger import Scope, StoredFetch


def delivery_verdict(conn: Connection, scope: Scope, file: StoredFetch) -> dict[str, Any] | None:
    """The last batch that judged one delivery: these bytes under this name, since the name last held others; None where there is none.

    Asked of fetches, not of verdicts: a run that was killed before its verdict has left the fetch, after which the earlier bytes are new again.
    """
    with conn.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(
            """with mine as (select fetch_id, sha256 from ops.fetch where dataset = %s and penerbit = %s and file_name = %s and sha256 is not null),
                 since as (select coalesce(max(fetch_id), 0) as last_other from mine where sha256 <> %s)
               select b.batch_id, b.content_sha256, b.contract_sha256, b.code_version, b.state, b.error_class, b.message
               from mine join ops.batch_fetch using (fetch_id) join ops.batch b using (batch_id) cross join since
               where fetch_id > last_other and b.replay_of is null order by b.batch_id desc limit 1""",
            [scope.dataset, scope.penerbit, file.file_name, file.sha256],
        ).fetchone()
