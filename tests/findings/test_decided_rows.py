"""Prevents that a row is told of after somebody has decided about it, or twice because two batches hold it."""

from __future__ import annotations

from click.testing import CliRunner

from satudata.cli import satudata
from satudata.findings.rows import reject
from satudata.notices.causes import causes
from satudata.review.return_batch import return_
from tests.conftest import Database
from tests.findings.conftest import GOOD, Source

HOLD = "checks: [{rule: compare, column: n, op: '!=', other: '66', severity: hold}]"


def numbers(source: Source, state: str = "open") -> list[int]:
    return [row[0] for row in source.all("select quarantined_row_id from ops.quarantined_row where state = %s order by 1", state)]


def test_a_finding_of_which_every_row_was_rejected_is_over(source: Source, database: Database):
    source.play(GOOD | {"k1": 500, "k2": 600})
    first, second = numbers(source)
    reject([first], "ani", "salah ketik")
    assert source.issues["range.n"][0] == "baru"
    reject([second], "ani", "salah ketik")
    assert source.issues["range.n"][0] == "selesai"
    assert source.all("select by, note from ops.issue_event where event = 'selesai'") == [("ani", "barisnya ditolak: salah ketik")]
    assert causes(source.conn) == []
    with database.connect("owner") as owner:
        assert owner.execute("select perlu_tindakan from quality.putaran").fetchall() == [(False,)]


def test_a_rejected_row_that_comes_again_as_it_was_stays_rejected(source: Source):
    source.play(GOOD | {"k1": 500})
    reject(numbers(source), "ani", "salah ketik")
    source.play(GOOD | {"k1": 500, "k2": 7})
    assert source.aside == [(1, "k1", "rejected", None), (2, "k1", "rejected", None)]
    assert source.issues["range.n"][0] == "selesai"
    source.play(GOOD | {"k1": 500, "k2": 8})
    said = source.all(
        "select by, reason, due = (select due from ops.quarantined_row where batch_id = 1) from ops.quarantined_row where batch_id = 3"
    )
    assert said == [("ani", "salah ketik (ditolak pada batch 1, datang lagi tanpa perubahan)", True)]


def test_another_figure_or_another_fault_is_news(source: Source):
    source.play(GOOD | {"k1": 500})
    reject(numbers(source), "ani", "salah ketik")
    source.play(GOOD | {"k1": 501})
    assert source.aside[-1] == (2, "k1", "open", None)
    reject(numbers(source), "ani", "salah ketik")
    source.play(GOOD | {"k1": 501, "k3": 9}, more="checks: [{rule: compare, column: n, op: '!=', other: '501'}]")
    assert source.aside[-1] == (3, "k1", "open", None)
    assert {rule: state[0] for rule, state in source.issues.items()} == {"range.n": "baru", "compare.n": "baru"}


def test_the_row_of_a_returned_batch_is_counted_once(source: Source):
    source.play(GOOD | {"k1": 500}, more=HOLD)
    source.play(GOOD | {"k1": 500, "k2": 66, "k3": 700})
    return_(2, "ani", "k2 keliru")
    assert source.open == ["k1", "k3"]
    assert [(cause.rule_id, cause.rows) for cause in causes(source.conn) if cause.severity == "quarantine"] == [("range.n", 2)]
    source.play(GOOD | {"k1": 500, "k4": 5})
    assert source.open == ["k1"]


def test_what_a_newer_held_file_no_longer_breaks_is_over(source: Source):
    """Also where that one waits for another reason; what breaks an accepted batch stays, for its figures stand."""
    source.play(GOOD, more="checks: [{rule: compare, id: a, column: n, op: '!=', other: '66', severity: hold}, "
                "{rule: compare, id: b, column: n, op: '!=', other: '67', severity: hold}, "
                "{rule: compare, id: c, column: n, op: '!=', other: '9', severity: warn}]")  # fmt: skip
    source.play(GOOD | {"k1": 66})
    assert source.play(GOOD | {"k1": 67, "k9": 8}).state == "held"
    assert {rule: state[0] for rule, state in source.issues.items()} == {"a": "selesai", "b": "baru", "c": "baru"}


def test_a_replay_of_a_held_batch_says_what_comes_first(source: Source):
    source.play(GOOD | {"k1": 500, "k2": 66}, more=HOLD)
    assert "k1" in source.open
    found = CliRunner().invoke(satudata, ["quarantine", "replay", "uji.dinas.isi", "--oleh", "ani"])
    assert "Batch 1 ditahan" in str(found.exception)
    assert "satudata review approve 1" in str(found.exception)
