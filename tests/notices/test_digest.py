"""Prevents a Produsen Data that is told the same thing twice, every row by itself, or not at all."""

from __future__ import annotations

import click
import pytest

from satudata.notices.desk import PLACES
from satudata.notices.digest import preview
from satudata.review.return_batch import return_
from tests.findings.conftest import GOOD
from tests.notices.conftest import ADDRESS, WALIDATA, Agency, MailServer

WRONG = GOOD | {"k1": 500, "k2": 600, "k3": 700}
REVIEWED = "publikasi: tinjau"


def test_one_letter_tells_what_is_new_asked_and_until_when(agency: Agency, mail: MailServer) -> None:
    agency.play(WRONG)
    (told,) = agency.tell()
    assert (told.opd, told.address, told.state) == ("35.71/dinas", ADDRESS, "terkirim")
    (letter,) = mail.letters
    assert letter["To"] == ADDRESS
    assert letter["Reply-To"] == "walidata@uji.go.id"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Subject"] == "[Satu Data] Dinas Uji: 1 baru (1 Juni 2026)"
    assert letter.get_content_type() == "text/plain"
    text = mail.texts[0]
    assert "Kepada Dinas Uji, Kota Uji" in text
    assert "BARU\n1. Uji temuan (uji.dinas.isi)\n" in text
    assert "3 baris dikarantina dan belum terbit." in text
    assert "Berkas: isi.csv." in text
    assert "Barisnya: baris 3; baris 4; baris 5." in text
    assert "Perbaiki paling lambat 22 Juni 2026." in text
    assert text.count("22 Juni 2026") == 2  # once at the head, once at the finding
    assert "mintalah kepada Walidata (Dinas Kominfo)" in text
    assert "balas surat ini" in text


def test_a_cause_is_told_once_when_it_comes_and_once_when_it_is_over(agency: Agency, mail: MailServer) -> None:
    agency.play(WRONG)
    agency.tell()
    assert agency.tell() == []  # the same day
    agency.play(WRONG | {"k1": 501})
    assert agency.tell() == []  # the next day, still open
    agency.play(GOOD)
    agency.tell()
    assert [letter["Subject"] for letter in mail.letters] == [
        "[Satu Data] Dinas Uji: 1 baru (1 Juni 2026)",
        "[Satu Data] Dinas Uji: 1 selesai (3 Juni 2026)",
    ]
    assert "SELESAI\n1. Uji temuan (uji.dinas.isi): angka kolom n yang di luar batas sudah beres." in mail.texts[1]
    assert "Tidak ada yang harus Anda kerjakan sekarang." in mail.texts[1]
    agency.play(WRONG)
    agency.tell()
    assert "1 baru" in mail.letters[2]["Subject"]  # it came back
    agency.day("2026-06-05")
    assert agency.tell() == []


def test_what_came_and_went_between_two_digests_is_told_to_nobody(agency: Agency, mail: MailServer) -> None:
    agency.play(WRONG)
    agency.play(GOOD)
    assert agency.tell() == []
    assert mail.letters == []


def test_what_went_and_came_back_between_two_digests_is_new_and_not_over(agency: Agency, mail: MailServer) -> None:
    agency.play(WRONG)
    agency.tell()
    agency.play(GOOD)
    agency.play(WRONG)
    agency.tell()
    assert "SELESAI" not in mail.texts[1]
    assert "1 baru" in mail.letters[1]["Subject"]
    agency.play(GOOD)
    agency.tell()
    assert "1 selesai" in mail.letters[2]["Subject"]


def test_what_stays_open_is_recalled_once_a_week_and_when_its_day_comes(agency: Agency, mail: MailServer) -> None:
    agency.play(WRONG)
    agency.tell()
    told = []
    for day in range(2, 30):
        agency.day(f"2026-06-{day:02d}")
        told += [day for _ in agency.tell()]
    assert told == [8, 15, 19, 23]  # weekly; three days before 22 June; the day after it
    assert "MASIH TERBUKA" in mail.texts[-1]
    assert "Sudah lewat tenggat: 1, yang terlama 22 Juni 2026." in mail.texts[-1]


def test_a_warning_is_told_and_never_recalled(agency: Agency, mail: MailServer) -> None:
    agency.play(GOOD, more="checks: [{rule: regex, column: kode, pattern: '^z', severity: warn}]")
    agency.tell()
    assert "Ini peringatan; datanya tetap dipakai." in mail.texts[0]
    agency.day("2026-07-30")
    assert agency.tell() == []


def test_a_held_batch_is_told_and_its_return_with_the_reason(agency: Agency, mail: MailServer) -> None:
    agency.play(GOOD, more=REVIEWED)
    agency.tell()
    assert "Batch 1 menunggu keputusan Walidata; Anda tidak perlu mengirim ulang." in mail.texts[0]
    return_(1, "Ani", "Kolom n memakai ribuan")
    agency.day("2026-06-02")
    agency.tell()
    assert "Kolom n memakai ribuan" in mail.texts[1]
    assert "Batch 1 dikembalikan kepada Anda" in mail.texts[1]
    assert "Perbaiki paling lambat" in mail.texts[1]
    assert "SELESAI" not in mail.texts[1]
    agency.day("2026-06-03")
    agency.source.publish(GOOD | {"k1": 3}, more="")
    agency.source.again()
    agency.tell()
    assert "batch 1 sudah digantikan kiriman baru" in mail.texts[2]


def test_a_batch_held_for_a_rule_is_one_cause(agency: Agency, mail: MailServer) -> None:
    agency.play(GOOD | {"k1": 66}, more="checks: [{rule: compare, column: n, op: '!=', other: '66', severity: hold}]")
    agency.tell()
    assert mail.letters[0]["Subject"] == "[Satu Data] Dinas Uji: 1 baru (1 Juni 2026)"
    assert "ditahan sampai diperbaiki atau diputuskan Walidata" in mail.texts[0]


def test_every_address_is_told_by_itself_and_a_new_one_of_all_that_is_open(agency: Agency, mail: MailServer) -> None:
    agency.play(WRONG)
    agency.tell()
    opd = agency.source.folder.parent / "opd.yml"
    opd.write_text(opd.read_text().replace(ADDRESS, f"[{ADDRESS}, kedua@dinas.uji.go.id]"))
    agency.day("2026-06-02")
    agency.tell()
    assert [letter["To"] for letter in mail.letters] == [ADDRESS, "kedua@dinas.uji.go.id"]


def test_an_agency_that_was_continued_by_another_is_reached_there(agency: Agency, mail: MailServer) -> None:
    agency.play(WRONG)
    (agency.source.folder.parent / "opd.yml").write_text(
        "dinas: {nama: Dinas Lama, digantikan_oleh: penerus}\npenerus: {nama: Dinas Penerus, surel: baru@uji.go.id, digantikan_oleh: dinas}\n"
    )
    agency.tell()
    assert [letter["To"] for letter in mail.letters] == ["baru@uji.go.id"]


def test_nothing_leaves_where_notices_are_off(agency: Agency, mail: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    agency.play(WRONG)
    monkeypatch.delenv("SATUDATA_NOTICES")
    assert agency.tell() == []
    found = preview()
    assert not found["on"]
    assert [letter["address"] for letter in found["letters"]] == [ADDRESS, WALIDATA]
    assert (mail.letters, agency.all("select * from ops.notification")) == ([], [])


def test_a_look_names_agencies_without_an_address(agency: Agency) -> None:
    agency.play(WRONG)
    (agency.source.folder.parent / "opd.yml").write_text("dinas: {nama: Dinas Uji}\n")
    assert preview()["without_address"] == [{"opd": "35.71/dinas", "name": "Dinas Uji", "open": 1}]


def test_the_commands_a_letter_names_are_there() -> None:
    from satudata.cli import satudata

    for command, _ in PLACES:
        found: click.Command | None = satudata
        for word in command.split()[1:]:
            assert isinstance(found, click.Group), command
            found = found.get_command(click.Context(found), word)
        assert found is not None, command


def test_a_second_batch_held_for_the_same_rule_does_not_make_the_first_one_news(agency: Agency, mail: MailServer) -> None:
    """Both wait, and one finding tells of both; the older batch is no longer the one the finding was seen in last."""
    agency.play(GOOD, write="append")
    for day in ("2026-06-02", "2026-06-03"):
        assert agency.play({"k1": 1}, day) == "held"
        agency.tell()
    assert [line for line in (letter["subject"] for letter in mail.letters) if "baru" in line] == [
        "[Satu Data] Dinas Uji: 1 baru (2 Juni 2026)"
    ]
