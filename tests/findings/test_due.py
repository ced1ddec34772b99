"""Prevents something that waits for somebody from saying neither for whom nor until when."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner

from contracts.errors import WrongUsage
from contracts.registry import load_registry
from satudata.cli import satudata
from satudata.findings.issues import acknowledge
from satudata.review.approve import approve
from satudata.review.return_batch import return_
from satudata.review.waiting_list import waiting_list
from tests.findings.conftest import GOOD, Source
from warehouse.catalogue import apply_access

TEMUAN = "select aturan, keparahan, penanggung_jawab, tenggat, terlambat, pesan is not null from quality.temuan order by aturan"
REVIEWED = "publikasi: tinjau"


@pytest.fixture(autouse=True)
def today(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    """1 June 2026, a holiday; the Walidata of the pemda is diskominfo."""
    monkeypatch.setenv("SATUDATA_HARI_INI", "2026-06-01")
    source.all("select set_config('satudata.hari_ini', '2026-06-20', false)")
    (source.folder.parent / "pemda.yml").write_text('kode: "35.71"\nnama: Kota Uji\nwalidata: diskominfo\ntenggat_hari_kerja: 5\n')
    (source.folder.parent / "opd.yml").write_text("dinas: {nama: Dinas Uji}\ndiskominfo: {nama: Dinas Kominfo}\n")


def test_a_batch_that_waits_for_a_review_is_the_walidatas_until_a_day(source: Source) -> None:
    """It breaks no rule, so no finding tells of it."""
    source.play(GOOD, more=REVIEWED)
    assert source.all(TEMUAN) == [("tinjauan", "held", "diskominfo", date(2026, 6, 8), True, True)]
    assert [(one["batch_id"], one["due"]) for one in waiting_list()] == [(1, "2026-06-08")]
    approve(1, "walidata", "Ani")
    assert source.all(TEMUAN) == []


def test_a_batch_that_is_returned_is_the_produsens_from_that_day(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    source.play(GOOD, more=REVIEWED)
    monkeypatch.setenv("SATUDATA_HARI_INI", "2026-06-22")
    return_(1, "Ani", "Kolom n memakai ribuan")
    assert source.all(TEMUAN) == [("dikembalikan", "returned", "Dinas Uji", date(2026, 6, 29), False, True)]
    source.play(GOOD | {"k1": 3}, more="")
    assert source.all(TEMUAN) == []


@pytest.mark.parametrize(
    ("file", "more", "state"),
    [
        ("<html>rusak</html>", "", "failed"),
        (GOOD | {"k1": 66}, "checks: [{rule: compare, column: n, op: '!=', other: '66', severity: hold}]", "held"),
        (GOOD | {"k1": 500}, "", "accepted"),
    ],
)
def test_what_a_rule_stopped_is_told_once_with_its_day(source: Source, file: object, more: str, state: str) -> None:
    outcome = source.play(file, more=more)  # type: ignore[arg-type]
    assert outcome.state == state
    ((_, severity, who, due, *_),) = source.all(TEMUAN)
    assert (severity not in ("held", "warn"), who, due) == (True, "Dinas Uji", date(2026, 6, 8))
    assert source.all("select state, due from ops.batch") == [(state, date(2026, 6, 8))]


def test_what_no_row_tells_says_until_when_too(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    """A source that is down, late data, metadata not handed over: five working days, without weekends and holidays, and then they are overdue."""
    (source.folder.parent / "daftar_data.yml").write_text("- {kode: isi, nama: Isi, produsen_data: dinas, bentuk: variabel}\n")
    source.play(GOOD, more="item: [isi]\nfreshness: {warn_after: 1d, error_after: 2d, days: kerja}")
    asked = "select keparahan, penanggung_jawab, tenggat, sisa_hari, terlambat from quality.temuan order by keparahan"
    assert source.all(asked) == [
        ("late", "Dinas Uji", date(2026, 6, 11), -9, True),  # late from 4 June on: two working days after the first
        ("metadata", "Dinas Uji", date(2026, 6, 26), 6, False),  # known to be missing since the day it is
    ]
    (source.folder / "isi.csv").unlink()
    source.day = date(2026, 6, 15)
    source.again()
    assert source.all(asked)[1:] == [("source", "Dinas Uji", date(2026, 6, 23), 3, False)]  # 16 June is a holiday


def test_the_due_day_of_a_pemda_changes_with_its_setting_while_the_source_is_silent(source: Source) -> None:
    source.play(GOOD, more="freshness: {warn_after: 1d, error_after: 2d}")
    assert source.all("select tenggat from quality.temuan") == [(date(2026, 6, 11),)]
    pemda = source.folder.parent / "pemda.yml"
    pemda.write_text(pemda.read_text().replace("hari_kerja: 5", "hari_kerja: 1"))
    apply_access(source.conn, load_registry().datasets.values())
    assert source.all("select tenggat from quality.temuan") == [(date(2026, 6, 5),)]


def test_a_reviewer_sees_them_in_the_list_with_their_day(source: Source) -> None:
    source.play(GOOD | {"k1": 500}, more="freshness: {warn_after: 1d, error_after: 2d}")
    (source.folder / "isi.csv").unlink()
    source.again()
    told = CliRunner().invoke(satudata, ["issue", "list"], catch_exceptions=False).output
    assert "sumber tidak menjawab" in told
    assert "2026-06-09" in told
    (one,) = json.loads(CliRunner().invoke(satudata, ["issue", "list", "--json"]).output)["others"]
    assert (one["severity"], one["due"], one["responsible"]) == ("source", "2026-06-09", "Dinas Uji")


def test_a_finding_is_shown_with_its_life_and_its_day(source: Source) -> None:
    source.play(GOOD | {"k1": 500})
    (number,) = source.all("select issue_id from ops.issue")[0]
    acknowledge(number, "Ani", "sudah ditelepon")
    told = CliRunner().invoke(satudata, ["issue", "show", str(number)], catch_exceptions=False).output
    for words in ("range.n di uji.dinas.isi, baris dikarantina", "tenggat  2026-06-08", "Dinas Uji", "dibuka, batch 1", "diakui, oleh Ani, sudah ditelepon",
                  "satudata quarantine list uji.dinas.isi --aturan range.n"):  # fmt: skip
        assert words in told
    refused = CliRunner().invoke(satudata, ["issue", "show", "999"])
    assert isinstance(refused.exception, WrongUsage)
    assert "satudata issue list --semua" in str(refused.exception)
