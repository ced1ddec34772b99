"""Prevents findings and rows of a dataset that nobody is asked for any more from standing open for ever, and from being lost when it returns."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner

from contracts.registry import load_registry
from satudata.cli import satudata
from satudata.findings import issues, rows
from satudata.findings.stopped import follow_registry
from satudata.session import warehouse
from tests.findings.conftest import GOOD, Source
from tests.notices.conftest import ADDRESS, Agency, MailServer, agency, mail  # noqa: F401 - fixtures
from warehouse.quarantine import Which

DATASET = "uji.dinas.isi"
ENTRY = DATASET + ": {sejak: 2026-06-03, alasan: dilebur, dasar: Perwali 12/2026}\n"
WHY = "Dataset tidak lagi diambil sejak 3 Juni 2026: dilebur (Perwali 12/2026)"
EVENTS = "select event, note from ops.issue_event where event <> 'terlihat' order by issue_event_id"
ROWS = "select state, due, reason, ended_at is null from ops.quarantined_row order by quarantined_row_id"


def night(day: date) -> None:
    """What every transform does first."""
    with warehouse() as conn:
        follow_registry(conn, load_registry(), day)


def retire(source: Source, entry: str = ENTRY) -> str:
    """Take the contract away, with an entry or without; its text."""
    path = source.folder / "isi.yml"
    text = path.read_text()
    path.unlink()
    (source.folder / "lain.yml").write_text(text)  # another dataset of the registry goes on
    (source.folder.parents[1] / "retired.yml").write_text(entry or "{}\n")
    return text


def test_a_finding_ends_with_its_dataset_and_begins_again_with_it(source: Source) -> None:
    source.play(GOOD | {"k1": 500})
    text = retire(source)
    night(date(2026, 6, 2))  # the day before it ends
    assert source.issues["range.n"][0] == "baru"
    night(date(2026, 6, 3))
    night(date(2026, 6, 4))
    assert source.issues["range.n"][0] == "selesai"
    assert source.all(EVENTS) == [("dibuka", "1 baris"), ("selesai", WHY)]
    assert source.all(ROWS) == [("stopped", date(2026, 6, 22), WHY, False)]
    (source.folder.parents[1] / "retired.yml").unlink()
    (source.folder / "isi.yml").write_text(text)
    night(date(2026, 6, 8))
    assert source.issues["range.n"] == ["baru", 1, 1]
    assert source.all(EVENTS)[2:] == [("dibuka_lagi", "dataset diambil lagi")]
    assert source.all(ROWS) == [("open", date(2026, 6, 29), None, True)]
    assert source.all("select due, failed from ops.issue") == [(date(2026, 6, 29), 1)]
    night(date(2026, 6, 9))
    assert len(source.all(EVENTS)) == 3


def test_what_comes_back_with_a_new_file_is_judged_as_if_it_had_never_been_away(source: Source) -> None:
    """Run before any transform noticed: the row is mended by the file, not left behind as of a dataset that is no more."""
    source.play(GOOD | {"k1": 500, "k2": 600})
    text = retire(source)
    night(date(2026, 6, 3))
    (source.folder.parents[1] / "retired.yml").unlink()
    (source.folder / "isi.yml").write_text(text)
    source.play(GOOD | {"k1": 501})
    assert source.aside == [(1, "k1", "superseded", 2), (1, "k2", "fixed", 2), (2, "k1", "open", None)]
    assert source.issues == {"range.n": ["baru", 2, 1]}
    assert source.all("select from ops.stopped_dataset") == []


def test_a_contract_that_vanished_without_an_entry_asks_nobody_either(source: Source) -> None:
    source.play(GOOD | {"k1": 500})
    retire(source, "")
    night(date(2026, 6, 3))
    assert source.all(EVENTS)[1] == ("selesai", "Dataset tidak lagi diambil sejak 3 Juni 2026: kontraknya tidak ada lagi")


def test_a_folder_without_any_contract_ends_nothing(source: Source) -> None:
    """A setting that points to the wrong folder is no end of every dataset; nor is a contract that is broken for a night."""
    source.play(GOOD | {"k1": 500})
    path = source.folder / "isi.yml"
    text = path.read_text()
    path.unlink()
    night(date(2026, 6, 3))
    (source.folder / "lain.yml").write_text(text)
    path.write_text(text + "kunci_asing: 1\n")
    night(date(2026, 6, 4))
    assert source.issues["range.n"][0] == "baru"


def test_what_a_person_had_taken_up_stays_his_when_it_comes_back(source: Source) -> None:
    source.play(GOOD | {"k1": 500})
    (number,) = source.all("select issue_id from ops.issue")[0]
    issues.assign(number, "Budi", "Ani")
    text = retire(source)
    night(date(2026, 6, 3))
    assert issues.listed() == []
    (source.folder.parents[1] / "retired.yml").unlink()
    (source.folder / "isi.yml").write_text(text)
    night(date(2026, 6, 4))
    assert source.all("select state, assigned_to from ops.issue") == [("ditugaskan", "Budi")]


def test_what_had_ended_before_stays_ended(source: Source) -> None:
    source.play(GOOD | {"k1": 500})
    source.play(GOOD)
    text = retire(source)
    night(date(2026, 6, 3))
    (source.folder.parents[1] / "retired.yml").unlink()
    (source.folder / "isi.yml").write_text(text)
    night(date(2026, 6, 4))
    assert source.issues["range.n"][0] == "selesai"
    assert source.aside == [(1, "k1", "fixed", 2)]


def test_its_rows_are_still_to_be_found_and_say_why_they_ended(source: Source, database: Any) -> None:
    source.play(GOOD | {"k1": 500})
    retire(source)
    night(date(2026, 6, 3))
    assert rows.listed(Which()) == []
    (one,) = rows.listed(Which(everything=True))
    assert (one["state"], one["reason"], one["raw"]["n"]) == ("stopped", WHY, 500)
    told = CliRunner().invoke(satudata, ["quarantine", "show", str(one["id"])], catch_exceptions=False)
    assert "tidak lagi diambil" in told.output
    assert WHY in told.output
    with database.connect("steward") as conn:
        shown = conn.execute("select keadaan, alasan, terlambat from quality.baris_dikarantina").fetchall()
    assert shown == [("stopped", WHY, False)]


def test_a_digest_does_not_say_mended_of_what_is_only_asked_no_more(agency: Agency, mail: MailServer) -> None:  # noqa: F811
    agency.play(GOOD | {"k1": 500})
    agency.tell()
    retire(agency.source)
    night(date(2026, 6, 3))
    agency.day("2026-06-03")
    (told,) = agency.tell()
    assert told.address == ADDRESS
    assert f"angka kolom n yang di luar batas tidak perlu diperbaiki lagi. {WHY}." in mail.texts[-1]
    assert "sudah beres" not in mail.texts[-1]
    agency.day("2026-06-20")
    assert agency.tell() == []


@pytest.mark.parametrize("entry", [ENTRY, ""])
def test_nothing_is_written_where_nothing_changed(source: Source, entry: str) -> None:
    source.play(GOOD | {"k1": 500})
    retire(source, entry)
    night(date(2026, 6, 3))
    before = source.all("select count(*) from ops.journal")
    night(date(2026, 6, 4))
    assert source.all("select count(*) from ops.journal") == before
