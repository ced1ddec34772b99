"""The ledger of fetches and batches: the only module that writes `ops.fetch` and `ops.batch`.

Whether a source is unchanged is answered here, and from the ledger alone: same bytes, same contract and same code as the last batch
that reached a verdict. A load that was killed has left no row, so its bytes are judged again, whatever the server answers now.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row, dict_row


@dataclass(frozen=True)
class Scope:
    """What one batch is of: a dataset, a publisher ('' alone) and the value of `each` ('' without)."""

    dataset: str
    penerbit: str = ""
    nilai: str = ""


@dataclass(frozen=True)
class FetchRow:
    """One request as `ops.fetch` keeps it."""

    url: str
    run_date: date
    started_at: datetime
    ended_at: datetime
    outcome: str
    file_name: str | None = None
    halaman: int = 1
    http_status: int | None = None
    sha256: str | None = None
    bytes: int | None = None
    sniffed_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    error_class: str | None = None
    message: str | None = None


@dataclass(frozen=True)
class StoredFetch:
    """A fetch that brought bytes, as a load needs it."""

    fetch_id: int
    url: str
    file_name: str | None
    halaman: int
    sha256: str
    bytes: int | None
    ended_at: datetime
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True)
class BatchRow:
    """One verdict as `ops.batch` keeps it."""

    batch_id: int
    content_sha256: str
    contract_sha256: str
    code_version: str
    state: str
    fetched_at: datetime
    judged_at: datetime
    read: int = 0
    fetched: int = 0
    accepted: int = 0
    unchanged: int = 0
    quarantined: int = 0
    dropped: Mapping[str, int] = field(default_factory=dict)
    waiting: int = 0
    closed: int = 0
    rejected: int = 0
    corrected: int = 0
    accept_no: int | None = None
    error_class: str | None = None
    message: str | None = None
    due: date | None = None
    """Until when whoever is responsible is to mend, or to decide about, what this verdict finds."""
    replay_of: int | None = None
    """The batch whose rows set aside were judged again; None for a batch that is all of its fetches."""


def content_hash(fetches: Iterable[tuple[int, str]]) -> str:
    """The identity of what a batch rests on: (page, sha256) in page order."""
    return hashlib.sha256("\n".join(f"{page}:{sha256}" for page, sha256 in sorted(fetches)).encode()).hexdigest()


def reserve_fetch_ids(conn: Connection, number: int) -> list[int]:
    """Numbers for fetches about to be written: their archive records are named by them and come first."""
    rows = conn.execute("select nextval(pg_get_serial_sequence('ops.fetch', 'fetch_id')) from generate_series(1, %s)", [number]).fetchall()
    return [int(row[0]) for row in rows]


def add_fetches(conn: Connection, scope: Scope, rows: Mapping[int, FetchRow], task: Mapping[str, Any]) -> None:
    """Write requests to `ops.fetch` by their numbers; `task` holds dag_id, run_id, map_index and try where Airflow runs us."""
    with conn.transaction():
        for fetch_id, row in rows.items():
            values = {
                "fetch_id": fetch_id,
                **asdict(scope),
                **{k: task.get(k) for k in ("dag_id", "run_id", "map_index", "try")},
                **asdict(row),
            }
            names, marks = ", ".join(values), ", ".join(f"%({name})s" for name in values)
            conn.execute(f"insert into ops.fetch ({names}) overriding system value values ({marks})", values)


def latest_by_url(conn: Connection, scope: Scope) -> list[StoredFetch]:
    """The newest fetch that has bytes, per url, of one scope: what a conditional request refers to."""
    with conn.cursor(row_factory=class_row(StoredFetch)) as cursor:
        return cursor.execute(
            """select distinct on (url, halaman) fetch_id, url, file_name, halaman, sha256, bytes, ended_at, etag, last_modified
               from ops.fetch where dataset = %s and penerbit = %s and nilai = %s and sha256 is not null and outcome <> 'failed'
               order by url, halaman, fetch_id desc""",
            [scope.dataset, scope.penerbit, scope.nilai],
        ).fetchall()


def last_files(conn: Connection, scope: Scope) -> list[dict[str, Any]]:
    """The files of the last fetch of a scope that brought bytes, page by page, with all that was known of them."""
    with conn.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(
            """with mine as (select * from ops.fetch where dataset = %s and penerbit = %s and nilai = %s and sha256 is not null)
               select url, file_name, halaman, http_status, outcome, sha256, bytes, sniffed_type, etag, last_modified, started_at, ended_at
               from mine where fetch_id >= (select max(fetch_id) from mine where halaman <= 1) order by fetch_id""",
            [scope.dataset, scope.penerbit, scope.nilai],
        ).fetchall()


def stored_fetches(conn: Connection, fetch_ids: Sequence[int]) -> list[StoredFetch]:
    """The fetches with these numbers, in page order."""
    with conn.cursor(row_factory=class_row(StoredFetch)) as cursor:
        return cursor.execute(
            """select fetch_id, url, file_name, halaman, sha256, bytes, ended_at, etag, last_modified
               from ops.fetch where fetch_id = any(%s) order by halaman, fetch_id""",
            [list(fetch_ids)],
        ).fetchall()


def last_accepted_fetch(conn: Connection, scope: Scope) -> StoredFetch | None:
    """The last file of the last accepted batch of a publisher; None before the first."""
    row = conn.execute(
        """select max(f.fetch_id) from ops.batch_fetch f where f.batch_id =
             (select max(batch_id) from ops.batch where dataset = %s and penerbit = %s and state = 'accepted' and replay_of is null)""",
        [scope.dataset, scope.penerbit],
    ).fetchone()
    return stored_fetches(conn, [row[0]])[0] if row and row[0] else None


def last_verdict(conn: Connection, scope: Scope) -> dict[str, Any] | None:
    """The last batch of a scope that reached a verdict: its columns by name, or None."""
    return _one(
        conn,
        """select batch_id, content_sha256, contract_sha256, code_version, state, error_class, message from ops.batch
           where dataset = %s and penerbit = %s and nilai = %s and replay_of is null order by batch_id desc limit 1""",
        [scope.dataset, scope.penerbit, scope.nilai],
    )


def verdict_on(conn: Connection, fetch_ids: Sequence[int]) -> dict[str, Any] | None:
    """The batch that rests on exactly these fetches, if it was concluded: state, counts, error, by name."""
    return _one(
        conn,
        """select batch_id, state, read, fetched, accepted, unchanged, quarantined, dropped, waiting, closed, rejected, error_class, message
           from ops.batch b where replay_of is null
           and (select array_agg(fetch_id order by fetch_id) from ops.batch_fetch f where f.batch_id = b.batch_id) = %s::bigint[]
           and batch_id in (select batch_id from ops.batch_fetch where fetch_id = any(%s::bigint[]))""",
        [sorted(fetch_ids), list(fetch_ids)],
    )


def _one(conn: Connection, query: str, values: Sequence[object]) -> dict[str, Any] | None:
    with conn.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(query, values).fetchone()


def accepted_counts(conn: Connection, scope: Scope, of_last: int) -> list[int]:
    """Candidate rows of the last accepted batches of a publisher, newest first: what a shrunken batch is measured by.

    Where a person has accepted a shrunken one, it is the new measure: what came before it no longer counts.
    """
    rows = conn.execute(
        """with mine as (select batch_id, accepted + unchanged as rows from ops.batch
                        where dataset = %s and penerbit = %s and state = 'accepted' and replay_of is null)
           select rows from mine
           where batch_id >= coalesce((select max(batch_id) from mine join ops.review r using (batch_id) where 'volume' = any(r.accepted_rules)), 0)
           order by batch_id desc limit %s""",
        [scope.dataset, scope.penerbit, of_last],
    ).fetchall()
    return [int(row[0]) for row in rows]


def add_batch(conn: Connection, scope: Scope, row: BatchRow, fetch_ids: Sequence[int], staged: str | None) -> None:
    """Write a verdict and the fetches it rests on; `staged` gives the periods it speaks of. Within the caller's transaction.

    A batch that has a verdict already is given this one instead.
    """
    values = {**asdict(scope), **asdict(row), "dropped": json.dumps(dict(row.dropped))}
    if staged:  # asked for by itself: an insert would not share the scan among workers
        (values["periods"],) = conn.execute(
            f"""select coalesce(range_agg(daterange(m, a, '[]')), '{{}}')::text from
                (select distinct _periode_mulai m, _periode_akhir a from {staged} where _periode_mulai is not null) p"""
        ).fetchone()  # type: ignore[misc]
    names, marks = ", ".join(values), ", ".join(f"%({name})s" for name in values)
    anew = ", ".join(f"{name} = excluded.{name}" for name in values)
    conn.execute(f"insert into ops.batch ({names}) values ({marks}) on conflict (batch_id) do update set {anew}", values)
    conn.execute(
        "insert into ops.batch_fetch select %s, fetch_id, halaman from ops.fetch where fetch_id = any(%s) on conflict do nothing",
        [row.batch_id, list(fetch_ids)],
    )


def loaded_datasets(conn: Connection) -> list[tuple[str, str]]:
    """(dataset, publisher) of whatever has rows in the raw tables, by their ids; whether a contract speaks of them is not asked."""
    return conn.execute("select distinct dataset, penerbit from ops.batch where state in ('accepted', 'held') order by 1, 2").fetchall()


def forget_verdict(conn: Connection, batch_id: int) -> None:
    """Before a failed batch is judged once more: take away what its rules found, which the new verdict finds again. Within its transaction."""
    conn.execute("delete from ops.check_result where batch_id = %s", [batch_id])
    conn.execute("delete from ops.quarantined_row where batch_id = %s", [batch_id])
    conn.execute("delete from ops.violating_row where batch_id = %s", [batch_id])
