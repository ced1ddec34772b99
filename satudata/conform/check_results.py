"""What dbt's tests found, in `ops.check_result` beside what every other check finds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from psycopg import Connection

from satudata.conform.build import BAD, Build, NodeResult

OUTCOMES = {"pass": "pass", "warn": "fail", "fail": "fail", "skipped": "skipped"}


def write_results(conn: Connection, done: Build, release_id: int | None, at: datetime, why: Mapping[str, list[str]] | None = None) -> None:
    """One row per test of a build, and per dataset where `why` (dataset -> failed tests) names some; `at` is the same for all of a transform.

    `release_id` is None where the build did not become a release.
    """
    rows = [
        (dataset, at, *_row(done, result, release_id))
        for result in done.results
        if result.is_test
        for dataset in _datasets(result.name, why or {})
    ]
    with conn.transaction(), conn.cursor() as cursor:
        cursor.executemany(
            """insert into ops.check_result (dataset, judged_at, release_id, rule_id, rule, scope, column_name, severity, outcome, failed, message, source)
               values (%s, %s, %s, %s, %s, 'lintas', %s, %s, %s, %s, %s, 'dbt')""",
            rows,
        )


def _datasets(test: str, why: Mapping[str, Sequence[str]]) -> list[str | None]:
    """The datasets a test blames; one row that names none where it blames nobody."""
    return [name for name, tests in why.items() if test in tests] or [None]


def _row(done: Build, result: NodeResult, release_id: int | None) -> tuple[object, ...]:
    node = done.manifest["nodes"].get(result.unique_id, {})
    kind = (node.get("test_metadata") or {}).get("name", "sql")
    severity = "warn" if node.get("config", {}).get("severity", "").lower() == "warn" else "fail"
    outcome = OUTCOMES.get(result.status, "error" if result.status in BAD else "skipped")
    return release_id, result.name, kind, node.get("column_name"), severity, outcome, result.failures, _sentence(result, outcome)


def _sentence(result: NodeResult, outcome: str) -> str | None:
    if outcome == "fail":
        return f"{result.failures} baris tidak lolos uji {result.name}."
    return f"Uji {result.name} tidak dapat dijalankan: {result.message}" if outcome == "error" else None


def failed_names(results: Iterable[NodeResult]) -> tuple[str, ...]:
    """Names of tests for an error sentence."""
    return tuple(sorted(result.name for result in results))
