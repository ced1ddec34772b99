"""Prevents that a right batch stays out because a rule does not know the world has changed, and that accepting it once blinds the rule."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from contracts.errors import ReviewRefused
from satudata.findings.waivers import add
from satudata.review.approve import approve
from satudata.review.return_batch import return_
from satudata.run import run
from tests.review.conftest import ID, ITEM, Ground

MANY = {f"k{n}": n for n in range(1, 21)}
FEW = {f"k{n}": n for n in range(1, 6)}
WHY = "pasar ditutup"


def test_a_shrunken_batch_becomes_the_measure(ground: Ground) -> None:
    """What is missing from it ends, tomorrow's like it passes, and one that shrinks once more is held again."""
    ground.contract("")
    ground.day(MANY)
    assert ground.day(FEW).state == "held"
    held = ground.batches()[-1]
    assert ground.seen() == MANY
    for terima, refused in (((), "tidak lolos aturan volume"), (("volume", "x"), "aturan x tidak menahannya")):
        with pytest.raises(ReviewRefused, match=refused):
            approve(held, "walidata", "Wali", WHY, terima)
    with pytest.raises(ReviewRefused, match="tanpa alasan"):
        approve(held, "walidata", "Wali", None, ["volume"])
    assert approve(held, "walidata", "Wali", WHY, ["volume"]).state == "accepted"
    assert ground.seen() == FEW
    assert ground.rows("select accepted_rules, reason from ops.review") == [(["volume"], WHY)]
    assert (ground.day(FEW | {"k1": 100}).state, ground.seen()["k1"]) == ("accepted", 100)
    assert ground.day({"k1": 1}).state == "held"


def test_other_keys_that_are_let_in_take_the_place_of_those_that_are_gone(ground: Ground) -> None:
    """Else a list whose keys were written anew stands twice, once under the old keys and once under the new."""
    ground.contract("")
    ground.day(MANY)
    others = {f"baru {key}": price for key, price in MANY.items()}
    assert ground.day(others).state == "held"
    assert approve(ground.batches()[-1], "walidata", "Wali", WHY, ["volume.kunci.bertahan"]).state == "accepted"
    assert ground.seen() == others


@pytest.mark.parametrize("failed", [False, True], ids=["held", "failed"])
@pytest.mark.parametrize("is_said", [True, False], ids=["said to be gone", "only let in"])
def test_what_a_person_lets_go_ends_although_a_waiver_runs(ground: Ground, failed: bool, is_said: bool) -> None:
    """Fails when what is accepted as gone stands for ever because another rule on what is missing is waived; or ends because a file was let in."""
    ground.contract("checks: [{rule: range, id: kecil, column: harga, range: [1, 99], severity: fail}]")
    known = MANY | {"k2": 7}
    ground.day(MANY)
    ground.day(known)
    add(ID, "volume", date.today() + timedelta(days=9), "Wali", WHY)
    few = {f"baru k{n}" if is_said else f"k{n}": n for n in range(1, 6)} | ({"k1": 500} if failed else {})
    outcome, rules = ground.day(few), [*(["kecil"] if failed else []), *(["volume.kunci.bertahan"] if is_said else [])]
    assert outcome.state == ("failed" if failed else "held" if is_said else "accepted")
    if rules:
        assert approve(ground.batches()[-1], "walidata", "Wali", WHY, rules).state == "accepted"
    assert ground.seen() == (few if is_said else known | few)


@pytest.mark.parametrize("rule", ["same_rows", "kecil"])
def test_a_failed_batch_is_judged_again_and_let_in_once(ground: Ground, rule: str) -> None:
    ground.contract("guards: {max_quarantined: 1}\nchecks: [{rule: range, id: kecil, column: harga, range: [1, 99], severity: fail}]")
    ground.day(MANY)
    wrong, more = (MANY | {"k2": 500}, "") if rule == "kecil" else (MANY | {"k2": 50}, "k4;2026-06-01;4\n")
    assert ground.day(wrong, more=more).state == "failed"
    number = ground.batches()[-1]
    before = ground.seen()
    assert approve(number, "walidata", "Wali", WHY, [rule]).state == "accepted"
    assert (before, ground.seen()) == (MANY, wrong)
    assert ground.rows(f"select accepted + unchanged, rejected, accept_no is null, error_class from ops.batch where batch_id = {number}") == [
        (20, 0, False, None)]  # fmt: skip
    assert ground.day(wrong | {"k9": 90}, more=more).state == "failed"  # the rule still sees
    assert ground.seen() == wrong


def test_an_older_batch_that_is_let_in_late_changes_nothing_that_a_newer_one_said(ground: Ground) -> None:
    """What is appended ends nothing, and what a newer batch says again is not written again: it must count as said all the same."""
    ground.contract("checks: [{rule: compare, id: bukan77, column: harga, op: '!=', other: '77', severity: fail}]", write="append")
    ground.day({"a": 1, "b": 1})
    assert ground.day({"a": 2, "b": 77, "d": 4}).state == "failed"
    failed = ground.batches()[-1]
    ground.day({"a": 1, "b": 1, "c": 3})
    assert approve(failed, "walidata", "Wali", WHY, ["bukan77"]).state == "accepted"
    assert ground.seen() == {"a": 1, "b": 1, "c": 3, "d": 4}


def test_a_file_that_cannot_be_read_cannot_be_accepted(ground: Ground) -> None:
    ground.day(MANY)
    (ground.sources / "uji" / "dinas" / "harga.csv").write_text("kode;harga\na;1\n")
    assert run(["uji.dinas.harga"])[0].state == "failed"
    number = ground.batches()[-1]
    (rule,) = ground.rows(f"select rule_id from ops.check_result where batch_id = {number}")[0]
    with pytest.raises(ReviewRefused, match="tidak dapat dibaca"):
        approve(number, "walidata", "Wali", WHY, [rule])
    assert return_(number, "Wali", "kolom tanggal hilang").state == "returned"


def test_a_failed_batch_that_a_newer_one_has_replaced_is_not_let_in(ground: Ground) -> None:
    ground.contract("checks: [{rule: range, id: kecil, column: harga, range: [1, 99], severity: fail}]")
    ground.day(MANY)
    ground.day(MANY | {"k1": 500})
    failed = ground.batches()[-1]
    ground.day(MANY | {"k1": 50})
    with pytest.raises(ReviewRefused, match=f"sudah digantikan oleh batch {ground.batches()[-1]}"):
        approve(failed, "walidata", "Wali", WHY, ["kecil"])
    assert ground.seen() == MANY | {"k1": 50}


def test_accepted_priority_data_waits_for_its_pembina(ground: Ground) -> None:
    (ground.sources / "uji" / "daftar_data.yml").write_text(ITEM)
    ground.contract("item: [harga]\nchecks: [{rule: range, id: kecil, column: harga, range: [1, 9], severity: fail}]")
    assert ground.day(MANY).state == "failed"
    (number,) = ground.batches()
    assert approve(number, "walidata", "Wali", WHY, ["kecil"]).state == "held"
    assert ground.seen() == {}
    assert approve(number, "pembina", "BPS Kota").state == "accepted"
    assert ground.seen() == MANY
