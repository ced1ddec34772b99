"""Prevents an exception that outlives its last day, that nobody can see, or whose rows are never judged once it is over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from contracts.errors import UnknownPublisher, WrongUsage
from contracts.registry import load_registry
from satudata.cli import satudata
from satudata.conform import across
from satudata.findings import waivers
from tests.findings.conftest import FIRST_DAY, GOOD, Source
from warehouse import alike

WRONG = GOOD | {"k1": 500}
RESULT = "select severity, outcome, waiver_id from ops.check_result where batch_id = %s and rule_id = 'range.n'"


@pytest.fixture
def calendar(source: Source, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("SATUDATA_HARI_INI", FIRST_DAY.isoformat())
    return monkeypatch


def waive(source: Source, days: int = 3, rule: str = "range.n") -> int:
    return waivers.add("uji.dinas.isi", rule, FIRST_DAY + timedelta(days=days), "ani", "sensus ulang")


def test_a_waived_rule_warns_and_its_rows_come_in(source: Source, calendar):
    source.play(WRONG)
    assert source.published == {code: n for code, n in GOOD.items() if code != "k1"}
    waiver = waive(source)
    assert source.again().state == "accepted"  # the same bytes: what changed is the waiver
    assert source.published == WRONG
    assert source.all(RESULT, 2) == [("warn", "fail", waiver)]
    assert source.aside == [(1, "k1", "fixed", 2)]
    assert source.issues["range.n"][0] == "baru"  # still told, as a warning
    assert source.all("select kind, by, reason, subject ->> 'rule_id' from ops.act") == [("waiver.add", "ani", "sensus ulang", "range.n")]


def test_a_rule_judged_across_datasets_can_be_waived(source: Source, calendar):
    """It is judged by no batch, so the list of rules that a batch was judged by does not know it."""
    source.play(GOOD, more="expect: {every: [k0, k1, zz], in: kode, per: [period]}")
    across.judge_across(source.conn, load_registry().datasets.values(), FIRST_DAY + timedelta(days=1))
    waiver = waive(source, rule="complete")
    assert source.conn.execute("select rule_id from ops.waiver where waiver_id = %s", [waiver]).fetchone() == ("complete",)
    across.judge_across(source.conn, load_registry().datasets.values(), FIRST_DAY + timedelta(days=1))
    result = "select severity, outcome, waiver_id from ops.check_result where scope = 'lintas' order by check_result_id"
    assert source.all(result) == [("hold", "fail", None), ("warn", "fail", waiver)]


@pytest.mark.parametrize("how", ["by its day", "by a person"])
def test_what_came_in_is_judged_again_when_it_ends(source: Source, calendar, monkeypatch, how: str):
    """Also where the batch is large enough for only its news to be judged: its row equals an open one, and was never found good."""
    monkeypatch.setattr(alike, "FEWEST_ROWS", 0)
    source.play(GOOD)
    waiver = waive(source, days=1)
    source.play(WRONG)  # on the last day
    assert source.published == WRONG
    if how == "by a person":
        waivers.end(waiver, "budi", "sensus selesai")
    source.play(WRONG | {"k2": 3})
    assert source.all(RESULT, 3) == [("quarantine", "fail", None)]
    assert source.open == ["k1"]
    source.play(WRONG | {"k2": 4})
    assert source.open == ["k1"]


def test_the_same_bytes_are_judged_again_after_the_last_day(source: Source, calendar):
    source.play(GOOD)
    waive(source, days=1)
    source.play(WRONG)
    source.again()
    assert source.open == ["k1"]


def test_a_waived_batch_rule_holds_nothing(source: Source, calendar):
    source.play(GOOD)
    source.play(GOOD | {"k3": 4})
    waive(source, rule="volume")
    assert source.play({"k1": 1}).state == "accepted"


def test_a_run_says_what_a_waiver_lets_through(source: Source, calendar):
    """Fails when a figure that breaks a rule comes in and the run says nothing but that all is well."""
    source.play(GOOD)
    waive(source)
    source.publish(WRONG)
    ran = CliRunner().invoke(satudata, ["run", "uji.dinas.isi", "--date", source.day.isoformat()])
    assert ran.exit_code == 0, ran.output
    (said,) = [line for line in ran.output.splitlines() if "pengecualian" in line]
    assert said.startswith("uji.dinas.isi: 1 dari 10 baris melanggar range.n dan tetap masuk, menurut pengecualian 1 (sampai 2026-")


def test_only_one_publisher_may_be_let_off(source: Source, calendar):
    source.publish(GOOD, more="for_each: [a, b]")
    for name in "ab":
        (source.folder / f"{name}.csv").write_text("kode;hari;n\nk1;2026-06-01;500\nk2;2026-06-01;1")
    (source.folder / "isi.yml").write_text(source.contract.replace("isi.csv", '"{penerbit}.csv"'))
    from satudata.run import run

    run(["uji.dinas.isi"], source.day)
    waivers.add("uji.dinas.isi", "range.n", FIRST_DAY, "ani", "alasan", "a")
    run(["uji.dinas.isi"], source.day)
    assert source.all("select distinct _penerbit from raw.uji__dinas__isi where kode = 'k1' and _to_batch is null") == [("a",)]
    with pytest.raises(UnknownPublisher):
        waivers.add("uji.dinas.isi", "range.n", FIRST_DAY, "ani", "alasan", "c")


@pytest.mark.parametrize("rule", ["key.kode", "castable.hari", "unique.kode_hari", "same_rows", "empty"])
def test_a_rule_without_which_rows_cannot_be_kept_is_never_waived(source: Source, calendar, rule: str):
    source.play(GOOD)
    with pytest.raises(WrongUsage, match="tidak dapat dikecualikan"):
        waive(source, rule=rule)


def test_what_makes_no_sense_is_refused(source: Source, calendar):
    source.play(GOOD)
    with pytest.raises(WrongUsage, match="belum pernah dinilai.*range.n"):
        waive(source, rule="rentang.n")
    with pytest.raises(WrongUsage, match="sudah lewat"):
        waive(source, days=-1)
    with pytest.raises(WrongUsage, match="tanpa alasan"):
        waivers.add("uji.dinas.isi", "range.n", FIRST_DAY, "ani", " ")
    with pytest.raises(WrongUsage, match="bernomor 9"):
        waivers.end(9, "ani", "x")


def test_the_list_tells_what_is_in_force(source: Source, calendar):
    source.play(GOOD)
    number = waive(source, days=1)
    assert [(one["waiver_id"], one["berlaku"]) for one in waivers.listed()] == [(number, True)]
    assert waivers.listed(day=date(2026, 7, 1)) == []
    waivers.end(number, "ani", "cukup")
    assert waivers.listed() == []
    assert [one["ended_by"] for one in waivers.listed(everything=True)] == ["ani"]


def test_a_second_waiver_of_the_same_days_is_refused(source: Source, calendar):
    """Two reasons for one exception, and ending one of them would end nothing."""
    source.play(WRONG)
    first = waive(source, days=1)
    with pytest.raises(WrongUsage, match=rf"sampai 2026-06-02 \(pengecualian {first}\)[\s\S]*waiver end {first}"):
        waive(source, days=9)
    assert source.all("select count(*) from ops.waiver") == [(1,)]
    waivers.end(first, "ani", "diperpanjang")
    second = waive(source, days=1)
    calendar.setenv("SATUDATA_HARI_INI", (FIRST_DAY + timedelta(days=2)).isoformat())
    assert waive(source, days=9) > second  # the day after the last one
