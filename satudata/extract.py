"""*Pengumpulan*: land the bytes of one source in the archive and say whether there is anything to judge.

Bytes first, judgement later: after this step everything runs without the agency's server. The answer is plain JSON, because in Airflow it
travels from one task to the next.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import psycopg
from psycopg import Connection

from contracts import clock
from contracts.errors import ProgramFault, SatudataError
from contracts.registry import Dataset, load_dataset
from contracts.sealed import sealed
from extractors.archive import record_path
from extractors.fetching import Fetched, Previous, fetch
from satudata.session import archive, code_version, scope_of, warehouse
from warehouse.catalogue import introduce
from warehouse.deliveries import delivery_verdict, standing_since
from warehouse.ledger import (
    FetchRow,
    Scope,
    add_fetches,
    content_hash,
    last_files,
    last_verdict,
    latest_by_url,
    reserve_fetch_ids,
    stored_fetches,
)
from warehouse.waivers import in_force


def extract(
    dataset_id: str,
    penerbit: str = "",
    nilai: Mapping[str, str] | None = None,
    run_date: date | None = None,
    task: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Fetch one (dataset, publisher, value of `each`) and write `ops.fetch`.

    Returns {dataset, contract, penerbit, nilai, run_date, outcome new|unchanged|absent, loads: [[fetch_id, ...], ...], verdict}: each of `loads` is one
    batch to judge, empty where bytes, contract and code are those of the last verdict; `verdict` is then that verdict
    ({state, batch_id, error_class, message}), because a source that failed yesterday and has not changed fails today.
    Raises SatudataError after the failed fetch was written.
    """
    dataset = load_dataset(dataset_id)
    values = dict(nilai or {})
    scope, day = scope_of(dataset, penerbit, values), run_date or dataset.hari_ini()
    request = {"dataset": dataset.id, "contract": dataset_id, "penerbit": penerbit, "nilai": values, "run_date": day.isoformat()}
    with warehouse() as conn:
        started = clock.now()
        introduce(conn, dataset)
        try:
            fetched = _fetch(conn, dataset, scope, values, day)
        except psycopg.OperationalError:
            raise
        except Exception as unforeseen:
            error = unforeseen if isinstance(unforeseen, SatudataError) else ProgramFault.of(dataset.id, "mengambil", unforeseen)
            _record(conn, scope, [_failed(dataset, day, started, error)], task or {})
            raise error from unforeseen
        return request | _landed(conn, dataset, scope, day, fetched, task or {})


def _fetch(conn: Connection, dataset: Dataset, scope: Scope, values: dict[str, str], day: date) -> list[Fetched]:
    previous = {f.url: Previous(f.url, f.etag, f.last_modified, f.sha256) for f in latest_by_url(conn, scope)}

    def same_as(other: str, penerbit: str, nilai: Mapping[str, str]) -> list[Fetched]:
        return [Fetched(**row) for row in last_files(conn, Scope(other, penerbit, "|".join(nilai.values())))]

    return fetch(dataset, scope.penerbit, values, day, archive(), previous, same_as=same_as)


def _landed(conn: Connection, dataset: Dataset, scope: Scope, day: date, fetched: list[Fetched], task: Mapping[str, Any]) -> dict[str, Any]:
    if dataset.contract.source.kind == "inbox":
        fetched = _in_order(conn, scope, fetched)
    ids = _record(conn, scope, [FetchRow(run_date=day, **one.recorded()) for one in fetched], task)
    if all(one.outcome == "absent" for one in fetched):
        return {"outcome": "absent", "loads": [], "verdict": None}
    loads = [group for group in _batches(dataset, ids) if not _judged(conn, dataset, scope, group, day)]
    outcome = "new" if any(one.outcome == "new" for one in fetched) else "unchanged"
    return {"outcome": outcome, "loads": loads, "verdict": None if loads else last_verdict(conn, scope)}


def _in_order(conn: Connection, scope: Scope, fetched: list[Fetched]) -> list[Fetched]:
    """The deliveries of an inbox as they came: those seen before in the order of their first fetch, then the new ones as their times say.

    A copy may carry an older time than what it corrects; once it has been taken as the newer one it stays so, however often all are judged again.
    """
    since = standing_since(conn, scope)
    return sorted(fetched, key=lambda one: since.get((one.file_name or "", one.sha256 or ""), math.inf))


def _record(conn: Connection, scope: Scope, rows: list[FetchRow], task: Mapping[str, Any]) -> list[int]:
    """Write fetches to the archive, then to the ledger: a kill in between leaves a record without a row, which says nothing false."""
    ids = reserve_fetch_ids(conn, len(rows))
    for fetch_id, row in zip(ids, rows, strict=True):
        said = {"fetch_id": fetch_id, **asdict(scope), **asdict(row), **task}
        archive().put_json(record_path("fetch", row.run_date, fetch_id), sealed(said))
    add_fetches(conn, scope, dict(zip(ids, rows, strict=True)), task)
    return ids


def _batches(dataset: Dataset, ids: list[int]) -> list[list[int]]:
    """One batch for all pages of a source; one for each file of an inbox, which are deliveries of their own."""
    return [[one] for one in ids] if dataset.contract.source.kind == "inbox" else [ids]


def _judged(conn: Connection, dataset: Dataset, scope: Scope, fetch_ids: list[int], day: date) -> bool:
    """Does the last verdict stand on these very bytes, this contract, code and waivers? For an inbox: the last one on this delivery.

    A file of an inbox is compared with no other: a copy of an earlier one that comes after a third is a correction back and must be judged.
    """
    files = stored_fetches(conn, fetch_ids)
    is_delivery = dataset.contract.source.kind == "inbox"
    verdict = delivery_verdict(conn, scope, files[0]) if is_delivery else last_verdict(conn, scope)
    wanted = (content_hash((one.halaman, one.sha256) for one in files), dataset.sha256, code_version(in_force(conn, scope, day).values()))
    return verdict is not None and (verdict["content_sha256"], verdict["contract_sha256"], verdict["code_version"]) == wanted


def _failed(dataset: Dataset, day: date, started: datetime, error: SatudataError) -> FetchRow:
    return FetchRow(
        url=str(error.attributes.get("url") or dataset.contract.source.url or ""), run_date=day, started_at=started, ended_at=clock.now(),
        outcome="failed", http_status=error.attributes.get("status"), error_class=error.error_class, message=error.message,  # type: ignore[arg-type]
    )  # fmt: skip
