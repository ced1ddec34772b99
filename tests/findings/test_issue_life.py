"""Prevents a finding that is told twice, that is forgotten while its rows are still out, or that stays when it is over."""

from __future__ import annotations

from datetime import date

from satudata.review.approve import approve
from satudata.review.return_batch import return_
from tests.findings.conftest import GOOD, Source

REFILED = "checks: [{rule: refiled, column: n}]"
EVENTS = "select event, batch_id from ops.issue_event join ops.issue using (issue_id) where rule_id = %s order by issue_event_id"


def test_a_finding_is_opened_once_counted_closed_and_opened_again(source: Source):
    source.play(GOOD)
    assert source.issues == {}
    source.play(GOOD | {"k1": 500})
    source.play(GOOD | {"k1": 501})
    assert source.issues == {"range.n": ["baru", 2, 0]}
    source.play(GOOD | {"k1": 5})
    assert source.issues == {"range.n": ["selesai", 2, 0]}
    source.play(GOOD | {"k2": 777})
    assert source.issues == {"range.n": ["baru", 1, 1]}
    assert source.all(EVENTS, "range.n") == [("dibuka", 2), ("terlihat", 3), ("selesai", 4), ("dibuka_lagi", 5)]
    assert source.all("select severity, failed, column_name, due, message from ops.issue")[0][:4] == (
        "quarantine",
        1,
        "n",
        date(2026, 6, 26),
    )


def test_unchanged_bytes_are_no_second_finding(source: Source):
    source.play(GOOD | {"k1": 500})
    source.again()
    assert source.issues == {"range.n": ["baru", 1, 0]}


def test_a_rule_that_passes_does_not_close_what_has_rows_in_quarantine(source: Source):
    """The day that is judged now is clean; the row of the day before is not mended."""
    source.play(GOOD, "2026-06-01", write="replace_period")
    source.play(GOOD | {"k1": 500}, "2026-06-02")
    source.play(GOOD, "2026-06-03")
    assert source.open == ["k1"]
    assert source.issues["range.n"][0] == "baru"
    source.play(GOOD, "2026-06-02")
    assert source.open == []
    assert source.issues["range.n"][0] == "selesai"


def test_bytes_that_could_not_be_read_are_forgotten_once_they_can(source: Source):
    source.play(GOOD)
    source.play("<html>sedang dalam perbaikan</html>")
    (rule,) = source.issues
    assert rule.startswith("parse.")
    assert source.issues[rule] == ["baru", 1, 0]
    source.play(GOOD | {"k1": 7})
    assert source.issues[rule] == ["selesai", 1, 0]


def test_a_failed_or_held_batch_closes_nothing(source: Source):
    checks = "checks: [{rule: compare, column: n, op: '!=', other: '66', severity: hold}]"
    source.play(GOOD | {"k1": 500}, more=checks)
    source.play(GOOD | {"k1": 66})  # held; its range is fine now
    assert source.issues["range.n"][0] == "baru"
    source.play(GOOD)
    assert {rule: state[0] for rule, state in source.issues.items()} == {"range.n": "selesai", "compare.n": "selesai"}


def test_a_rule_that_left_the_contract_leaves_no_finding(source: Source):
    source.play(GOOD, more="checks: [{rule: regex, column: kode, pattern: '^z', severity: warn}]")
    assert source.issues == {"regex.kode": ["baru", 1, 0]}
    source.play(GOOD, more="")
    assert source.issues == {"regex.kode": ["selesai", 1, 0]}


def test_a_warning_has_no_day_by_which_it_must_be_mended(source: Source):
    source.play(GOOD, more="checks: [{rule: regex, column: kode, pattern: '^z', severity: warn}]")
    assert source.all("select due from ops.issue") == [(None,)]


def test_publishers_have_findings_of_their_own(source: Source):
    source.publish(GOOD, more="for_each: [a, b]")
    for name, n in (("a", 500), ("b", 5)):
        (source.folder / f"{name}.csv").write_text(f"kode;hari;n\nk1;2026-06-01;{n}\nk2;2026-06-01;1")
    (source.folder / "isi.yml").write_text(source.contract.replace("isi.csv", '"{penerbit}.csv"'))
    from satudata.run import run

    run(["uji.dinas.isi"], source.day)
    assert source.all("select penerbit, rule_id from ops.issue") == [("a", "range.n")]


def returned_for_refiled(source: Source) -> None:
    """The figures of the first day are handed in for the second, too: batch 2 is held for it and returned."""
    source.play(GOOD, "2026-06-01", write="replace_period", more=REFILED)
    assert source.play(GOOD, "2026-06-02").state == "held"
    return_(2, "Ani", "Angka hari pertama lagi.")


def test_the_finding_of_a_returned_batch_says_so_and_why(source: Source):
    returned_for_refiled(source)
    assert source.issues == {"refiled.n": ["baru", 1, 0]}
    ((message,),) = source.all("select pesan from quality.temuan where temuan_id is not null")
    assert message.startswith("Dikembalikan kepada Produsen Data oleh Ani: Angka hari pertama lagi. ")
    assert source.all("select event, by, note from ops.issue_event order by issue_event_id")[1:] == [
        ("dikembalikan", "Ani", "Angka hari pertama lagi.")]  # fmt: skip


def test_what_was_returned_is_over_with_a_newer_batch_about_the_same_that_cannot_be_asked_the_rule(source: Source):
    """None of its figures has a past to compare with: the rule is skipped, and nothing of the returned file stands."""
    returned_for_refiled(source)
    source.play({f"z{n}": n for n in range(6)}, "2026-06-03")  # of another day: that one is still asked for
    assert source.issues == {"refiled.n": ["baru", 1, 0]}
    source.play({f"y{n}": n for n in range(6)}, "2026-06-02")
    assert source.all("select outcome from ops.check_result where batch_id = 4 and rule_id = 'refiled.n'") == [("skipped",)]
    assert source.issues == {"refiled.n": ["selesai", 1, 0]}


def test_what_was_returned_is_over_with_a_newer_batch_that_a_person_accepts(source: Source):
    returned_for_refiled(source)
    assert source.play({f"z{n}": n for n in range(6)}, "2026-06-02", more=REFILED + "\npublikasi: tinjau").state == "held"
    assert source.issues == {"refiled.n": ["baru", 1, 0]}
    approve(3, "walidata", "Ani", None)
    assert source.issues == {"refiled.n": ["selesai", 1, 0]}


def test_what_an_accepted_batch_was_found_to_break_is_not_over_by_a_rule_that_is_not_asked(source: Source):
    """Its figures stand."""
    source.play(GOOD, "2026-06-01", write="append", more=REFILED.replace("}", ", severity: warn}"))
    source.play(GOOD, "2026-06-02")
    assert source.play({f"z{n}": n for n in range(6)}, "2026-06-02").state == "accepted"
    assert source.issues == {"refiled.n": ["baru", 1, 0]}
