"""Prevents an evening digest, one before the loads, or a mail server whose failure costs the score."""

from __future__ import annotations

from pathlib import Path

from tests.dags.parsing import parse


def test_the_morning_ends_with_scores_and_digests(sources: Path) -> None:
    found = parse(sources)
    assert found.errors == {}
    assert found.dags["digest"]["tasks"] == {"skor": [], "digest": []}
    assert "0 9 * * *" in found.dags["digest"]["schedule"]
    assert found.heavy == []
