"""Merge a judged staging table into the versions of its raw table, set by set.

A row that says the same stays as it is; a row that says something else ends the old version and begins a new one; a row that is
gone is ended only where `write` allows it (contract page, *write*). Order is the time of fetch: what an older fetch brings where a
newer one has spoken is kept as history and never seen.
"""

from __future__ import annotations

from dataclasses import dataclass

from psycopg import Connection

from warehouse.alike import set_alike_aside
from warehouse.names import contract_columns, literal, quote
from warehouse.raw_tables import RAW_SYSTEM, extra_columns, typed_columns
from warehouse.staged_batch import Batch, has_open_rows, key_match, row_hash, scalar, table_of


@dataclass(frozen=True)
class MergeCounts:
    accepted: int
    unchanged: int
    corrected: int
    closed: int


def merge(
    conn: Connection, batch: Batch, accept_no: int, *, closes: bool, pairs: int | None = None, is_unsaid_since: bool = False
) -> MergeCounts:
    """Merge within the caller's transaction, which holds the lock of dataset and publisher.

    `closes` False keeps every key that the batch lacks (a shrunk batch, or a row set aside whose key cannot be read). `pairs`: what
    `find_alike` has counted; None where the rows that say the same are still to be found. `is_unsaid_since`: no newer batch holds any key of
    this one, as is known of rows that stayed open in quarantine.
    """
    if not has_open_rows(conn, batch):
        accepted = _insert(conn, batch, accept_no, f"from {batch.staged} s where {_good(batch)}", ended="null")
        return MergeCounts(accepted, 0, 0, 0)
    newer = _newer_periods(conn, batch, is_unsaid_since)
    same = (set_alike_aside(conn, batch) if pairs is None else pairs) - _leave_out_the_bad(conn, batch)
    counts = _compare_rest(conn, batch, newer)
    closed = _close_absent(conn, batch, accept_no, newer) if closes else 0
    conn.execute(
        f"""update {table_of(batch)} r set _to_batch = {accept_no} from pg_temp.diff d
            where r.ctid = d.old and d.what in ('changed', 'surplus') and not d.history"""
    )
    rows = f"from {batch.news or batch.staged} s join pg_temp.diff d using (_no) where d.what <> 'surplus'"
    _insert(conn, batch, accept_no, rows, ended=f"case when d.history then {accept_no} end")
    conn.execute("drop table pg_temp.diff, pg_temp.rest")
    changed = counts.get("changed", 0)
    return MergeCounts(counts.get("new", 0) + changed, same, changed, closed + counts.get("surplus", 0))


def _good(batch: Batch) -> str:
    return f"not exists (select from {batch.bad} q where q._no = s._no)" if batch.bad else "true"


def _leave_out_the_bad(conn: Connection, batch: Batch) -> int:
    """Take the rows set aside out of pg_temp.rest; return how many of them equal an open row, which stays as it is."""
    if not batch.bad:
        return 0
    bad = int(str(scalar(conn, f"select count(*) from {batch.bad}")))
    return bad - conn.execute(f"delete from pg_temp.rest f using {batch.bad} q where q._no = f._no and f.old is null").rowcount


def _newer_periods(conn: Connection, batch: Batch, is_unsaid_since: bool) -> str:
    """SQL that is true for a row `x` about which a newer fetch of this publisher has already spoken.

    Of what is appended: the open row `r` is newer, or a newer batch was about its period and may have left it as it stands.
    """
    scope = f"b.dataset = {literal(batch.dataset.id)} and b.penerbit = {literal(batch.penerbit)} and b.state in ('accepted', 'held')"
    scope += f" and b.fetched_at > {literal(batch.fetched_at.isoformat())}"
    if not scalar(conn, f"select exists (select from ops.batch b where {scope})"):
        return "false"
    if batch.dataset.contract.write == "snapshot":
        return "true"
    periods = literal(str(scalar(conn, f"select range_agg(b.periods)::text from ops.batch b where {scope}")))
    covered = f"{periods}::datemultirange @> daterange(x._periode_mulai, x._periode_akhir, '[]')"
    if batch.dataset.contract.write != "append":
        return covered
    is_newer = f"r._fetched_at > {literal(batch.fetched_at.isoformat())}"
    return is_newer if is_unsaid_since else f"({is_newer} or x._periode_mulai is null or {covered})"


def _compare_rest(conn: Connection, batch: Batch, newer: str) -> dict[str, int]:
    """Fill pg_temp.diff with the rows that are new or changed; return how many are new, changed and surplus.

    A key that lost a column in the contract finds several open rows: the one that says the same stays, the others are `surplus` and end.
    """
    history = newer.replace("x.", "s.")
    history_of_new = "false" if batch.dataset.contract.write == "append" else history
    conn.execute(f"""create temp table diff on commit drop as
        with fresh as (select _no from pg_temp.rest where old is null),
        met as materialized (
          select s._no, x.old, f._no is not null as is_fresh, coalesce({history}, false) as history,
                 row_number() over (partition by s._no order by x.old) as nth
          from pg_temp.rest x join {table_of(batch)} r on r.ctid = x.old join {batch.staged} s on {key_match(batch)}
          left join fresh f on f._no = s._no where x._no is null and {_good(batch)})
        select _no, old, case when is_fresh and nth = 1 then 'changed' else 'surplus' end as what, history from met
        union all
        select f._no, null, 'new', coalesce({history_of_new}, false) from fresh f join {batch.news or batch.staged} s using (_no)
        where not exists (select from met where met._no = f._no)""")  # fmt: skip
    return dict(conn.execute("select what, count(*) from pg_temp.diff group by what").fetchall())


def _close_absent(conn: Connection, batch: Batch, accept_no: int, newer: str) -> int:
    """End the open rows whose key the batch lacks, where `write` allows it; a key set aside counts as present, a period only of such rows does not."""
    write = batch.dataset.contract.write
    if write == "append":
        return 0
    covered = ""
    if write == "replace_period":
        spoken_of = f"select distinct _periode_mulai m, _periode_akhir a from {batch.staged} s where {_good(batch)}"
        covered = f"""and (select range_agg(daterange(m, a, '[]')) from ({spoken_of}) p)
                      @> daterange(r._periode_mulai, r._periode_akhir, '[]')"""
    return conn.execute(
        f"""with x as materialized (select old from pg_temp.rest where _no is null except all select old from pg_temp.diff)
            update {table_of(batch)} r set _to_batch = {accept_no} from x where r.ctid = x.old and not coalesce({newer.replace("x.", "r.")}, false)
            {covered} and not exists (select from {batch.staged} s where {key_match(batch)})"""
    ).rowcount


def _insert(conn: Connection, batch: Batch, accept_no: int, source: str, *, ended: str) -> int:
    own, contract = typed_columns(batch.dataset), dict(contract_columns(batch.dataset))
    values = [
        str(batch.dataset_id), literal(batch.penerbit), str(accept_no), ended, row_hash(batch.dataset), "s._lokasi",
        f"{literal(batch.fetched_at.isoformat())}::timestamptz", "s._status_angka", "s._periode_mulai", "s._periode_akhir",
    ]  # fmt: skip
    values += [f"s.{quote(name)}::{pg_type}" if name in contract else f"null::{pg_type}" for name, pg_type in own]
    columns = [name for name, _ in RAW_SYSTEM] + [quote(name) for name, _ in own]
    if batch.dataset.concept is not None:
        columns.append("tambahan")
        extra = ", ".join(f"s.{quote(name)}" for name in extra_columns(batch.dataset))
        values.append(f"(select jsonb_strip_nulls(to_jsonb(e.*)) from (select {extra}) e)" if extra else "null")
    return conn.execute(f"insert into {table_of(batch)} ({', '.join(columns)}) select {', '.join(values)} {source}").rowcount
