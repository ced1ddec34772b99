"""Prevents a correction from being taken for a file seen before: what was put down last is what counts."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from satudata.run import run

REPO = Path(__file__).parents[2]
CONTRACT = """
title: Uji kotak masuk
for_each: ["a1"]
source: {kind: inbox}
columns: {kode: {from: kode, type: text}, n: {from: n, type: integer}}
period: {value: "2025", grain: tahun}
write: replace_period
key: [kode]
"""


def test_a_return_to_an_earlier_file_counts(database, tmp_path, monkeypatch):
    """1, then 2, then the bytes of 1 again under a new name: the figure is 1. The same file, seen again, is judged no second time."""
    for part in ("concepts", "references"):
        shutil.copytree(REPO / "sources" / part, tmp_path / "sources" / part)
    (tmp_path / "sources" / "uji" / "dinas").mkdir(parents=True)
    (tmp_path / "sources" / "uji" / "dinas" / "form.yml").write_text(CONTRACT)
    monkeypatch.setenv("SATUDATA_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setenv("SATUDATA_ARCHIVE_URL", (tmp_path / "arsip").as_uri())
    monkeypatch.setenv("SATUDATA_INBOX", str(tmp_path / "inbox"))
    folder = tmp_path / "inbox" / "uji.dinas.form" / "a1"
    folder.mkdir(parents=True)
    (empty,) = run(["uji.dinas.form"])
    assert (empty.state, empty.exit_code) == ("absent", 0)
    assert f"Belum ada berkas di {folder}." in (empty.message or "")  # whoever runs it for the first time has to know where the file goes
    seen = []
    for number, value in enumerate((1, 2, 1, None), start=1):
        if value is not None:
            (folder / f"{number}.csv").write_text(f"kode,n\nx,{value}\n")
            os.utime(folder / f"{number}.csv", (1_700_000_000 + number, 1_700_000_000 + number))
        (outcome,) = run(["uji.dinas.form"])
        with database.connect() as conn:
            seen.append((outcome.state, conn.execute("select n from raw.uji__dinas__form where _to_batch is null").fetchall()))
    assert seen == [("accepted", [(1,)]), ("accepted", [(2,)]), ("accepted", [(1,)]), ("unchanged", [(1,)])]
