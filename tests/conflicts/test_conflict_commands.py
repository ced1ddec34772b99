"""Prevents a figure from being picked by whoever holds the keyboard, and a conflict from lying with people who do not know it is theirs."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from contracts.errors import WrongUsage
from satudata.cli import satudata
from tests.conflicts.conftest import Meja

PAGE = Path(__file__).parents[2] / "docs" / "rekonsiliasi.md"


def said(*arguments: str) -> str:
    found = CliRunner().invoke(satudata, ["conflict", *arguments], catch_exceptions=False)
    assert found.exit_code == 0, found.output
    return found.output


def test_a_conflict_is_seen_with_both_figures_and_whose_turn_it_is(meja: Meja) -> None:
    assert "Tidak ada angka yang berbeda" in said("list")
    number = meja.conflict("2026-06-01", dkp="40", bulog="44.5")
    (found,) = json.loads(said("list", "--json"))["conflicts"]
    assert (found["konflik_id"], found["objek"], found["wilayah"], found["periode"]) == (number, "Stok Beras", "Sepauk", "Mei 2026")
    assert found["angka"] == (
        "Perum Bulog: 44,5 (sintang.bulog.stok, diambil 2 Juni 2026); Dinas Ketahanan Pangan: 40 (sintang.dkp.stok, diambil 2 Juni 2026)"
    )
    assert (found["selisih"], found["satuan"], found["status_rekonsiliasi"], found["angka_terbit"]) == ("4.5", "ton", "ditahan", "40")
    assert (found["umur_hari"], found["tenggat"], found["harus_bertindak"]) == (1, "2026-06-08", "Perum Bulog dan Dinas Ketahanan Pangan")
    text = said("show", str(number))
    assert "Perum Bulog: 44,5 ton  [sintang.bulog.stok, diambil 2026-06-02 06:30 WIB]" in text
    assert "tenggat 2026-06-08" in text
    meja.conn.execute("update ops.conflict set nilai_terbit = 42.50")
    assert ("42,5" in said("list"), "42.5" in said("list")) == (True, False)  # in one list not with a comma here and a point there
    assert "Stok Beras" in said("list")


def test_the_figure_shown_is_the_one_readers_see(meja: Meja) -> None:
    """Not the one that was compared last: after a rollback another is published, or none."""
    meja.conflict("2026-06-01", dkp="40", bulog="44.5")
    meja.conflict("2026-06-01", wilayah="61.05.02", dkp="40", bulog="44.5")
    named = {"komoditas": "beras", "wilayah": "61.05.03", "periode": "bulan:2026-05-01:2026-05-31"}
    for dimension, natural in named.items():
        meja.conn.execute("insert into ops.key (dimension, natural_key) values (%s, %s)", [dimension, natural])
    keys = ", ".join(f"(select key_id from ops.key where natural_key = '{natural}') as {name}_key" for name, natural in named.items())
    meja.conn.execute(f"create table mart.fct_neraca_pangan as select {keys}, 'stok' as ukuran, 38.5 as nilai_ton".encode())
    assert [(one["wilayah"], one["angka_terbit"]) for one in json.loads(said("list", "--json"))["conflicts"]] == [
        ("Sepauk", "38.5"),
        ("Tempunak", None),
    ]


@pytest.mark.parametrize(
    ("day", "level", "who"),
    [
        ("2026-06-08", "produsen", "Perum Bulog dan Dinas Ketahanan Pangan"), ("2026-06-09", "forum", "Forum Satu Data (Bappeda)"),
        ("2026-06-15", "forum", "Forum Satu Data (Bappeda)"), ("2026-06-16", "kepala_daerah", "Kepala daerah"),
    ],
)  # fmt: skip
def test_past_its_deadline_it_goes_to_the_forum_and_then_to_the_head(
    meja: Meja, monkeypatch: pytest.MonkeyPatch, day: str, level: str, who: str
) -> None:
    meja.conflict("2026-06-01", dkp="40", bulog="44.5")
    monkeypatch.setenv("SATUDATA_HARI_INI", day)
    (found,) = json.loads(said("list", "--json"))["conflicts"]
    assert (found["tingkat"], found["harus_bertindak"]) == (level, who)


@pytest.mark.parametrize(
    "options",
    [
        ("--pakai", "bulog"), ("--pakai", "bulog", "--dasar", "forum"), ("--pakai", "bulog", "--berita-acara", "BA/1"),
        ("--pakai", "bulog", "--dasar", "walidata", "--berita-acara", "BA/1"),
    ],
)  # fmt: skip
def test_without_a_basis_and_its_number_nothing_is_decided(meja: Meja, options: tuple[str, ...]) -> None:
    number = meja.conflict("2026-06-01", dkp="40", bulog="44.5")
    with pytest.raises(WrongUsage, match="Walidata tidak memilih angka"):
        said("decide", str(number), *options, "--oleh", "ani")
    assert meja.all("select count(*) from ops.decision") == [(0,)]


def test_a_decision_is_kept_with_its_figures_and_may_be_replaced(meja: Meja) -> None:
    number = meja.conflict("2026-06-01", dkp="40", bulog="44.5")
    assert "sedang dibahas" in said("discuss", str(number), "--alasan", "rapat Kamis", "--oleh", "ani")
    said("decide", str(number), "--pakai", "Perum Bulog", "--dasar", "kesepakatan", "--berita-acara", "BA/1", "--oleh", "ani")
    with pytest.raises(WrongUsage, match="sudah diputuskan"):
        said("discuss", str(number), "--oleh", "ani")
    done = json.loads(
        said("decide", str(number), "--nilai", "42,25", "--dasar", "forum", "--berita-acara", "BA/2", "--oleh", "ani", "--json")
    )
    assert (done["nilai"], done["satuan"], done["pakai"]) == ("42.25", "ton", None)
    assert meja.all("select berita_acara, nilai::text, pakai, ended_on is null from ops.decision order by 1") == [
        ("BA/1", "44.5", "61.05/bulog", False), ("BA/2", "42.25", None, True)]  # fmt: skip
    query = "select r.pelapor, r.nilai::text from ops.decision_report r join ops.decision d using (decision_id) where d.ended_on is null"
    assert sorted(meja.all(query)) == [("61.05/bulog", "44.5"), ("61.05/dkp", "40")]
    (act,) = meja.all("select subject from ops.act where kind = 'conflict.decide' order by act_id desc limit 1")[0]
    assert (act["fingerprint"], act["berita_acara"]) == (done["fingerprint"], "BA/2")
    (found,) = json.loads(said("list", "--json"))["conflicts"]
    assert (found["keadaan"], found["dasar"], found["berita_acara"], found["tingkat"]) == ("diputuskan", "forum", "BA/2", None)
    assert [one["kejadian"] for one in json.loads(said("show", str(number), "--json"))["perjalanan"]] == [
        "dibuka", "dibahas", "diputuskan", "diputuskan"]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "kept"),
    [("1.396,5", "1396.5"), ("12.345.678", "12345678"), ("1396.5", "1396.5"), ("1,396", "1.396"), ("0.250", "0.250"), (" 1396 ", "1396")],
)
def test_a_figure_is_read_as_it_is_written_here(meja: Meja, written: str, kept: str) -> None:
    number = meja.conflict("2026-06-01", dkp="40", bulog="44.5")
    done = said("decide", str(number), "--nilai", written, "--dasar", "forum", "--berita-acara", "BA/2", "--oleh", "ani", "--json")
    assert json.loads(done)["nilai"] == kept


@pytest.mark.parametrize(
    ("written", "why"), [("1.396", "1396 bila titiknya pemisah ribuan, 1,396 bila"), ("1.39.6", "1.250,5"), ("NaN", "1.250,5")]
)
def test_a_figure_that_can_be_read_in_two_ways_is_not_decided(meja: Meja, written: str, why: str) -> None:
    """A thousandth, or a thousand times what was agreed, would be published with the number of its minutes."""
    number = meja.conflict("2026-06-01", dkp="40", bulog="44.5")
    with pytest.raises(WrongUsage, match=why):
        said("decide", str(number), "--nilai", written, "--dasar", "forum", "--berita-acara", "BA/2", "--oleh", "ani")
    assert meja.all("select count(*) from ops.decision") == [(0,)]


def test_an_ended_conflict_is_listed_when_asked_for_and_decided_no_more(meja: Meja) -> None:
    number = meja.conflict("2026-06-01", dkp="40", bulog="44.5")
    meja.end(number, "2026-06-02")
    assert "Tidak ada angka yang berbeda" in said("list")
    assert "selesai" in said("list", "--semua")
    assert "Angkanya kini sama." in said("show", str(number))
    with pytest.raises(WrongUsage, match="sudah selesai"):
        said("decide", str(number), "--pakai", "bulog", "--dasar", "forum", "--berita-acara", "BA/1", "--oleh", "ani")


def test_parts_that_do_not_make_their_total_stand_beside_them(meja: Meja) -> None:
    """Desa against kecamatan is a contradiction between agencies too, found by a rule of its own."""
    meja.conn.execute(
        """insert into ops.issue (dataset, rule_id, rule, severity, opened_at, last_seen_at, message, due)
           values ('sintang.bps.penduduk', 'parts.penduduk', 'parts', 'hold', '2026-06-01', '2026-06-01', 'Jumlah 14 kecamatan-nya 9.', '2026-06-19')"""
    )
    (found,) = json.loads(said("list", "--json"))["conflicts"]
    assert (found["jenis"], found["objek"], found["angka"], found["tenggat"]) == (
        "bagian dan jumlah", "Jumlah Penduduk", "Jumlah 14 kecamatan-nya 9.", "2026-06-19")  # fmt: skip


def test_the_commands_of_the_page_run(meja: Meja) -> None:
    """In its order, as a reader types them."""
    assert meja.conflict("2026-06-01", dkp="40", bulog="44.5") == 1
    lines = [line.strip() for line in PAGE.read_text().splitlines() if line.startswith("    satudata conflict ")]
    assert len(lines) == 6
    for line in lines:
        said(*shlex.split(line, comments=True)[2:])
    assert meja.all("select berita_acara from ops.decision where ended_on is null") == [("BA/13/2026",)]
