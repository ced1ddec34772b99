"""Prevents figures that are accepted and never seen: the machine's clock was ahead once, and all that came once it was set right was taken for older."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from contracts import clock
from satudata.cli import satudata
from satudata.extract import extract
from satudata.load import load
from satudata.run import run
from tests.servers.file_site import FileSite

REPO = Path(__file__).parents[2]
CONTRACT = """
title: Uji jam
source: {{kind: file, url: "${{SITUS_UJI}}/data.csv"}}
columns: {{kode: {{from: kode, type: text}}, n: {{from: n, type: integer}}}}
period: {{value: "2025", grain: tahun}}
write: {write}
key: [kode]
"""


class World:
    """One dataset on one site; `rows` are its file from now on."""

    def __init__(self, database, site: FileSite) -> None:
        self.database, self.site = database, site

    def deliver(self, **rows: int) -> None:
        self.site.files["/data.csv"] = "".join(["kode,n\n", *(f"{kode},{n}\n" for kode, n in rows.items())]).encode()

    def run(self, **rows: int) -> None:
        self.deliver(**rows)
        (outcome,) = run(["uji.dinas.jam"])
        assert outcome.state == "accepted", outcome.message

    def figures(self) -> dict[str, int]:
        with self.database.connect() as conn:
            return dict(conn.execute("select kode, n from raw.uji__dinas__jam where _to_batch is null").fetchall())


@pytest.fixture
def world(request, database, tmp_path, monkeypatch):
    for part in ("concepts", "references"):
        shutil.copytree(REPO / "sources" / part, tmp_path / "sources" / part)
    contract = tmp_path / "sources" / "uji" / "dinas" / "jam.yml"
    contract.parent.mkdir(parents=True)
    contract.write_text(CONTRACT.format(write=getattr(request, "param", "snapshot")))
    monkeypatch.setenv("SATUDATA_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setenv("SATUDATA_ARCHIVE_URL", (tmp_path / "arsip").as_uri())
    monkeypatch.setenv("SATUDATA_HOST_DELAY", "0")
    with closing(FileSite({})) as site:
        monkeypatch.setenv("SITUS_UJI", site.url)
        yield World(database, site)


def ahead():
    """A clock that is two days ahead of what comes after it."""
    return clock.back_at(datetime.now(UTC) + timedelta(days=2))


@pytest.mark.parametrize("world", ["snapshot", "replace_period", "append"], indirect=True)
def test_what_comes_once_the_clock_is_set_right_counts(world):
    """Every write: what was fetched later is the newer word, though the clock says that it was fetched earlier."""
    with ahead():
        world.run(a=3)
    world.run(a=4)
    assert world.figures() == {"a": 4}
    world.run(a=5, b=1)
    assert world.figures() == {"a": 5, "b": 1}


def test_an_older_fetch_that_is_judged_late_stays_the_older_word(world):
    """Order among them is the order of the fetches, not that of the judging."""
    with ahead():
        world.run(a=3)
    world.deliver(a=4)
    found = extract("uji.dinas.jam")
    world.run(a=5)
    load(found, found["loads"][0])
    assert world.figures() == {"a": 5}


def test_status_says_that_the_clock_was_ahead(world):
    """Whoever keeps the machine is told, with what to do; where the clock is in order nobody hears of it."""
    world.run(a=3)
    assert "jam mesin" not in CliRunner().invoke(satudata, ["status"]).output
    with ahead():
        world.run(a=4)
    said = " ".join(CliRunner().invoke(satudata, ["status"]).output.split())
    assert "Pengambilan uji.dinas.jam tercatat pada" in said
    assert "timedatectl status" in said
