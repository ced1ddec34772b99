"""What dbt's tests found, in `ops.check_result` beside what every other check finds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from psycopg import Connection

from satudata.conform.build import BAD, Build, NodeResult
from satudata.conform.failing import Failing

OUTCOMES = {"pass": "pass", "warn": "fail", "fail": "fail", "skipped": "skipped"}


def write_results(
    conn: Connection, done: Build, release_id: int | None, at: datetime, why: Mapping[str, Mapping[str, Failing]] | None = None
) -> None:
    """One row per test of a build, and per dataset where `why` (dataset -> failed test -> what it found) names some; `at` is the same for all of a transform.

    `release_id` is None where the build did not become a release.
    """
    rows = [
        (dataset, at, *_row(done, result, release_id, what))
        for result in done.results
        if result.is_test
        for dataset, what in _datasets(result.name, why or {})
    ]
    with conn.transaction(), conn.cursor() as cursor:
        cursor.executemany(
            """insert into ops.check_result (dataset, judged_at, release_id, rule_id, rule, scope, column_name, severity, outcome, failed, message, source)
               values (%s, %s, %s, %s, %s, 'lintas', %s, %s, %s, %s, %s, 'dbt')""",
            rows,
        )


def _datasets(test: str, why: Mapping[str, Mapping[str, Failing]]) -> list[tuple[str | None, Failing | None]]:
    """The datasets a test blames, and what it found there; one row that names none where it blames nobody."""
    return [(name, tests[test]) for name, tests in why.items() if test in tests] or [(None, None)]


def _row(done: Build, result: NodeResult, release_id: int | None, what: Failing | None) -> tuple[object, ...]:
    node = done.manifest["nodes"].get(result.unique_id, {})
    kind = (node.get("test_metadata") or {}).get("name", "sql")
    severity = "warn" if node.get("config", {}).get("severity", "").lower() == "warn" else "fail"
    outcome = OUTCOMES.get(result.status, "error" if result.status in BAD else "skipped")
    failed, said = (what.rows, what.sentence) if what else (result.failures, _sentence(result, outcome))
    return release_id, result.name, kind, node.get("column_name"), severity, outcome, failed, said


def _sentence(result: NodeResult, outcome: str) -> str | None:
    if outcome == "fail":
        return f"{result.failures} baris tidak lolos uji {result.name}."
    return f"Uji {result.name} tidak dapat dijalankan: {result.message}" if outcome == "error" else None


def failed_names(results: Iterable[NodeResult]) -> tuple[str, ...]:
    """Names of tests for an error sentence."""
    return tuple(sorted(result.name for result in results))
