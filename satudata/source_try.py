"""*Perencanaan*: what a contract would do with its source, before anything is scheduled or written.

The trial is a load: same fetch, same parser, same rules, on a warehouse and in an archive that are thrown away afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
from psycopg import Connection
from psycopg.rows import dict_row

from contracts import clock
from contracts.dataset import Dataset, Request
from contracts.errors import ContentError, RowsRefused, SatudataError, UnknownPublisher
from contracts.registry import load_dataset
from expectations.verdict import CheckResult, History
from extractors.parse import Parsed, parse
from extractors.source_file import SourceFile
from satudata.requests import where_to_put
from warehouse.names import STAGE_SYSTEM
from warehouse.scratch import scratch_warehouse

MASKED = "(disamarkan)"


@dataclass(frozen=True)
class SetAside:
    """A row that would go to quarantine, and why."""

    lokasi: str
    rule_ids: tuple[str, ...]
    messages: tuple[str, ...]
    published: dict[str, str]
    """Column -> text of the cells that could not be read."""


@dataclass(frozen=True)
class TryResult:
    """What came of a trial."""

    dataset: str
    penerbit: str
    nilai: dict[str, str]
    files: tuple[str, ...] = ()
    state: str = "failed"
    """accepted | held | failed: what the batch would become; absent: an inbox into which nothing was delivered."""
    error_class: str | None = None
    message: str | None = None
    """Why it would not be accepted, in Indonesian."""
    read: int = 0
    fetched: int = 0
    accepted: int = 0
    quarantined: int = 0
    dropped: dict[str, int] = field(default_factory=dict)
    waiting: int = 0
    """Of the accepted rows, those that would wait for a code."""
    staged: int = 0
    """Rows that were judged, of which `rows` are the first."""
    rows: list[dict[str, Any]] = field(default_factory=list)
    """The first rows as they would be stored, those set aside included; `_lokasi`, then the contract's columns."""
    set_aside: list[SetAside] = field(default_factory=list)
    results: list[CheckResult] = field(default_factory=list)
    unknown_headers: tuple[str, ...] = ()


def try_source(
    id_or_path: str | Path, *, file: Path | None = None, penerbit: str | None = None, nilai: Mapping[str, str] | None = None,
    run_date: date | None = None, most_rows: int | None = 10,
) -> TryResult:  # fmt: skip
    """Fetch, parse and judge one batch of a dataset of the registry, or of a contract lying anywhere; nothing is kept.

    ``file``: take this file instead of the source's answer. ``penerbit``, ``nilai``: of the request to try, by default the last of a run.
    ``most_rows``: how many rows to bring back, None for all. A source that fails gives a result that says so.
    Raises: `UsageError` (unknown dataset, broken contract) and `WarehouseUnreachable`.
    """
    dataset = load_dataset(str(id_or_path))
    day = run_date or dataset.hari_ini()
    request = _request(dataset, day, penerbit, nilai)
    found = TryResult(dataset.id, request.penerbit, request.nilai)
    with scratch_warehouse():
        try:
            with _files(dataset, request, day, file) as files:
                if not files:
                    return replace(found, state="absent", message=where_to_put(dataset, request.penerbit))
                return _tried(dataset, request, day, files, replace(found, files=tuple(one.file_name for one in files)), most_rows)
        except SatudataError as error:
            if error.exit_code != 1:
                raise
            return replace(found, error_class=error.error_class, message=error.message)


def _request(dataset: Dataset, day: date, penerbit: str | None, nilai: Mapping[str, str] | None) -> Request:
    if penerbit is not None and penerbit not in dataset.publishers():
        raise UnknownPublisher(dataset.id, penerbit, dataset.publishers())
    last = [request for request in dataset.requests(day) if penerbit in (None, request.penerbit)][-1]
    return last if nilai is None else Request(last.penerbit, dict(nilai))


@contextmanager
def _files(dataset: Dataset, request: Request, day: date, file: Path | None) -> Iterator[list[SourceFile]]:
    """The files of the batch, in an archive that is deleted behind them. An inbox gives its latest delivery."""
    from extractors.archive import Archive
    from extractors.fetching import fetch
    from extractors.fetching.kept_pages import check_kept_pages

    if file is not None:
        given = [SourceFile(file, file.name, file.absolute().as_uri(), 0, clock.now())]
        check_kept_pages(dataset.contract.source, given)
        yield given
        return
    with TemporaryDirectory(prefix="satudata-coba-") as folder, ExitStack() as stack:
        archive = Archive(Path(folder).as_uri())
        fetched = fetch(dataset, request.penerbit, request.nilai, day, archive, {})
        if dataset.contract.source.kind == "inbox":
            fetched = fetched[-1:]
        yield [
            SourceFile(stack.enter_context(archive.local(one.sha256)), one.file_name or "", one.url, one.halaman, one.ended_at)
            for one in fetched
            if one.sha256 is not None
        ]


def _tried(dataset: Dataset, request: Request, day: date, files: list[SourceFile], found: TryResult, most_rows: int | None) -> TryResult:
    from satudata.session import warehouse
    from warehouse import raw_tables
    from warehouse.catalogue import register
    from warehouse.references import load_references
    from warehouse.stage import batch_number, fill

    parsed = parse(dataset, files, penerbit=request.penerbit, nilai=request.nilai)
    with warehouse() as conn, batch_number(conn) as number:
        load_references(conn)
        register(conn, dataset)
        raw_tables.ensure(conn, dataset)
        try:
            table = fill(conn, number, [(column.name, column.pg_type) for column in parsed.columns], parsed.chunks())
        except ContentError as error:
            return replace(_counted(found, parsed), error_class=error.error_class, message=error.message)
        except psycopg.DataError as error:
            refused = RowsRefused(dataset.id, str(error).splitlines()[0])
            return replace(_counted(found, parsed), error_class=refused.error_class, message=refused.message)
        return _judged(conn, dataset, table, parsed, day, found, most_rows)


def _judged(
    conn: Connection, dataset: Dataset, table: str, parsed: Parsed, day: date, found: TryResult, most_rows: int | None
) -> TryResult:
    from expectations.judge import judge
    from warehouse.codes import count_waiting

    verdict = judge(conn, dataset, table, parsed.report, History(penerbit=found.penerbit), day)
    return replace(
        _counted(found, parsed),
        state=verdict.state,
        error_class=verdict.error_class,
        message=verdict.message,
        accepted=0 if verdict.state == "failed" else parsed.report.staged - verdict.quarantined,
        quarantined=verdict.quarantined,
        waiting=0 if verdict.state == "failed" else count_waiting(conn, dataset, table),
        staged=parsed.report.staged,
        rows=_rows(conn, dataset, table, most_rows),
        set_aside=_set_aside(conn, dataset, table, most_rows) if verdict.quarantined else [],
        results=verdict.results,
    )


def _counted(found: TryResult, parsed: Parsed) -> TryResult:
    report = parsed.report
    dropped = {reason: rows for reason, rows in report.dropped.items() if rows}
    return replace(found, read=report.read, fetched=report.fetched, dropped=dropped, unknown_headers=report.unknown_headers)


def _rows(conn: Connection, dataset: Dataset, table: str, most: int | None) -> list[dict[str, Any]]:
    hidden = {name for name, _ in STAGE_SYSTEM} - {"_lokasi", "_status_angka", "_periode_mulai", "_periode_akhir"}
    with conn.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(f"select * from {table} order by _no limit %s".encode(), [most]).fetchall()
    return [_without_persons(dataset, {name: value for name, value in row.items() if name not in hidden}) for row in rows]


def _without_persons(dataset: Dataset, cells: Mapping[str, Any]) -> dict[str, Any]:
    """A trial is shown on a screen, and its output mailed: what the contract calls personal is masked, as it is everywhere else."""
    columns = dataset.contract.columns
    is_personal = {name for name in cells if name in columns and columns[name].pribadi}
    return {name: MASKED if name in is_personal and value is not None else value for name, value in cells.items()}


def _set_aside(conn: Connection, dataset: Dataset, table: str, most: int | None) -> list[SetAside]:
    query = f"""select b._lokasi, q.rule_ids, q.messages, coalesce(b._cacat, '{{}}')
                from {table.replace(".b_", ".q_")} q join {table} b using (_no) order by q._no limit %s"""
    rows = conn.execute(query.encode(), [most]).fetchall()
    return [
        SetAside(lokasi or "", tuple(ids), tuple(messages), _without_persons(dataset, published))
        for lokasi, ids, messages, published in rows
    ]
