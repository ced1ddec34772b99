"""*Pemeriksaan*: parse what was landed, stage it, judge it and conclude the batch. No server of an agency is touched.

Killed at any moment and run again it comes to the same end: until `conclude` commits there is no batch, only a staging table that the next
load drops.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, replace
from datetime import date, datetime
from functools import partial
from typing import Any

import psycopg
from psycopg import Connection

from contracts import clock
from contracts.errors import ContentError, ProgramFault, RowsRefused, SatudataError
from contracts.hand_over import metadata_gaps
from contracts.registry import Dataset, load_dataset
from contracts.secrets import masked_url
from extractors.parse import Parsed, parse
from extractors.report import ParseReport
from extractors.source_file import SourceFile
from satudata.file_end import ends_unlike_before
from satudata.findings.due import due_date
from satudata.findings.stopped import is_back
from satudata.journal.batches import Verdict, write_verdict
from satudata.review.pembina import review_needed
from satudata.session import archive, code_version, scope_of, warehouse
from warehouse import raw_tables
from warehouse.alike import find_alike
from warehouse.catalogue import register
from warehouse.codes import count_waiting
from warehouse.conclude import conclude, conclude_unread
from warehouse.fetch_order import moment_of
from warehouse.ledger import BatchRow, Scope, StoredFetch, accepted_counts, content_hash, stored_fetches, verdict_on
from warehouse.masks import masked_texts
from warehouse.metadata_gaps import write_gaps
from warehouse.opening import BEYOND_A_LIMIT
from warehouse.publisher_lock import publisher_lock
from warehouse.references import load_references
from warehouse.stage import batch_number, drop_orphans, fill
from warehouse.staged_batch import Batch
from warehouse.waivers import in_force


def load(request: Mapping[str, Any], fetch_ids: Sequence[int]) -> dict[str, Any]:
    """Judge one batch; `request` is what `extract` returned, `fetch_ids` one of its `loads`.

    Returns the row of `ops.batch` as a dict. A batch that cannot be data is returned with state `failed`, not raised: its verdict is written.
    Raises BrokenContract, WarehouseUnreachable.
    """
    dataset = load_dataset(request["contract"])
    scope = scope_of(dataset, request["penerbit"], dict(request["nilai"]))
    with warehouse() as conn, publisher_lock(conn, scope.dataset, scope.penerbit):
        drop_orphans(conn)
        load_references(conn)
        fetches = stored_fetches(conn, fetch_ids)
        if verdict := verdict_on(conn, fetch_ids):
            return verdict  # this very load was concluded by a task that was then killed
        day = date.fromisoformat(request["run_date"])
        is_back(conn, dataset, day)
        with batch_number(conn) as number:
            row = _verdictless(dataset, number, fetches, moment_of(conn, scope, fetches), day, in_force(conn, scope, day))
            return _plain(_judged(conn, dataset, scope, row, fetches, dict(request["nilai"]), day))


def _verdictless(
    dataset: Dataset, number: int, fetches: Sequence[StoredFetch], fetched_at: datetime, day: date, waived: Mapping[str, int]
) -> BatchRow:
    return BatchRow(
        batch_id=number, content_sha256=content_hash((f.halaman, f.sha256) for f in fetches), contract_sha256=dataset.sha256,
        code_version=code_version(waived.values()), state="failed", fetched_at=fetched_at, judged_at=clock.now(),
        due=due_date(dataset, day),
    )  # fmt: skip


def _judged(
    conn: Connection, dataset: Dataset, scope: Scope, row: BatchRow, fetches: Sequence[StoredFetch], nilai: dict[str, str], day: date
) -> BatchRow:
    parsed: Parsed | None = None
    try:
        dataset_id = register(conn, dataset)
        raw_tables.ensure(conn, dataset)
        if dataset.contract.item:
            write_gaps(conn, dataset.id, metadata_gaps(dataset), row.judged_at)
        with ExitStack() as stack:
            parsed = parse(dataset, [_source_file(stack, f) for f in fetches], penerbit=scope.penerbit, nilai=nilai)
            table = fill(conn, row.batch_id, [(c.name, c.pg_type) for c in parsed.columns], parsed.chunks())
        parsed.report.findings += ends_unlike_before(conn, scope, parsed.report.open_ends)
        return _concluded(conn, dataset, scope, _counted(row, parsed.report), fetches, table, parsed.report, dataset_id, day)
    except SatudataError as error:
        if error.exit_code != 1:
            raise
        return _unread(conn, dataset, scope, row, fetches, parsed.report if parsed else ParseReport(), error, day)
    except (psycopg.DataError, *BEYOND_A_LIMIT) as error:
        return _unread(conn, dataset, scope, row, fetches, ParseReport(), RowsRefused(dataset.id, str(error).splitlines()[0]), day)
    except psycopg.OperationalError:
        raise
    except Exception as error:
        return _unread(conn, dataset, scope, row, fetches, ParseReport(), ProgramFault.of(dataset.id, "memeriksa", error), day)


def _concluded(
    conn: Connection,
    dataset: Dataset,
    scope: Scope,
    row: BatchRow,
    fetches: Sequence[StoredFetch],
    table: str,
    report: ParseReport,
    dataset_id: int,
    day: date,
) -> BatchRow:
    from expectations.judge import History, judge  # Great Expectations is heavy: only a batch that is judged pays for it

    conn.execute("set default_statistics_target = 20")  # what follows is planned by how many rows there are, not by their values
    conn.execute(f"analyze {table}")
    counts = accepted_counts(conn, scope, dataset.contract.guards.of_last)
    batch = Batch(dataset, dataset_id, scope.penerbit, table, None, row.fetched_at)
    compare = partial(find_alike, conn, batch, scope, row.contract_sha256, row.code_version)
    verdict = judge(conn, dataset, table, report, History(counts, scope.penerbit, in_force(conn, scope, day)), day, compare)
    state, message = verdict.state, verdict.message
    if state == "accepted" and (needed := review_needed(dataset, is_first=not counts)):
        state, message = "held", needed
    alike = verdict.alike
    batch = replace(
        batch,
        bad=f"staging_load.q_{row.batch_id}" if verdict.quarantined else None,
        news=alike.news if alike else None,
        listed=f"staging_load.v_{row.batch_id}" if verdict.lists else None,
    )
    row = replace(
        row, state=state, quarantined=verdict.quarantined, dropped=dict(report.dropped), error_class=verdict.error_class, message=_named(fetches, message),
        waiting=0 if state == "failed" else count_waiting(conn, dataset, table),
    )  # fmt: skip
    ids, results = [f.fetch_id for f in fetches], [asdict(r) for r in verdict.results]
    found = Verdict(ids, results, day, verdict.closes, report.staged)
    return conclude(
        conn, scope, batch, row, ids, results, closes=verdict.closes, staged=report.staged, pairs=alike.pairs if alike else None,
        validations=[asdict(v) for v in verdict.validations],
        record=lambda row: write_verdict(conn, archive(), dataset, scope, found, row, batch),
    )  # fmt: skip


def _unread(
    conn: Connection,
    dataset: Dataset,
    scope: Scope,
    row: BatchRow,
    fetches: Sequence[StoredFetch],
    report: ParseReport,
    error: SatudataError,
    day: date,
) -> BatchRow:
    (said,) = masked_texts(conn, [error.message])
    row = replace(_counted(row, report), state="failed", error_class=error.error_class, message=_named(fetches, said))
    row = replace(row, rejected=row.fetched - sum(row.dropped.values()))
    result = {
        "dataset": scope.dataset, "penerbit": scope.penerbit, "rule_id": f"parse.{error.error_class}", "rule": "parse", "scope": "batch",
        "severity": "fail", "outcome": "fail" if isinstance(error, ContentError) else "error", "message": said, "source": "guard",
    }  # fmt: skip
    found = Verdict([f.fetch_id for f in fetches], [result], day)
    return conclude_unread(
        conn, scope, row, found.fetch_ids, [result], record=lambda row: write_verdict(conn, archive(), dataset, scope, found, row)
    )


def _named(fetches: Sequence[StoredFetch], message: str | None) -> str | None:
    """A sentence over a batch, led by its file where it does not name it: whoever is asked to mend it must know which one."""
    name = fetches[0].file_name or masked_url(fetches[0].url)
    return message if message is None or name in message else f"Berkas {name}: {message}"


def _counted(row: BatchRow, report: ParseReport) -> BatchRow:
    return replace(row, read=report.read, fetched=report.fetched, dropped=dict(report.dropped))


def _source_file(stack: ExitStack, stored: StoredFetch) -> SourceFile:
    path = stack.enter_context(archive().local(stored.sha256, stored.bytes))
    return SourceFile(path, stored.file_name or stored.url.rsplit("/", 1)[-1], stored.url, stored.halaman, stored.ended_at)


def _plain(row: BatchRow) -> dict[str, Any]:
    """The row as JSON can carry it between tasks."""
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in asdict(row).items()}
