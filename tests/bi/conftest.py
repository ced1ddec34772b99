"""A published warehouse and the address that `satudata db url` prints, for the programs people read it with."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.conform.conftest import PEMDA, Gudang
from tests.conform.registry import accept_first_batches, write_contracts
from tests.conftest import new_database

REPO = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def published(server: Path, _template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gudang]:
    """Every mart with rows in it, published once for all tests of this folder, which only read."""
    from satudata.transform import transform

    sources = tmp_path_factory.mktemp("bi") / "sources"
    for folder, (kode, nama) in PEMDA.items():
        (sources / folder).mkdir(parents=True)
        (sources / folder / "pemda.yml").write_text(f'kode: "{kode}"\nnama: {nama}\n')
    with new_database(server) as database:
        with pytest.MonkeyPatch.context() as patch:  # put back before the tests run: meanwhile others run on databases of their own
            patch.setenv("SATUDATA_SOURCES", str(sources))
            patch.setenv("SATUDATA_DATABASE", database.name)
            gudang = Gudang(database, sources)
            write_contracts(gudang)
            accept_first_batches(gudang)
            assert not transform(date(2026, 6, 2))["skipped"]
        yield gudang


@pytest.fixture(scope="session")
def address(published: Gudang) -> str:
    """What a person copies from the terminal into a BI tool."""
    words = [sys.executable, "-m", "satudata", "db", "url"]
    environment = os.environ | {"SATUDATA_DATABASE": published.database.name}
    return subprocess.run(words, cwd=REPO, env=environment, capture_output=True, text=True, check=True).stdout.strip()
