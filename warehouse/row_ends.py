"""How rows set aside come to their end when a newer batch speaks: mended, set aside once more, or no longer there.

A row whose key the newer batch holds is `fixed`. One that was set aside again, or that the batch's scope covers and the batch lacks, is
`superseded`; what is set aside again keeps the day by which it was to be mended. A failed batch proves nothing: it replaces only what
another failed one had set aside. Order is the time of fetch. Everything starts from the few open rows; without one nothing is read.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from psycopg import Connection

from warehouse.ledger import BatchRow, Scope
from warehouse.names import contract_columns, literal, quote
from warehouse.staged_batch import Batch

READABLE = "(select bool_and(value <> 'null') from jsonb_each({0}.key))"
TEXT_OF = {"text": "s.{0}", "numeric": "s.{0}", "timestamptz": "to_jsonb(s.{0}) #>> '{{}}'"}
"""SQL of a staged key column as it is compared with the key kept of a row; every other type as its text."""
KEPT = {"numeric": "case when jsonb_typeof(o.key -> {0}) = 'number' then (o.key -> {0})::numeric end"}


def end_rows(conn: Connection, batch: Batch, scope: Scope, row: BatchRow, *, closes: bool) -> int:
    """End the rows of earlier batches that this one speaks of; return how many.

    Within the transaction that concludes it, once the batch and the rows it sets aside are written. `closes`: may keys that the batch lacks
    be taken for gone (`expectations.verdict.Verdict.closes`)?
    """
    _open_again(conn, scope)
    if not _find_open(conn, scope, row):
        return 0
    _find_here(conn, batch)
    again = _set_aside_again(conn, row)
    if row.state == "failed":
        return again
    fixed = _end(conn, row, "fixed", "q.quarantined_row_id in (select id from pg_temp.here where _no is not null)")
    gone = _gone(batch) if closes else None
    return again + fixed + (_end(conn, row, "superseded", gone) if gone else 0)


def superseded_at_birth(conn: Connection, batch: Batch, scope: Scope, row: BatchRow) -> int:
    """End the rows that an older fetch, judged late, has set aside where a newer fetch has spoken already; return how many."""
    if batch.dataset.contract.write == "append" or row.state == "failed":
        return 0
    covered = "" if batch.dataset.contract.write == "snapshot" else " and n.periods @> daterange(q.periode_mulai, q.periode_akhir, '[]')"
    return conn.execute(
        f"""update ops.quarantined_row q set state = 'superseded', ended_at = %(at)s, ended_batch_id = n.batch_id from ops.batch n
            where q.batch_id = %(batch)s and q.state = 'open' and n.dataset = %(dataset)s and n.penerbit = %(penerbit)s
            and n.state in ('accepted', 'held') and n.fetched_at > %(fetched)s and n.replay_of is null {covered}""",
        {"at": row.judged_at, "batch": row.batch_id, "fetched": row.fetched_at, "dataset": scope.dataset, "penerbit": scope.penerbit},
    ).rowcount


def rejected_before(conn: Connection, scope: Scope, row: BatchRow) -> dict[str, int]:
    """Reject what a person has rejected before and what came again as it was, by that decision and without a new day; rows by rule.

    Another figure in the row, or another rule that it breaks, is news that nobody has decided about.
    """
    found = conn.execute(
        """with before as materialized (
             select distinct on (o.key, o.raw) o.key, o.raw, o.rule_ids, o.by, o.reason, o.due, o.batch_id
             from ops.batch b join ops.quarantined_row o using (batch_id)
             where b.dataset = %(dataset)s and b.penerbit = %(penerbit)s and o.state = 'rejected' and o.batch_id <> %(batch)s
             order by o.key, o.raw, o.quarantined_row_id)
           update ops.quarantined_row q set state = 'rejected', ended_at = %(at)s, by = o.by, due = o.due,
             reason = case when o.reason like %(said)s then o.reason
                      else o.reason || ' (ditolak pada batch ' || o.batch_id || ', datang lagi tanpa perubahan)' end
           from before o
           where q.batch_id = %(batch)s and q.state = 'open' and q.key is not distinct from o.key and q.raw = o.raw and q.rule_ids <@ o.rule_ids
           returning q.rule_ids""",
        {
            "dataset": scope.dataset,
            "penerbit": scope.penerbit,
            "batch": row.batch_id,
            "at": row.judged_at,
            "said": "%datang lagi tanpa perubahan)",
        },
    ).fetchall()
    return dict(Counter(rule_id for (rule_ids,) in found for rule_id in rule_ids))


def end_twins(conn: Connection, batch_id: int, at: datetime) -> int:
    """End the rows of a batch that is no data (failed, or returned) where the same row stands open of a batch that is; how many."""
    return conn.execute(
        f"""update ops.quarantined_row q set state = 'superseded', ended_at = %s, ended_batch_id = o.batch_id
            from ops.batch b, ops.batch ob join ops.quarantined_row o using (batch_id)
            where q.batch_id = %s and b.batch_id = q.batch_id and q.state = 'open' and o.state = 'open'
            and ob.dataset = b.dataset and ob.penerbit = b.penerbit and ob.state in ('accepted', 'held') and q.rule_ids && o.rule_ids
            and case when {READABLE.format("q")} then q.key = o.key else q.raw = o.raw or q.lokasi = o.lokasi end""",
        [at, batch_id],
    ).rowcount


def _open_again(conn: Connection, scope: Scope) -> None:
    """What was ended by a batch that has since been returned or taken back was not ended."""
    conn.execute(
        """update ops.quarantined_row q set state = 'open', ended_at = null, ended_batch_id = null from ops.batch e
           where e.dataset = %s and e.penerbit = %s and e.state in ('returned', 'superseded') and q.ended_batch_id = e.batch_id
           and q.state in ('fixed', 'superseded')""",
        [scope.dataset, scope.penerbit],
    )


def reopen(conn: Connection, batch_id: int) -> int:
    """Open the rows that this batch had ended, because it is returned; how many."""
    return conn.execute(
        """update ops.quarantined_row set state = 'open', ended_at = null, ended_batch_id = null
           where ended_batch_id = %s and state in ('fixed', 'superseded')""",
        [batch_id],
    ).rowcount


def _find_open(conn: Connection, scope: Scope, row: BatchRow) -> bool:
    """Fill pg_temp.open_rows with what is open of earlier fetches of this publisher; is there any?"""
    conn.execute("drop table if exists pg_temp.open_rows, pg_temp.here, pg_temp.again")
    of_failed = "and b.state = 'failed'" if row.state == "failed" else ""
    made = conn.execute(
        f"""create temp table open_rows on commit drop as
            select q.quarantined_row_id as id, q.batch_id, q.lokasi, q.key, q.raw, q.due, q.periode_mulai, q.periode_akhir, b.periods, b.nilai,
                   {READABLE.format("q")} as is_readable
            from ops.batch b join ops.quarantined_row q using (batch_id)
            where b.dataset = {literal(scope.dataset)} and b.penerbit = {literal(scope.penerbit)} and q.state = 'open'
            and b.batch_id <> {row.batch_id} and b.fetched_at <= {_moment(row.fetched_at)} {of_failed}"""
    ).rowcount
    if made:
        conn.execute("analyze pg_temp.open_rows")
    return made > 0


def _find_here(conn: Connection, batch: Batch) -> None:
    """Fill pg_temp.here (id, _no) with the open rows whose key the batch holds in a row that is good: one scan of the batch."""
    good = f"and not exists (select from {batch.bad} q where q._no = s._no)" if batch.bad else ""
    conn.execute(
        f"""create temp table here on commit drop as
            select o.id, s._no from pg_temp.open_rows o join {batch.staged} s on {same_key(batch)} where o.is_readable {good}"""
    )


def same_key(batch: Batch) -> str:
    """SQL: a staged row `s` has the key that is kept, as JSON, of a row `o`; never an error, whatever the key was of before."""
    types = dict(contract_columns(batch.dataset))
    pairs = []
    for name in batch.dataset.contract.key:
        kept = KEPT.get(types[name], "(o.key ->> {0})").format(literal(name))
        pairs.append(f"{TEXT_OF.get(types[name], 's.{0}::text').format(quote(name))} = {kept}")
    return " and ".join(pairs)


def _set_aside_again(conn: Connection, row: BatchRow) -> int:
    """Rows that this batch sets aside once more: by their key or, where that cannot be read, by their place or content."""
    conn.execute(
        f"""create temp table again on commit drop as
            with new as materialized (
              select quarantined_row_id as id, key, raw, lokasi, {READABLE.format("q")} as is_readable
              from ops.quarantined_row q where batch_id = {row.batch_id})
            select o.id as old, new.id as new, o.due from pg_temp.open_rows o join new on new.key = o.key where o.is_readable
            union
            select o.id, new.id, o.due from pg_temp.open_rows o join new on new.raw = o.raw where o.is_readable is not true and new.is_readable is not true
            union
            select o.id, new.id, o.due from pg_temp.open_rows o join new on new.lokasi = o.lokasi
            where o.is_readable is not true and new.is_readable is not true"""
    )
    conn.execute(
        """update ops.quarantined_row q set due = least(q.due, a.due) from (select new, min(due) as due from pg_temp.again group by new) a
           where q.quarantined_row_id = a.new"""
    )
    return _end(conn, row, "superseded", "q.quarantined_row_id in (select old from pg_temp.again)")


def _gone(batch: Batch) -> str | None:
    """SQL: true for an open row `o` that the batch would hold, were it still published."""
    write = batch.dataset.contract.write
    if write == "snapshot":
        return "true"
    whole = "(n.periods @> o.periods and (not isempty(o.periods) or n.nilai = o.nilai))"
    if write == "append":
        return f"o.is_readable is not true and {whole}"
    return f"case when o.periode_mulai is null then {whole} else n.periods @> daterange(o.periode_mulai, o.periode_akhir, '[]') end"


def _end(conn: Connection, row: BatchRow, state: str, which: str) -> int:
    return conn.execute(
        f"""update ops.quarantined_row q set state = %s, ended_at = %s, ended_batch_id = %s from pg_temp.open_rows o, ops.batch n
            where q.quarantined_row_id = o.id and n.batch_id = %s and q.state = 'open' and {which}""",
        [state, row.judged_at, row.batch_id, row.batch_id],
    ).rowcount


def _moment(moment: datetime) -> str:
    return f"{literal(moment.isoformat())}::timestamptz"
