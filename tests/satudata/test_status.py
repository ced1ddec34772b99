"""Prevents a status that tells people one thing and programs another, or counts that do not add up."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from satudata.state_words import STATES
from tests.servers.file_site import FileSite

REPO = Path(__file__).parents[2]
CONTRACTS = {
    "baik": "a;1\nb;2\nc;x\n" + "".join(f"k{n};{n}\n" for n in range(60)),
    "kosong": "",
    "tetap": "a;1\n",
}


@pytest.fixture(scope="module")
def ran(module_database, tmp_path_factory):
    """Three sources: one with a wrong row, one empty, one asked twice; environment of the command."""
    tmp = tmp_path_factory.mktemp("status")
    site = FileSite({f"/{name}.csv": ("kode;nilai\n" + rows if rows else "").encode() for name, rows in CONTRACTS.items()})
    for part in ("concepts", "references"):
        shutil.copytree(REPO / "sources" / part, tmp / "sources" / part)
    for name in CONTRACTS:
        path = tmp / "sources" / "uji" / "dinas" / f"{name}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f'title: Uji {name}\nsource: {{kind: file, url: "{site.url}/{name}.csv"}}\nwrite: snapshot\nkey: [kode]\n'
            "columns:\n  kode: {from: kode, type: text}\n  nilai: {from: nilai, type: integer}\n"
        )
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "SATUDATA_SOURCES": tmp / "sources",
            "SATUDATA_ARCHIVE_URL": (tmp / "arsip").as_uri(),
            "SATUDATA_HOST_DELAY": 0,
        }.items():
            patch.setenv(name, str(value))
        assert command("run", "--all").returncode == 1
        assert command("run", "uji.dinas.tetap").returncode == 0
        yield module_database
    site.close()


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "satudata", *arguments], cwd=REPO, capture_output=True, text=True)


@pytest.fixture(scope="module")
def told(ran):
    return json.loads(command("status", "--json").stdout)


def test_every_count_adds_up(told):
    """A row that is in no count, or in two, is a row somebody will miss."""
    for one in told["datasets"]:
        total = one["accepted"] + one["unchanged"] + one["quarantined"] + sum(one["dropped"].values()) + one["rejected"]
        assert one["fetched"] == total, one
    good = next(one for one in told["datasets"] if one["id"] == "uji.dinas.baik")
    assert (good["state"], good["read"], good["accepted"], good["quarantined"], good["error"]) == ("accepted", 63, 62, 1, None)


def test_a_failed_source_names_its_class_and_the_next_step(told):
    """The Diskominfo acts on this sentence."""
    empty = next(one for one in told["datasets"] if one["id"] == "uji.dinas.kosong")
    assert (empty["state"], empty["error"]["class"]) == ("failed", "EmptyFile")
    assert "kosong.csv" in empty["error"]["message"]


def test_the_display_tells_the_same(told):
    """Who reads the table and who reads the JSON must come to the same meeting with the same figures."""
    lines = command("status").stdout.splitlines()
    for one in told["datasets"]:
        cells = [cell.strip() for cell in next(line for line in lines if f" {one['id']} " in line).strip("│┃ ").split("│")]
        numbers = [one[name] for name in ("read", "fetched", "accepted", "unchanged", "quarantined")] + [sum(one["dropped"].values())]
        numbers += [one[name] for name in ("waiting", "closed", "rejected")]
        assert cells[:11] == [one["id"], STATES[one["state"]], *map(str, numbers)]
        assert cells[11][-4:] == " WIB" or one["last_success_at"] is None  # whose clock it is
    assert set(told) == {"as_of", "release", "datasets", "marts", "across", "behind", "notes"}


def test_it_can_be_narrowed_to_the_datasets_somebody_keeps(ran):
    """A hundred rows of others hide the three of one's own; a beginning that nobody has is no empty list."""
    told = json.loads(command("status", "uji.dinas.b", "uji.dinas.tetap", "--json").stdout)
    assert [one["id"] for one in told["datasets"]] == ["uji.dinas.baik", "uji.dinas.tetap"]
    shown = command("status", "uji.dinas.kosong").stdout
    assert "uji.dinas.kosong" in shown
    assert "uji.dinas.baik" not in shown
    assert ("tabel terbit" in shown, "tabel terbit" in command("status").stdout) == (False, True)
    unknown = command("status", "ujj")
    assert unknown.returncode == 2
    assert "ujj" in unknown.stderr


def test_the_reader_sees_only_mart(ran):
    """A BI tool must not reach raw rows, however it asks."""
    url = command("db", "url", "--role", "bi_reader").stdout.strip()
    with psycopg.connect(url, autocommit=True) as reader:
        for query in (
            "select * from raw.uji__dinas__baik",
            "select * from ops.batch",
            "create table mart.x (a int)",
            "select * from ops.quarantined_row",
        ):
            with pytest.raises(psycopg.Error, match=r"permission denied|read-only"):
                reader.execute(query)
        assert reader.execute("select has_schema_privilege('mart', 'usage')").fetchone() == (True,)
