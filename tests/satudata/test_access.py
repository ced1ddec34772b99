"""Prevents figures from staying public after their contract was closed, only because the agency's site is silent."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from satudata.run import run
from satudata.transform import transform

REPO = Path(__file__).parents[2]
CONTRACT = """
title: Uji tertutup
source: {kind: file, url: isi.csv}
columns: {kode: {from: kode, type: text}, nama: {from: nama, type: text}, n: {from: n, type: integer}}
write: snapshot
key: [kode]
"""


def test_a_closed_dataset_leaves_mart_at_the_next_release(database, tmp_path, monkeypatch):
    """`akses` and `pribadi` take effect without a successful fetch."""
    for part in ("concepts", "references"):
        shutil.copytree(REPO / "sources" / part, tmp_path / "sources" / part)
    folder = tmp_path / "sources" / "uji" / "dinas"
    folder.mkdir(parents=True)
    (folder / "isi.csv").write_text("kode,nama,n\na,Budi,1\nb,Ani,2\n")
    contract = folder / "rahasia.yml"
    contract.write_text(CONTRACT)
    monkeypatch.setenv("SATUDATA_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setenv("SATUDATA_ARCHIVE_URL", (tmp_path / "arsip").as_uri())
    assert [outcome.state for outcome in run(["uji.dinas.rahasia"])] == ["accepted"]
    day = date(2026, 6, 1)
    transform(day)
    with database.connect("bi_reader") as reader:
        assert reader.execute("select kode, nama from mart.data_uji_dinas_rahasia order by 1").fetchall() == [("a", "Budi"), ("b", "Ani")]
    (folder / "isi.csv").unlink()
    contract.write_text(CONTRACT.replace("nama: {from: nama, type: text}", "nama: {from: nama, type: text, pribadi: nama}"))
    assert not transform(day)["skipped"]
    with database.connect("bi_reader") as reader:
        assert reader.execute("select kode, nama from mart.data_uji_dinas_rahasia order by 1").fetchall() == [("a", None), ("b", None)]
    contract.write_text(CONTRACT + "akses: tertutup\n")
    assert not transform(day)["skipped"]
    with database.connect("bi_reader") as reader:
        assert reader.execute("select count(*) from mart.data_uji_dinas_rahasia").fetchone() == (0,)
