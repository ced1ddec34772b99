"""Which failures Airflow tries again: only those that may be gone in a few minutes. A contract or a file is as wrong then as now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from airflow.sdk.exceptions import AirflowFailException

from contracts.errors import (
    ArchiveUnreachable,
    FetchTimeout,
    HostUnreachable,
    HttpStatusError,
    NoticesUnsent,
    ReadersInTheWay,
    SatudataError,
    StillBeingWritten,
    TruncatedDownload,
    WarehouseUnreachable,
)

PASSING = (
    FetchTimeout,
    HostUnreachable,
    StillBeingWritten,
    TruncatedDownload,
    WarehouseUnreachable,
    ArchiveUnreachable,
    ReadersInTheWay,
    NoticesUnsent,
)
TOO_MANY_REQUESTS, SERVER_ERROR = 429, 500


@contextmanager
def told_to_airflow() -> Iterator[None]:
    """Let passing failures, and those nobody foresaw, be tried again; end the task at once with the others."""
    try:
        yield
    except SatudataError as error:
        if may_pass(error):
            raise
        raise AirflowFailException(f"{error.error_class}: {error.message}") from error


def may_pass(error: SatudataError) -> bool:
    """Whether trying again in a few minutes may help."""
    if isinstance(error, HttpStatusError):
        return error.status == TOO_MANY_REQUESTS or error.status >= SERVER_ERROR
    return isinstance(error, PASSING)
