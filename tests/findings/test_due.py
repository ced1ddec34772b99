"""Prevents something that waits for somebody from saying neither for whom nor until when."""

from __future__ import annotations

from datetime import date

import pytest

from satudata.review.approve import approve
from satudata.review.return_batch import return_
from satudata.review.waiting_list import waiting_list
from tests.findings.conftest import GOOD, Source

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
