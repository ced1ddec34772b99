"""What a batch says that was said before: set aside by one join, before it is judged, so that only news is judged and merged.

Nearly all rows of a daily batch equal an open row of the raw table. Such a row has passed the rules on single rows already, if the same
contract and the same code let it in; it needs no second verdict and no comparison of its columns.
"""

from __future__ import annotations

from dataclasses import dataclass

from psycopg import Connection

from warehouse.ledger import Scope
from warehouse.names import quote
from warehouse.raw_tables import typed_columns
from warehouse.staged_batch import Batch, has_open_rows, open_in_scope, row_hash, scalar, table_of

FEWEST_ROWS = 20_000
"""Below that a second, smaller table to judge costs more than it saves."""
MOST_NEWS = 0.5
NEWS = "(select distinct _no from pg_temp.rest where _no is not null) news"


@dataclass(frozen=True)
class Alike:
    """Rows of a batch that equal an open row, found before the verdict."""

    pairs: int
    judged: int
    """Staged rows that need no new verdict of the rules on single rows."""
    news: str | None
    """The table of all other rows, `staging_load.n_<batch_id>`; None where most rows are news, or two of them equal one open row."""


def find_alike(conn: Connection, batch: Batch, scope: Scope, contract_sha256: str, code_version: str) -> Alike | None:
    """Compare a staged, not yet judged batch with what is open; `conn` is in autocommit, and holds the lock of dataset and publisher.

    None where nothing can be told before the verdict: a first or small batch, or one that may take back a held one. Otherwise the merge
    finds the comparison in pg_temp (`set_alike_aside`).
    """
    if not has_open_rows(conn, batch) or _rows(conn, batch.staged) < FEWEST_ROWS or _is_held(conn, scope):
        return None
    since = _judged_since(conn, scope, contract_sha256, code_version)
    pairs = set_alike_aside(conn, batch, since)
    open_rows = f"select count(*) from {table_of(batch)} r where {open_in_scope(batch)}"
    matched = scalar(conn, f"select ({open_rows}) - (select count(*) from pg_temp.rest where _no is null)")
    staged, news = (int(str(scalar(conn, query))) for query in (f"select count(*) from {batch.staged}", f"select count(*) from {NEWS}"))
    if since is None or news > MOST_NEWS * staged or matched != pairs:  # two staged rows may equal one open row
        return Alike(pairs, 0, None)
    table = batch.staged.replace(".b_", ".n_")
    conn.execute(
        f"""create unlogged table {table} with (autovacuum_enabled = false) as
            select s.* from {batch.staged} s where s._no in (select _no from {NEWS})"""
    )
    conn.execute(f"analyze {table}")
    return Alike(pairs, staged - news, table)


def set_alike_aside(conn: Connection, batch: Batch, judged_since: int | None = None) -> int:
    """Fill pg_temp.rest (_no, old) and return how many staged rows equal an open one.

    It holds every staged row without an equal (`old` null), every open row without one (`_no` null) and, where `judged_since` is given, the
    pairs whose open row was accepted before that number. Joined by one integer, the hash of the whole row, and held against key and period.
    """
    own = dict(typed_columns(batch.dataset))
    keys = [quote(name) for name in batch.dataset.contract.key if name in own]
    same = ["_periode_mulai", "_periode_akhir", *keys]
    equal = " and ".join(f"r.{name} is not distinct from s.{name}" for name in same)
    old = "false" if judged_since is None else f"r._from_batch < {judged_since}"
    conn.execute("drop table if exists pg_temp.rest")
    conn.execute(f"""create temp table rest as  -- a plain query, unlike an insert, is shared among workers
        select s._no, r.old from (select _no, {row_hash(batch.dataset)} as h, {", ".join(same)} from {batch.staged} s) s
        full join (select _from_batch, _row_hash, ctid as old, {", ".join(same)} from {table_of(batch)} r where {open_in_scope(batch)}) r
        on r._row_hash = s.h and {equal} where s._no is null or r.old is null or {old}""")
    conn.execute("analyze pg_temp.rest")
    return int(str(scalar(conn, f"select (select count(*) from {batch.staged}) - (select count(*) from pg_temp.rest where old is null)")))


def _rows(conn: Connection, table: str) -> int:
    """Rows as the planner knows them; the table was analyzed when it was filled."""
    return int(str(scalar(conn, f"select reltuples::bigint from pg_class where oid = '{table}'::regclass")))


def _is_held(conn: Connection, scope: Scope) -> bool:
    return bool(conn.execute(
        "select exists (select from ops.batch where dataset = %s and penerbit = %s and state = 'held')", [scope.dataset, scope.penerbit]
    ).fetchone()[0])  # type: ignore[index]  # fmt: skip


def _judged_since(conn: Connection, scope: Scope, contract_sha256: str, code_version: str) -> int | None:
    """The first accept number of those that this contract and this parser have given since any other did.

    References, the other half of a code version, play no part in the rules on single rows. What came in under a waiver, or because a person
    accepted a broken rule, has not been found good.
    """
    row = conn.execute(
        """with mine as (
             select accept_no, contract_sha256 = %s and split_part(code_version, '+', 1) = split_part(%s, '+', 1)
                    and not exists (select from ops.check_result c where c.batch_id = b.batch_id and c.waiver_id is not null and c.outcome <> 'pass')
                    and not exists (select from ops.review r where r.batch_id = b.batch_id and r.accepted_rules <> '{}') as same
             from ops.batch b where dataset = %s and penerbit = %s and accept_no is not null)
           select min(accept_no) from mine where accept_no > coalesce((select max(accept_no) from mine where not same), 0)""",
        [contract_sha256, code_version, scope.dataset, scope.penerbit],
    ).fetchone()
    return row[0] if row else None
