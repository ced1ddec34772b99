"""The sample city as `make demo` leaves it, without Airflow: both days fetched, judged, acted on and published, once per session."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from samples.city import DAYS, serve, set_day
from tests.conftest import Database, new_database

REPO = Path(__file__).resolve().parents[2]
REFRESH = "PERBARUI_DOKUMEN"
"""Set to write what the pages should say instead of holding them to it; docs/mart/README.md names the command."""


@dataclass(frozen=True)
class Kota:
    """The warehouse of the city."""

    database: Database

    def ask(self, query: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Column names and rows, asked as a reader of `mart`; of `quality` and `ops`, as a reviewer."""
        with self.database.connect("steward" if re.search(r"\b(?:quality|ops)\.", query) else "bi_reader") as conn:
            found = conn.execute(query.encode())
            return [column.name for column in found.description or ()], found.fetchall()


@pytest.fixture(scope="session")
def kota(server: Path, _template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kota]:
    """Everything is asked for once; the tests only read."""
    folder = tmp_path_factory.mktemp("kota")
    city = serve(folder / "city")
    threading.Thread(target=city.serve_forever, daemon=True).start()
    with new_database(server) as database:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SATUDATA_DATABASE", database.name)
            patch.setenv("KOTA_CONTOH", f"http://127.0.0.1:{city.server_port}")
            patch.setenv("SATUDATA_INBOX", str(folder / "city" / "inbox"))
            patch.setenv("SATUDATA_ARCHIVE_URL", str(folder / "arsip"))
            patch.setenv("SATUDATA_HOST_DELAY", "0")
            for number, day in sorted(DAYS.items()):
                set_day(folder / "city", number)
                patch.setenv("SATUDATA_HARI_INI", day)
                _play(database, number, date.fromisoformat(day), folder)
        yield Kota(database)
    city.shutdown()


def _play(database: Database, number: int, day: date, folder: Path) -> None:
    from satudata.demo.acts import ACTS, play_acts
    from satudata.run import run
    from satudata.transform import transform

    run([], day)
    with database.connect("owner", autocommit=True) as conn:
        problems = [act for act in play_acts(conn, REPO / ACTS, number, day, folder / f"acts-{number}") if act.problem]
    assert problems == []
    transform(day)


@pytest.fixture
def refresh() -> bool:
    """Whether pages are written anew."""
    return bool(os.environ.get(REFRESH))
