"""A published warehouse and the address that `satudata db url` prints, for the programs people read it with."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.conform.conftest import PEMDA, Gudang
from tests.conform.registry import accept_first_batches, write_contracts
from tests.conftest import Database

REPO = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def published(session_database: Database, tmp_path_factory: pytest.TempPathFactory) -> Gudang:
    """Every mart with rows in it, published once for all tests of this folder, which only read."""
    from satudata.transform import transform

    sources = tmp_path_factory.mktemp("bi") / "sources"
    for folder, (kode, nama) in PEMDA.items():
        (sources / folder).mkdir(parents=True)
        (sources / folder / "pemda.yml").write_text(f'kode: "{kode}"\nnama: {nama}\n')
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SATUDATA_SOURCES", str(sources))
        patch.setenv("SATUDATA_DATABASE", session_database.name)
        gudang = Gudang(session_database, sources)
        write_contracts(gudang)
        accept_first_batches(gudang)
        assert not transform(date(2026, 6, 2))["skipped"]
    return gudang


@pytest.fixture(scope="session")
def address(published: Gudang) -> str:
    """What a person copies from the terminal into a BI tool."""
    words = [sys.executable, "-m", "satudata", "db", "url"]
    environment = os.environ | {"SATUDATA_DATABASE": published.database.name}
    return subprocess.run(words, cwd=REPO, env=environment, capture_output=True, text=True, check=True).stdout.strip()
