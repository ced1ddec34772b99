"""What the tests of DAGs share: a registry of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dags.parsing import empty_registry


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A registry with one pemda and no contract yet."""
    return empty_registry(tmp_path / "sources")
