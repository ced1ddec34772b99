"""The one transaction in which a batch becomes what it is: merged, held or failed, with everything that was found out about it.

Nothing of a batch is in the ledger before this commit and all of it afterwards, so a kill at any moment leaves either no batch or a whole one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from psycopg import Connection
from psycopg.types.json import Jsonb

from warehouse import issues, row_ends
from warehouse.ledger import BatchRow, Scope, add_batch
from warehouse.merge import merge
from warehouse.names import STAGE_SYSTEM, quote
from warehouse.pins import hold, supersede
from warehouse.stage import drop
from warehouse.staged_batch import Batch

RESULT_COLUMNS = (
    "dataset", "penerbit", "rule_id", "rule", "scope", "column_name", "severity", "outcome", "checked", "failed",
    "observed", "expected", "message", "source", "expectation_type", "validation_id", "waiver_id", "columns",
)  # fmt: skip

Record = Callable[[BatchRow], None]
"""Writes what the archive's journal keeps of a verdict, as the last step of its transaction."""


def _unrecorded(_: BatchRow) -> None:
    """Of a batch that rests on no archive."""


def conclude(
    conn: Connection,
    scope: Scope,
    batch: Batch,
    row: BatchRow,
    fetch_ids: Sequence[int],
    results: Sequence[Mapping[str, Any]],
    *,
    closes: bool,
    staged: int,
    pairs: int | None = None,
    validations: Sequence[Mapping[str, Any]] = (),
    record: Record = _unrecorded,
) -> BatchRow:
    """Write a judged batch for good and drop its staging tables.

    `row` holds the verdict and the counts of parsing; what comes back holds the counts of merging too. `staged` rows less the quarantined
    ones are merged where the state is accepted or held, and counted `rejected` where it is failed. `pairs`: see `warehouse.merge.merge`.
    `validations`: what Great Expectations returned (validation_id, table_name, result). An accept number that `row` brings is kept.
    """
    with conn.transaction():
        failed = row.state == "failed"
        row = replace(row, rejected=staged - row.quarantined) if failed else _merge(conn, batch, row, closes=closes, pairs=pairs)
        add_batch(conn, scope, row, fetch_ids, batch.staged)
        add_validations(conn, row, validations)
        add_results(conn, row, results)
        if batch.bad:
            _add_quarantined(conn, batch, row)
        if batch.listed:
            _add_listed(conn, batch, row)
        _follow(conn, scope, batch, row, results, closes=closes)
        record(row)
        drop(conn, row.batch_id)
    return row


def conclude_unread(
    conn: Connection,
    scope: Scope,
    row: BatchRow,
    fetch_ids: Sequence[int],
    results: Sequence[Mapping[str, Any]],
    record: Record = _unrecorded,
) -> BatchRow:
    """Write a batch whose bytes could not be read as rows: a failed verdict without rows."""
    with conn.transaction():
        add_batch(conn, scope, row, fetch_ids, None)
        add_results(conn, row, results)
        issues.open_broken(conn, scope, results, at=row.judged_at, batch_id=row.batch_id, due=row.due)
        record(row)
        drop(conn, row.batch_id)
    return row


def _follow(conn: Connection, scope: Scope, batch: Batch, row: BatchRow, results: Sequence[Mapping[str, Any]], *, closes: bool) -> None:
    """What this verdict means for the rows set aside before it and for the findings that stand."""
    row_ends.end_rows(conn, batch, scope, row, closes=closes)
    if batch.bad:
        results = _less(results, row_ends.rejected_before(conn, scope, row))
        row_ends.superseded_at_birth(conn, batch, scope, row)
        if row.state == "failed":
            row_ends.end_twins(conn, row.batch_id, row.judged_at)
    issues.open_broken(conn, scope, results, at=row.judged_at, batch_id=row.batch_id, due=row.due)
    issues.close_read(conn, scope, at=row.judged_at, batch_id=row.batch_id)
    if row.state == "accepted":
        whole = batch.dataset.contract.write == "snapshot"
        issues.close_mended(conn, scope, results, at=row.judged_at, batch_id=row.batch_id)
        issues.close_replaced(conn, scope, at=row.judged_at, batch_id=row.batch_id, whole=whole)
    else:
        issues.close_outdone(conn, scope, results, at=row.judged_at, batch_id=row.batch_id, state=row.state)


def _less(results: Sequence[Mapping[str, Any]], decided: Mapping[str, int]) -> list[Mapping[str, Any]]:
    """The results as findings: a rule that only rows break about which a person has decided already is none."""
    return [
        {**one, "outcome": "pass"}
        if one["severity"] == "quarantine" and 0 < (one.get("failed") or 0) <= decided.get(one["rule_id"], 0)
        else one
        for one in results
    ]


def _merge(conn: Connection, batch: Batch, row: BatchRow, *, closes: bool, pairs: int | None) -> BatchRow:
    accept_no = row.accept_no or int(conn.execute("select ops.draw_accept_no()").fetchone()[0])  # type: ignore[index]
    if row.state == "accepted":
        supersede(conn, batch)
    counts = merge(conn, batch, accept_no, closes=closes, pairs=pairs)
    if row.state == "held":
        hold(conn, batch, row.batch_id, accept_no, row.message or row.state, row.judged_at)
    return replace(
        row, accept_no=accept_no, accepted=counts.accepted, unchanged=counts.unchanged, corrected=counts.corrected, closed=counts.closed
    )


def add_results(conn: Connection, row: BatchRow, results: Sequence[Mapping[str, Any]]) -> None:
    """Write check results of a batch; keys of each are `RESULT_COLUMNS`."""
    names, marks = ", ".join(RESULT_COLUMNS), ", %s" * len(RESULT_COLUMNS)
    with conn.cursor() as cursor:
        cursor.executemany(
            f"insert into ops.check_result (batch_id, judged_at, {names}) values (%s, %s{marks})",
            [(row.batch_id, row.judged_at, *(result.get(name) for name in RESULT_COLUMNS)) for result in results],
        )


def add_validations(conn: Connection, row: BatchRow, validations: Sequence[Mapping[str, Any]]) -> None:
    """Write what Great Expectations returned for a batch: validation_id, table_name, result of each table."""
    with conn.cursor() as cursor:
        cursor.executemany(
            "insert into ops.validation_result (validation_id, batch_id, table_name, judged_at, result) values (%s, %s, %s, %s, %s)",
            [(one["validation_id"], row.batch_id, one["table_name"], row.judged_at, Jsonb(one["result"])) for one in validations],
        )


def _add_quarantined(conn: Connection, batch: Batch, row: BatchRow) -> None:
    conn.execute(f"analyze {batch.bad}")  # few rows among many: without statistics the large table would be hashed
    conn.execute(  # found by themselves: an insert would not share the scan among workers
        f"""create temp table set_aside on commit drop as
            select q._no, b._lokasi, b._periode_mulai, b._periode_akhir, {_key_and_cells(batch)}, q.rule_ids, q.messages
            from {batch.bad} q join {batch.staged} b using (_no)"""
    )
    conn.execute(
        f"""insert into ops.quarantined_row (batch_id, lokasi, key, raw, rule_ids, messages, periode_mulai, periode_akhir, due)
            select {row.batch_id}, _lokasi, key, raw, rule_ids, messages, _periode_mulai, _periode_akhir, %s::date from pg_temp.set_aside order by _no""",
        [row.due],
    )


def _add_listed(conn: Connection, batch: Batch, row: BatchRow) -> None:
    conn.execute(f"analyze {batch.listed}")
    conn.execute(
        f"""insert into ops.violating_row (batch_id, rule_id, nth, judged_at, lokasi, key, raw, message)
            select {row.batch_id}, v.rule_id, row_number() over (partition by v.rule_id order by v._no), %s, b._lokasi, {_key_and_cells(batch)}, v.message
            from {batch.listed} v join {batch.staged} b using (_no)""",
        [row.judged_at],
    )


def _key_and_cells(batch: Batch) -> str:
    """SQL over a staged row `b`: its key, and all it was published with."""
    key = ", ".join(f"b.{quote(name)}" for name in batch.dataset.contract.key)
    system = ", ".join(f"'{name}'" for name, _ in STAGE_SYSTEM)
    return (
        f"""(select to_jsonb(k.*) from (select {key}) k) as key, (to_jsonb(b.*) - array[{system}]) || coalesce(b._cacat, '{{}}') as raw"""
    )
