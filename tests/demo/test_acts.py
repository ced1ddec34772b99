"""Prevents the demo from saying that a person decided something when the command did not succeed, and from deciding it twice."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from satudata.demo.acts import NOBODY, play_acts
from satudata.run import run

REPO = Path(__file__).parents[2]
DAY = date(2026, 6, 1)
ADD = "waiver add uji.dinas.angka range.n --sampai 2026-06-30 --alasan uji"


@pytest.fixture
def acts(tmp_path, database, monkeypatch):
    """Plays commands as day 1 of a city; what was done is remembered in `done`."""
    monkeypatch.setenv("SATUDATA_ARCHIVE_URL", (tmp_path / "arsip").as_uri())
    folder = tmp_path / "sources" / "uji" / "dinas"
    folder.mkdir(parents=True)
    (folder / "angka.yml").write_text(
        "title: Uji\nsource: {kind: file, url: isi.csv}\ncolumns: {kode: {from: kode, type: text}, n: {from: n, type: integer, range: [0, 9]}}\n"
        "write: snapshot\nkey: [kode]\n"
    )
    (folder.parent / "pemda.yml").write_text('kode: "35.71"\nnama: Kota Uji\ntimezone: Asia/Jakarta\nwalidata: dinas\n')
    (folder.parent / "opd.yml").write_text("dinas: {nama: Dinas Uji}\n")
    (folder / "isi.csv").write_text("kode,n\na,1\n")
    for part in ("concepts", "references"):
        shutil.copytree(REPO / "sources" / part, tmp_path / "sources" / part)
    monkeypatch.setenv("SATUDATA_SOURCES", str(tmp_path / "sources"))
    assert [one.state for one in run(["uji.dinas.angka"])] == ["accepted"]

    def play(*commands: str, by: str | None = "Ani"):
        path = tmp_path / "acts.yml"
        who = {"by": by, "of": "uji.dinas.angka", "about": "uji|objek"} if by else {}
        path.write_text(yaml.safe_dump({1: [{**who, "command": command} for command in commands]}))
        with database.connect("owner", autocommit=True) as conn:
            return play_acts(conn, path, 1, DAY, tmp_path / "done")

    return play


def test_an_act_is_played_once_and_told(acts, database):
    """A day that was killed half-way and is played again does not repeat what people did."""
    (done,) = acts(ADD)
    assert (done.by, done.problem) == ("Ani", None), done
    assert done.command == "satudata " + ADD
    assert acts(ADD) == []
    with database.connect() as conn:
        assert conn.execute("select by, until from ops.waiver").fetchall() == [("Ani", date(2026, 6, 30))]


def test_what_a_schedule_does_is_played_without_a_name(acts, database):
    """A score that a person would have to sign could not be played; without scores the table of them stays empty."""
    (done,) = acts("score", by=None)
    assert (done.by, done.command, done.problem) == (NOBODY, "satudata score", None), done
    with database.connect() as conn:
        assert conn.execute("select distinct day from ops.opd_score").fetchall() == [(DAY,)]


def test_an_act_that_fails_is_told_and_ends_the_day(acts):
    """What comes after it rests on it."""
    failed = acts("review approve 999", ADD)
    assert len(failed) == 1
    assert failed[0].problem


def test_a_conflict_is_named_by_what_it_is_about(acts, database):
    """Its number depends on what else the city disagrees on; the ended one of the same object is not meant."""
    row = """insert into ops.conflict (objek, fakta, kode_objek, ukuran, kode_wilayah, grain, mulai, akhir, kode_rincian, status, state, opened_on,
                                       deadline_days, deadline_on, release_id)
             values (%s, 'indikator', 'x', '', '61.05', 'hari', '2026-06-01', '2026-06-01', '', 'ditahan', %s, '2026-06-01', 7, '2026-06-08', 1)"""
    with database.connect("owner") as conn:
        for objek, state in (("uji|objek", "terbuka"), ("uji|objek", "selesai"), ("uji|lain", "terbuka")):
            conn.execute(row, [objek, state])
    (done,) = acts("conflict discuss {conflict} --alasan rapat")
    assert (done.problem, done.command) == (None, "satudata conflict discuss 1 --alasan rapat")
    with database.connect() as conn:
        assert conn.execute("select objek, by from ops.conflict_event join ops.conflict using (conflict_id)").fetchall() == [
            ("uji|objek", "Ani")
        ]
