"""Prevents waiting for ever for an Airflow that is no longer there."""

from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import ProgramEnded
from satudata.stack import runs


def test_who_waits_for_a_dag_is_told_that_airflow_has_ended(server: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert server.exists()
    monkeypatch.setattr(runs, "known_dags", lambda _: set())
    with pytest.raises(ProgramEnded, match="scheduler"):
        runs.wait_for_dags(["uji"], timeout_s=3)


def test_who_waits_for_the_end_of_a_run_is_told_too(server: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A demo whose scheduler was killed by the system for its memory showed the same picture until somebody ended it."""
    assert server.exists()
    monkeypatch.setattr(runs, "known_dags", lambda _: {"uji"})
    monkeypatch.setattr(runs, "_progress", lambda *_: runs.Progress(0, 1, {}))
    api = type("Api", (), {"trigger": lambda *_: None})()
    with pytest.raises(ProgramEnded, match="scheduler"):
        runs.play(api, ["uji"])
