"""Prevents tasks that are tried again for nothing, or given up for a hiccup: each failure of the catalogue falls on one side, by name."""

from __future__ import annotations

import os
from dataclasses import fields

import pytest

os.environ.setdefault("AIRFLOW_HOME", "/nonexistent")  # nothing of a real installation is read

import contracts.errors as catalogue
from contracts.errors import HttpStatusError, SatudataError

WORTH_ANOTHER_TRY = {
    "ArchiveUnreachable",
    "FetchTimeout",
    "HostUnreachable",
    "NoticesUnsent",
    "ReadersInTheWay",
    "RebuildUnfinished",
    "StillBeingWritten",
    "TruncatedDownload",
    "WarehouseUnreachable",
}
KINDS = [
    kind
    for name in catalogue.__all__
    if isinstance(kind := getattr(catalogue, name), type)
    and issubclass(kind, SatudataError)
    and kind.sentence
    and kind is not HttpStatusError
]


def raised(error: Exception) -> Exception:
    """What Airflow is told of an error in a task."""
    from dags.tasks.failures import told_to_airflow

    with pytest.raises(Exception) as caught, told_to_airflow():  # noqa: PT011 - which one is what is asked
        raise error
    return caught.value


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_only_what_may_pass_is_tried_again(kind: type[SatudataError]) -> None:
    from airflow.sdk.exceptions import AirflowFailException

    error = kind(*(None for _ in fields(kind)))
    told = raised(error)
    assert (told is error) == (kind.__name__ in WORTH_ANOTHER_TRY)
    if told is not error:
        assert isinstance(told, AirflowFailException)
        assert str(told).startswith(f"{kind.__name__}: ")


@pytest.mark.parametrize(("status", "again"), [(404, False), (403, False), (429, True), (500, True), (503, True)])
def test_a_server_that_is_down_is_asked_again_and_a_missing_page_is_not(status: int, again: bool) -> None:
    error = HttpStatusError("http://situs.test/a.csv", status)
    assert (raised(error) is error) == again


def test_what_nobody_foresaw_is_tried_again() -> None:
    error = ConnectionResetError("peer")
    assert raised(error) is error
