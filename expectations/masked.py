"""What a result repeats of a source: not only cells, which are masked as they are told, but headers and places, which may hold a person's number as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from psycopg import Connection

from expectations.verdict import CheckResult
from warehouse.masks import masked_texts


def masked_results(conn: Connection, results: Sequence[CheckResult]) -> list[CheckResult]:
    """The same results without anybody's number or address in their sentences."""
    messages = masked_texts(conn, [result.message for result in results])
    observed = masked_texts(conn, [result.observed for result in results])
    return [replace(result, message=said, observed=seen) for result, said, seen in zip(results, messages, observed, strict=True)]
