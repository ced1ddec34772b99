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


def standing_since(conn: Connection, scope: Scope) -> dict[tuple[str, str], int]:
    """(name, hash) of every file of a publisher's inbox, as it was last seen -> the number of the fetch that first brought what it holds by then."""
    rows = conn.execute(
        """with seen as (
             select file_name, sha256, fetch_id, lag(sha256) over (partition by file_name order by fetch_id) as before
             from ops.fetch where dataset = %s and penerbit = %s and file_name is not null and sha256 is not null)
           select distinct on (file_name) file_name, sha256, fetch_id from seen where before is distinct from sha256
           order by file_name, fetch_id desc""",
        [scope.dataset, scope.penerbit],
    ).fetchall()
    return {(name, sha256): fetch_id for name, sha256, fetch_id in rows}
