"""Prevents a backup that nobody scheduled, and one that runs where no place for it is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dags.parsing import parse


def test_every_night_where_a_place_is_named_and_not_at_all_elsewhere(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "backup" not in parse(sources).dags
    monkeypatch.setenv("SATUDATA_BACKUP_URL", str(tmp_path))
    found = parse(sources)
    assert found.errors == {}
    assert found.dags["backup"]["tasks"] == {"backup": []}
    assert "0 4 * * *" in found.dags["backup"]["schedule"]
    assert found.heavy == []
