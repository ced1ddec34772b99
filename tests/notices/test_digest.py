"""Prevents a Produsen Data that is told the same thing twice, every row by itself, or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from contracts.errors import NoticesUnsent
from satudata.notices import digest as digest_module
from satudata.notices.digest import preview, refuse_unsent
from satudata.review.return_batch import return_
from tests.findings.conftest import GOOD
from tests.notices.conftest import ADDRESS, Agency, MailServer

REPO = Path(__file__).parents[2]
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
    assert "Perbaiki paling lambat 19 Juni 2026." in text
    assert text.count("19 Juni 2026") == 2  # once at the head, once at the finding
    assert "Mintalah kepada Walidata (Dinas Kominfo)" in text


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
    assert "SELESAI\n1. Uji temuan (uji.dinas.isi): temuan range.n (kolom n) sudah tidak ada lagi." in mail.texts[1]
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
    assert told == [8, 15, 16, 20, 27]  # weekly; three days before 19 June; the day after it
    assert "MASIH TERBUKA" in mail.texts[-1]
    assert "Sudah lewat tenggat: 1, yang terlama 19 Juni 2026." in mail.texts[-1]


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


@pytest.mark.parametrize(("mood", "said"), [("refuses", "550"), ("full", "452")])
def test_a_server_that_refuses_loses_nothing_and_repeats_nothing(agency: Agency, mail: MailServer, mood: str, said: str) -> None:
    agency.play(WRONG)
    mail.mood = mood
    told = agency.tell()
    assert told[0].state == "gagal"
    assert said in (told[0].problem or "")
    with pytest.raises(NoticesUnsent, match=said):
        refuse_unsent(told)
    mail.mood = "takes"
    assert [one.state for one in agency.tell()] == ["terkirim"]  # later on the same day
    assert agency.tell() == []
    assert "1 baru" in mail.letters[-1]["Subject"]
    assert agency.all("select state, tries from ops.notification") == [("terkirim", 2)]


def test_a_server_that_is_down_costs_one_letter_when_it_is_back(agency: Agency, mail: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    agency.play(WRONG)
    port = os.environ["SATUDATA_SMTP_PORT"]
    monkeypatch.setenv("SATUDATA_SMTP_PORT", "1")  # nobody listens there
    for day in ("2026-06-01", "2026-06-02", "2026-06-03"):
        agency.day(day)
        assert [one.state for one in agency.tell()] == ["gagal"]
    assert agency.all("select * from ops.notified") == []
    monkeypatch.setenv("SATUDATA_SMTP_PORT", port)
    agency.day("2026-06-04")
    agency.tell()
    agency.day("2026-06-05")
    agency.tell()
    assert [letter["Subject"] for letter in mail.letters] == ["[Satu Data] Dinas Uji: 1 baru (4 Juni 2026)"]


def test_an_answer_that_got_lost_is_not_answered_by_a_second_letter(agency: Agency, mail: MailServer) -> None:
    """The server took the letter and fell silent: nobody knows, so nothing is repeated, and the next day lists what is open."""
    agency.play(WRONG)
    mail.mood = "silent"
    assert [one.state for one in agency.tell()] == ["mengirim"]
    mail.mood = "takes"
    assert agency.tell() == []
    assert len(mail.letters) == 1
    agency.day("2026-06-02")
    agency.tell()
    assert "BARU" not in mail.texts[1]
    assert "MASIH TERBUKA" in mail.texts[1]
    agency.day("2026-06-03")
    assert agency.tell() == []


KILLED = """
import os, signal
from satudata.notices import mail, noted
kill = lambda: os.kill(os.getpid(), signal.SIGKILL)
if {before!r}:
    mail.send = lambda *_: kill()
else:
    noted.conclude = lambda *_: kill()
from satudata.notices.digest import send_digests
send_digests()
"""


@pytest.mark.parametrize("before", [True, False], ids=["before it is sent", "before the outcome is noted"])
def test_a_kill_repeats_nothing_and_loses_nothing(agency: Agency, mail: MailServer, before: bool) -> None:
    agency.play(WRONG)
    done = subprocess.run([sys.executable, "-c", KILLED.format(before=before)], cwd=REPO, capture_output=True, text=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert len(mail.letters) == (0 if before else 1)
    assert agency.tell() == []
    agency.day("2026-06-02")
    agency.tell()
    assert "MASIH TERBUKA" in mail.texts[-1]
    assert "range" not in "".join(mail.texts[:-1]) or not before
    assert sum("BARU\n" in text for text in mail.texts) == (0 if before else 1)


def test_two_runs_at_once_send_one_letter(agency: Agency, mail: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    agency.play(WRONG)
    sent = digest_module._sent

    def late(*args):
        monkeypatch.setattr(digest_module, "_sent", sent)
        agency.tell()  # another run comes first
        return sent(*args)

    monkeypatch.setattr(digest_module, "_sent", late)
    assert agency.tell() == []
    assert len(mail.letters) == 1


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
    assert [letter["address"] for letter in found["letters"]] == [ADDRESS]
    assert (mail.letters, agency.all("select * from ops.notification")) == ([], [])


def test_a_look_names_agencies_without_an_address(agency: Agency) -> None:
    agency.play(WRONG)
    (agency.source.folder.parent / "opd.yml").write_text("dinas: {nama: Dinas Uji}\n")
    assert preview()["without_address"] == [{"opd": "35.71/dinas", "name": "Dinas Uji", "open": 1}]
