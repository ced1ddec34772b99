"""Prevents a mail server that is down, full or silent, or a kill, from making a digest lost or sent twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from contracts.errors import NoticesUnsent
from satudata.notices import digest as digest_module
from satudata.notices.digest import refuse_unsent
from tests.findings.conftest import GOOD
from tests.notices.conftest import Agency, MailServer

REPO = Path(__file__).parents[2]
WRONG = GOOD | {"k1": 500, "k2": 600, "k3": 700}


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
    assert agency.all("select state, tries from ops.notification") == [("terkirim", 2)] * 2  # the agency, and the Walidata


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
