"""Rows set aside that are judged again by today's contract: which they are, and the one transaction in which the good ones come in.

What comes in is a batch of its own that rests on the old fetches and has their time, so that a newer word stays the newer one; it closes
nobody's row. A row whose key a newer fetch has spoken of is kept as history and ends as `superseded`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from psycopg import Connection

from warehouse.conclude import add_results, add_validations
from warehouse.issues import close_emptied, open_unnamed
from warehouse.ledger import BatchRow, Scope, add_batch
from warehouse.merge import merge
from warehouse.row_ends import READABLE, same_key
from warehouse.stage import drop
from warehouse.staged_batch import Batch, scalar, table_of


@dataclass(frozen=True)
class Replayed:
    """What became of the open rows of one batch."""

    batch_id: int | None
    """The batch by which the good ones came in; None where none was good."""
    replayed: int
    superseded: int
    still_wrong: int
    not_found: int
    """Open rows that today's contract does not read any more."""


def batches_with_open_rows(
    conn: Connection, dataset: str, penerbit: str | None = None, batch_id: int | None = None
) -> list[tuple[int, str]]:
    """(batch, publisher) of the accepted batches of a dataset that have rows set aside, in the order of their fetches.

    What failed or is held is judged as a whole: by the next run, or by a reviewer.
    """
    return conn.execute(
        """select b.batch_id, b.penerbit from ops.batch b
           where b.dataset = %(dataset)s and b.state = 'accepted' and (%(penerbit)s::text is null or b.penerbit = %(penerbit)s)
           and (%(batch)s::bigint is null or b.batch_id = %(batch)s)
           and exists (select from ops.quarantined_row q where q.batch_id = b.batch_id and q.state = 'open')
           order by b.fetched_at, b.batch_id""",
        {"dataset": dataset, "penerbit": penerbit, "batch": batch_id},
    ).fetchall()


def held_of(conn: Connection, scope: Scope) -> int | None:
    """The oldest batch of this publisher that waits for a person."""
    row = conn.execute(
        "select min(batch_id) from ops.batch where dataset = %s and penerbit = %s and state = 'held'", [scope.dataset, scope.penerbit]
    ).fetchone()
    return row[0] if row else None


def undecided_with_open_rows(conn: Connection, dataset: str, penerbit: str | None, batch_id: int | None) -> list[tuple[int, str]]:
    """(batch, state) of the batches of a dataset that are no data (yet) and have rows set aside."""
    return conn.execute(
        """select b.batch_id, b.state from ops.batch b
           where b.dataset = %(dataset)s and b.state <> 'accepted' and (%(penerbit)s::text is null or b.penerbit = %(penerbit)s)
           and (%(batch)s::bigint is null or b.batch_id = %(batch)s)
           and exists (select from ops.quarantined_row q where q.batch_id = b.batch_id and q.state = 'open') order by b.batch_id""",
        {"dataset": dataset, "penerbit": penerbit, "batch": batch_id},
    ).fetchall()


def keep_open_rows(conn: Connection, batch: Batch, of: int) -> int:
    """Leave in the staging table only the rows that are open in quarantine of batch `of`; how many. `conn` is in autocommit.

    They are known by their place, or by their key where the contract has come to read the file otherwise. Fills pg_temp.kept (id, _no).
    """
    conn.execute("drop table if exists pg_temp.kept")
    conn.execute(
        f"""create temp table kept as
            with open as materialized (
              select quarantined_row_id as id, lokasi, key, {READABLE.format("q")} as is_readable
              from ops.quarantined_row q where batch_id = {of} and state = 'open'),
            placed as (select o.id, s._no from open o join {batch.staged} s on s._lokasi = o.lokasi)
            select id, _no from placed
            union
            select o.id, s._no from open o join {batch.staged} s on {same_key(batch)}
            where o.is_readable and not exists (select from placed p where p.id = o.id)"""
    )
    conn.execute(f"delete from {batch.staged} s where not exists (select from pg_temp.kept k where k._no = s._no)")
    conn.execute(f"analyze {batch.staged}")
    return int(str(scalar(conn, "select count(distinct _no) from pg_temp.kept")))


def conclude_replay(
    conn: Connection,
    scope: Scope,
    batch: Batch,
    row: BatchRow,
    fetch_ids: Sequence[int],
    results: Sequence[Mapping[str, Any]],
    validations: Sequence[Mapping[str, Any]],
    by: str,
    record: Callable[[Replayed, BatchRow], None],
) -> Replayed:
    """Merge the good rows, end what they were set aside as, and say of the others why they are wrong today. `record` writes the act, last."""
    of = row.replay_of
    with conn.transaction():
        good = int(str(scalar(conn, f"select count(*) from {batch.staged} s where {_good(batch)}")))
        if good:
            accept_no = row.accept_no or int(conn.execute("select ops.draw_accept_no()").fetchone()[0])  # type: ignore[index]
            counts = merge(conn, batch, accept_no, closes=False, is_unsaid_since=True)
            row = replace(row, accept_no=accept_no, accepted=counts.accepted, unchanged=counts.unchanged, corrected=counts.corrected)
            add_batch(conn, scope, row, fetch_ids, batch.staged)
            add_validations(conn, row, validations)
            add_results(conn, row, results)
        before = _rules_of_open(conn, of)
        states = _end_good(conn, batch, row, by) if good else []
        wrong = _say_why(conn, batch)
        now = _rules_of_open(conn, of)
        close_emptied(conn, scope, sorted(before), at=row.judged_at, batch_id=row.batch_id)
        open_unnamed(conn, scope, [one for one in results if one["rule_id"] in now], at=row.judged_at, batch_id=of, due=_due(conn, of))
        open_now = int(str(scalar(conn, f"select count(*) from ops.quarantined_row where batch_id = {of} and state = 'open'")))
        done = Replayed(row.batch_id if good else None, states.count("replayed"), states.count("superseded"), wrong, open_now - wrong)
        record(done, row)
        drop(conn, row.batch_id)
    return done


def _rules_of_open(conn: Connection, of: int | None) -> set[str]:
    """By which rules the open rows of a batch are set aside."""
    query = "select distinct unnest(rule_ids) from ops.quarantined_row where batch_id = %s and state = 'open'"
    return {rule_id for (rule_id,) in conn.execute(query, [of])}


def _due(conn: Connection, of: int | None) -> date | None:
    """Until when the first of the open rows of a batch is to be mended."""
    row = conn.execute("select min(due) from ops.quarantined_row where batch_id = %s and state = 'open'", [of]).fetchone()
    return row[0] if row else None


def _end_good(conn: Connection, batch: Batch, row: BatchRow, by: str) -> list[str]:
    """End the rows that are good today; the state of each."""
    rows = conn.execute(
        f"""update ops.quarantined_row q set ended_at = %(at)s, ended_batch_id = %(batch)s, by = %(by)s,
              state = case when s._no is null or exists (
                select from {table_of(batch)} r where r._dataset_id = {batch.dataset_id} and r._penerbit = %(penerbit)s
                and r._from_batch = %(no)s and r._to_batch = %(no)s and r._lokasi = s._lokasi) then 'superseded' else 'replayed' end
            from pg_temp.kept k left join {batch.staged} s on s._no = k._no
            where q.quarantined_row_id = k.id and q.state = 'open' and (s._no is null or {_good(batch)})
            returning q.state""",
        {"at": row.judged_at, "batch": row.batch_id, "by": by, "penerbit": batch.penerbit, "no": row.accept_no},
    ).fetchall()
    return [state for (state,) in rows]


def _say_why(conn: Connection, batch: Batch) -> int:
    """Of the rows that are wrong today, too: by which rules and why; how many."""
    if not batch.bad:
        return 0
    return conn.execute(
        f"""update ops.quarantined_row q set rule_ids = w.rule_ids, messages = w.messages from pg_temp.kept k join {batch.bad} w on w._no = k._no
            where q.quarantined_row_id = k.id and q.state = 'open'"""
    ).rowcount


def _good(batch: Batch) -> str:
    return f"not exists (select from {batch.bad} w where w._no = s._no)" if batch.bad else "true"
