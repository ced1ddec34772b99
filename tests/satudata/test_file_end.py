"""Prevents a file that broke off on its way from closing what it lacks, and from publishing the first half of its last figure."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from satudata.run import run
from tests.conftest import Database

REPO = Path(__file__).parents[2]
CONTRACT = """
title: Penduduk
source: {kind: file, url: isi.csv}
columns:
  kode: {from: kode, type: text}
  n: {from: n, type: integer, required: true}
  sumber: {from: sumber, type: text}
write: snapshot
key: [kode]
"""
WHOLE = "kode,sumber,n\n" + "".join(f"k{number},Dinas,{1000 + number}\n" for number in range(10))


@pytest.fixture
def deliver(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """Hands in a file; what became of it, and the figure of its last row as readers of raw see it."""
    for part in ("concepts", "references"):
        shutil.copytree(REPO / "sources" / part, tmp_path / "sources" / part)
    folder = tmp_path / "sources" / "uji" / "dinas"
    folder.mkdir(parents=True)
    (folder / "isi.yml").write_text(CONTRACT)
    monkeypatch.setenv("SATUDATA_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setenv("SATUDATA_ARCHIVE_URL", (tmp_path / "arsip").as_uri())

    def handed_in(text: str) -> Any:
        (folder / "isi.csv").write_text(text)
        (outcome,) = run(["uji.dinas.isi"])
        return outcome

    return handed_in


def open_rows(database: Database) -> int:
    with database.connect("owner") as conn:
        return conn.execute("select count(*) from raw.uji__dinas__isi where _to_batch is null").fetchone()[0]


def test_a_file_cut_between_two_cells_is_refused(deliver: Callable[[str], Any], database: Database) -> None:
    assert deliver(WHOLE).state == "accepted"
    outcome = deliver(WHOLE[: WHOLE.index("k7,Dinas") + 5])
    assert outcome.state == "failed"
    assert "Berkas isi.csv terputus" in outcome.message
    assert "Minta pengirim mengirim ulang" in outcome.message
    assert open_rows(database) == 10


def test_a_file_cut_in_its_last_cell_waits_for_a_person(deliver: Callable[[str], Any], database: Database) -> None:
    assert deliver(WHOLE).state == "accepted"
    outcome = deliver(WHOLE[: WHOLE.index("1009") + 2])
    assert outcome.state == "held"
    assert "mungkin terputus" in outcome.message
    assert "--terima declared.akhir_berkas" in outcome.message


def test_a_publisher_whose_files_never_end_is_left_alone(deliver: Callable[[str], Any]) -> None:
    assert deliver(WHOLE.rstrip("\n")).state == "accepted"
    assert deliver(WHOLE.replace("1003", "1033").rstrip("\n")).state == "accepted"
