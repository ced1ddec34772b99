"""Holds two warehouses against each other, row for row, and says what may differ after one was rebuilt from the archive of the other."""

from __future__ import annotations

from collections.abc import Mapping

import psycopg

SCHEMAS = ("ops", "raw", "mart", "mart_instansi")
NOT_COMPARED = {
    "ops.migration": "when each step ran",
    "ops.rebuild": "only the rebuilt one has it",
    "ops.validation_result": "what Great Expectations returned is kept for half a year only and is not in the journal",
    "ops.across": "fingerprint of the last judgement across datasets; without it everything is judged anew",
    "ops.reference_version": "when the lists were loaded",
    "ops.reference_item": "the lists in force when something was judged last",
    "ops.reference_form": "the same",
    "ops.holiday": "the same",
    "ops.reference_synonym": "the same",
    "ops.captured_key": "keys that changed in a candidate since the last release",
    "ops.release_row": "what releases did row by row is known from the first on that is made anew",
    "ops.candidate": "how the last build was made",
    "ops.candidate_seen": "the same",
    "ops.cut": "what the last transform read",
    "ops.cut_pin": "the same",
    "ops.cut_dataset": "the same",
    "ops.cut_column": "the same",
}
LEFT_OUT: Mapping[str, tuple[str, ...]] = {
    "ops.dataset": ("dataset_id",),  # every table that rests on a batch has it too; without one the number is lost
    "ops.check_result": ("check_result_id",),
    "ops.quarantined_row": ("quarantined_row_id",),
    "ops.issue": ("issue_id",),
    "ops.issue_event": ("issue_id", "issue_event_id"),
    "ops.review": ("review_id",),
    "ops.release": ("rows_cleared",),
    "ops.published_table": ("source_oid",),
}
"""Numbers that mean nothing outside of their table or database, and behind which release nobody can go back."""
EVERYWHERE = ("diperbarui_pada",)
"""The release that last changed a published row: only the releases that are built anew are known to have changed anything."""


def differences(one: str, other: str) -> list[str]:
    """What is in one of two databases only, a line each."""
    with psycopg.connect(one) as a, psycopg.connect(other) as b:
        tables = sorted(_tables(a) | _tables(b))
        return [line for table in tables if table not in NOT_COMPARED for line in _differing(a, b, table)]


def _tables(conn: psycopg.Connection) -> set[str]:
    rows = conn.execute("select schemaname || '.' || tablename from pg_tables where schemaname = any(%s)", [list(SCHEMAS)]).fetchall()
    return {row[0] for row in rows}


def _differing(a: psycopg.Connection, b: psycopg.Connection, table: str) -> list[str]:
    ours, theirs = (_rows(conn, table) for conn in (a, b))
    lines = [f"{table}: gone: {row}" for row in sorted(set(ours) - set(theirs))]
    lines += [f"{table}: new:  {row}" for row in sorted(set(theirs) - set(ours))]
    return lines or ([f"{table}: {len(ours)} rows, {len(theirs)} rows"] if len(ours) != len(theirs) else [])


def _rows(conn: psycopg.Connection, table: str) -> list[str]:
    if conn.execute("select to_regclass(%s)", [table]).fetchone() == (None,):
        return ["no such table"]
    left_out = [*LEFT_OUT.get(table, ()), *EVERYWHERE]
    key = (
        ", (select array[i.dataset, i.penerbit, i.rule_id] from ops.issue i where i.issue_id = t.issue_id)"
        if "issue_event" in table
        else ""
    )
    return [str(row) for row in conn.execute(f"select to_jsonb(t) - %s::text[] {key} from {table} t".encode(), [left_out]).fetchall()]
