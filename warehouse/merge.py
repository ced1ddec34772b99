"""Merge a judged staging table into the versions of its raw table, set by set.

A row that says the same stays as it is; a row that says something else ends the old version and begins a new one; a row that is
gone is ended only where `write` allows it (contract page, *write*). Order is the time of fetch: what an older fetch brings where a
newer one has spoken is kept as history and never seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from psycopg import Connection

from contracts.registry import Dataset
from warehouse.names import contract_columns, literal, quote
from warehouse.raw_tables import RAW_SYSTEM, extra_columns, typed_columns


@dataclass(frozen=True)
class Batch:
    """What the merge must know of a staged batch; `bad` is the table of row numbers set aside, if there is one."""

    dataset: Dataset
    dataset_id: int
    penerbit: str
    staged: str
    bad: str | None
    fetched_at: datetime


@dataclass(frozen=True)
class MergeCounts:
    accepted: int
    unchanged: int
    corrected: int
    closed: int


def merge(conn: Connection, batch: Batch, accept_no: int, *, closes: bool) -> MergeCounts:
    """Merge within the caller's transaction, which holds the lock of dataset and publisher.

    `closes` False keeps every key that the batch lacks (a shrunk batch, or a row set aside whose key cannot be read).
    """
    if not _has_open_rows(conn, batch):
        accepted = _insert(conn, batch, accept_no, f"from {batch.staged} s where {_good(batch)}", ended="null")
        return MergeCounts(accepted, 0, 0, 0)
    newer = _newer_periods(conn, batch)
    same = _set_same_aside(conn, batch)
    counts = _compare_rest(conn, batch, newer)
    closed = _close_absent(conn, batch, accept_no, newer) if closes else 0
    conn.execute(
        f"""update {table_of(batch)} r set _to_batch = {accept_no} from pg_temp.diff d
            where r.ctid = d.old and d.what in ('changed', 'surplus') and not d.history"""
    )
    rows = f"from {batch.staged} s join pg_temp.diff d using (_no) where d.what <> 'surplus'"
    _insert(conn, batch, accept_no, rows, ended=f"case when d.history then {accept_no} end")
    conn.execute("drop table pg_temp.diff, pg_temp.rest_s, pg_temp.rest_r")
    changed = counts.get("changed", 0)
    return MergeCounts(counts.get("new", 0) + changed, same, changed, closed + counts.get("surplus", 0))


def table_of(batch: Batch) -> str:
    """The raw table of a batch, quoted."""
    schema, table = batch.dataset.raw_table.split(".")
    return f"{schema}.{quote(table)}"


def _open(batch: Batch) -> str:
    return f"r._dataset_id = {batch.dataset_id} and r._penerbit = {literal(batch.penerbit)} and r._to_batch is null"


def _open_in_scope(batch: Batch) -> str:
    """The open rows a batch may touch: of `replace_period` those of its periods; a day need not read five years."""
    contract = batch.dataset.contract
    within = f"""{_open(batch)} and r._periode_mulai between (select min(_periode_mulai) from {batch.staged})
                 and (select max(_periode_mulai) from {batch.staged})"""
    if contract.write == "replace_period":
        return f"{within} and r._periode_mulai in (select distinct _periode_mulai from {batch.staged})"
    is_keyed_by_period = contract.period is not None and contract.period.column in contract.key
    return within if contract.write == "append" and is_keyed_by_period else _open(batch)


def _good(batch: Batch) -> str:
    return f"not exists (select from {batch.bad} q where q._no = s._no)" if batch.bad else "true"


def _has_open_rows(conn: Connection, batch: Batch) -> bool:
    return bool(_scalar(conn, f"select exists (select from {table_of(batch)} r where {_open(batch)})"))


def _scalar(conn: Connection, query: str) -> object:
    row = conn.execute(query).fetchone()
    return row[0] if row else None


def row_hash(dataset: Dataset) -> str:
    """SQL of the 64-bit hash of all that a staged row says (its typed columns and the status of its figure)."""
    columns = ", ".join(["s._status_angka", *(f"s.{quote(name)}" for name, _ in contract_columns(dataset))])
    return f"hash_record_extended(row({columns}), 0)"


def key_match(batch: Batch, left: str = "r", right: str = "s", *, right_is_raw: bool = False) -> str:
    """SQL that is true when raw row `left` and staged (or raw) row `right` have the same key."""
    own, types = dict(typed_columns(batch.dataset)), dict(contract_columns(batch.dataset))

    def raw(alias: str, name: str) -> str:
        return f"{alias}.{quote(name)}" if name in own else f"({alias}.tambahan ->> {literal(name)})::{types[name]}"

    pairs = ((raw(left, name), raw(right, name) if right_is_raw else f"{right}.{quote(name)}") for name in batch.dataset.contract.key)
    return " and ".join(f"{a} = {b}" for a, b in pairs)


def _newer_periods(conn: Connection, batch: Batch) -> str:
    """SQL that is true for a row `x` about which a newer fetch of this publisher has already spoken."""
    scope = f"b.dataset = {literal(batch.dataset.id)} and b.penerbit = {literal(batch.penerbit)} and b.state in ('accepted', 'held')"
    scope += f" and b.fetched_at > {literal(batch.fetched_at.isoformat())}"
    if not _scalar(conn, f"select exists (select from ops.batch b where {scope})"):
        return "false"
    if batch.dataset.contract.write == "snapshot":
        return "true"
    if batch.dataset.contract.write == "append":
        return f"r._fetched_at > {literal(batch.fetched_at.isoformat())}"
    periods = _scalar(conn, f"select range_agg(b.periods)::text from ops.batch b where {scope}")
    return f"{literal(str(periods))}::datemultirange @> daterange(x._periode_mulai, x._periode_akhir, '[]')"


def _set_same_aside(conn: Connection, batch: Batch) -> int:
    """Fill pg_temp.rest_s and rest_r with the staged and open rows that have no equal on the other side; return how many pairs are equal.

    Joined by one integer, the hash of the whole row, and held against key and period: nearly all rows of a daily batch end here.
    """
    conn.execute("create temp table rest_s (_no bigint) on commit drop")
    conn.execute("create temp table rest_r (old tid) on commit drop")
    own = dict(typed_columns(batch.dataset))
    keys = [name for name in batch.dataset.contract.key if name in own]
    equal = " and ".join(f"r.{name} is not distinct from s.{name}" for name in ["_periode_mulai", "_periode_akhir", *map(quote, keys)])
    found = _scalar(conn, f"""
        with s as (select s.*, {row_hash(batch.dataset)} as h from {batch.staged} s where {_good(batch)}),
        r as (select r.*, r.ctid as old from {table_of(batch)} r where {_open_in_scope(batch)}),
        j as materialized (select s._no, r.old from s full join r on r._row_hash = s.h and {equal}),
        rest_s as (insert into pg_temp.rest_s select _no from j where old is null),
        rest_r as (insert into pg_temp.rest_r select old from j where _no is null)
        select count(*) from j where _no is not null and old is not null""")  # fmt: skip
    conn.execute("analyze pg_temp.rest_s, pg_temp.rest_r")
    return int(str(found))


def _compare_rest(conn: Connection, batch: Batch, newer: str) -> dict[str, int]:
    """Fill pg_temp.diff with the rows that are new or changed; return how many are new, changed and surplus.

    A key that lost a column in the contract finds several open rows: the one that says the same stays, the others are `surplus` and end.
    """
    conn.execute("create temp table diff (_no bigint, old tid, what text, history boolean) on commit drop")
    history = newer.replace("x.", "s.")
    history_of_new = "false" if batch.dataset.contract.write == "append" else history
    return dict(conn.execute(f"""
        with met as materialized (
          select s._no, x.old, f._no is not null as is_fresh, coalesce({history}, false) as history,
                 row_number() over (partition by s._no order by x.old) as nth
          from pg_temp.rest_r x join {table_of(batch)} r on r.ctid = x.old join {batch.staged} s on {key_match(batch)}
          left join pg_temp.rest_s f on f._no = s._no where {_good(batch)}),
        d as materialized (
          select _no, old, case when is_fresh and nth = 1 then 'changed' else 'surplus' end as what, history from met
          union all
          select f._no, null, 'new', coalesce({history_of_new}, false) from pg_temp.rest_s f join {batch.staged} s using (_no)
          where not exists (select from met where met._no = f._no)),
        kept as (insert into pg_temp.diff select _no, old, what, history from d)
        select what, count(*) from d group by what""").fetchall())  # fmt: skip


def _close_absent(conn: Connection, batch: Batch, accept_no: int, newer: str) -> int:
    """End the open rows whose key the batch lacks, where `write` allows it; a key set aside counts as present."""
    write = batch.dataset.contract.write
    if write == "append":
        return 0
    covered = ""
    if write == "replace_period":
        covered = f"""and (select range_agg(daterange(m, a, '[]')) from (select distinct _periode_mulai m, _periode_akhir a from {batch.staged}) p)
                      @> daterange(r._periode_mulai, r._periode_akhir, '[]')"""
    return conn.execute(
        f"""update {table_of(batch)} r set _to_batch = {accept_no} from pg_temp.rest_r x
            where r.ctid = x.old and not coalesce({newer.replace("x.", "r.")}, false)
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
        values.append(f"(select jsonb_strip_nulls(to_jsonb(e)) from (select {extra}) e)" if extra else "null")
    return conn.execute(f"insert into {table_of(batch)} ({', '.join(columns)}) select {', '.join(values)} {source}").rowcount
