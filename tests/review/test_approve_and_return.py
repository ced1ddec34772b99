"""Prevents that figures are published, or vanish, without a person's word; a held or returned batch leaves yesterday's figures as they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from contracts.errors import ReviewRefused, UnknownBatch
from satudata.review.approve import approve
from satudata.review.return_batch import return_
from satudata.review.waiting_list import waiting_list
from satudata.run import run
from tests.review.conftest import ID, Ground

WALIDATA, BPS = "Wali", "BPS Kota"
ONE, TWO, THREE = {"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 20, "d": 4}, {"a": 1, "b": 20, "e": 5}


def published(ground: Ground, prices: dict[str, int]) -> int:
    """A first batch that a person has approved."""
    assert ground.day(prices).state == "held"
    assert ground.seen() == {}
    number = ground.batches()[-1]
    approve(number, "walidata", WALIDATA)
    assert ground.seen() == prices
    return number


def test_an_approved_batch_is_seen_and_the_decision_is_kept(ground: Ground, tmp_path: Path) -> None:
    published(ground, ONE)
    ground.day(TWO)
    held = ground.batches()[-1]
    assert [(one["batch_id"], one["keadaan"]) for one in waiting_list()] == [(held, "ditahan")]
    assert ground.seen() == ONE
    decided = approve(held, "walidata", WALIDATA, "sudah dicek")
    assert (decided.state, decided.superseded, ground.seen(), waiting_list()) == ("accepted", (), TWO, [])
    assert ground.rows(f"select step, decision, by, reason from ops.review where batch_id = {held}") == [
        ("walidata", "approve", WALIDATA, "sudah dicek")
    ]
    records = [json.loads(path.read_text()) for path in (tmp_path / "arsip" / "journal").rglob("*.json")]
    last = max(records, key=lambda record: record["journal_id"])
    assert (last["kind"], last["dataset"], last["content"]["by"], last["content"]["subject"]["batch_id"]) == (
        "review.approve",
        ID,
        WALIDATA,
        held,
    )
    assert ground.rows("select count(*) from ops.act") == [(2,)]


def test_a_returned_batch_leaves_yesterdays_figures_and_is_told(ground: Ground) -> None:
    published(ground, ONE)
    ground.day(TWO)
    held = ground.batches()[-1]
    decided = return_(held, WALIDATA, "harga b keliru")
    assert (decided.state, ground.seen(), ground.states()) == ("returned", ONE, ["accepted", "returned"])
    assert "dikembalikan" in decided.sentence
    assert ground.rows("select count(*) from ops.pin") == [(0,)]
    again = run([ID])[0]  # the same file lies there still
    assert (again.state, again.exit_code, "harga b keliru" in str(again.message)) == ("returned", 1, True)
    assert [one["keadaan"] for one in waiting_list(everything=True)] == ["dikembalikan"]
    ground.day(THREE)
    approve(ground.batches()[-1], "walidata", WALIDATA)
    assert ground.seen() == THREE


def test_two_held_at_once_are_approved_in_their_order(ground: Ground) -> None:
    ground.contract("publikasi: tinjau\nguards: {min_share: 0}", write="append")
    published(ground, ONE)
    ground.day({"b": 20})
    ground.day({"c": 30})
    older, newer = ground.batches()[-2:]
    decided = approve(newer, "walidata", WALIDATA)
    assert (decided.state, decided.behind, ground.seen()) == ("accepted", older, ONE)
    assert str(older) in decided.sentence
    assert approve(older, "walidata", WALIDATA).behind is None
    assert ground.seen() == ONE | {"b": 20, "c": 30}


def test_the_older_of_two_waits_for_nothing(ground: Ground) -> None:
    """The newer one is still held and comes after it: to name it as what comes before would send the reviewer the wrong way."""
    ground.contract("publikasi: tinjau\nguards: {min_share: 0}", write="append")
    published(ground, ONE)
    ground.day({"b": 20})
    ground.day({"c": 30})
    older, newer = ground.batches()[-2:]
    decided = approve(older, "walidata", WALIDATA)
    assert (decided.behind, ground.seen()) == (None, ONE | {"b": 20})
    assert f"batch {newer}" not in decided.sentence


@pytest.mark.parametrize("write", ["snapshot", "replace_period", "append"])
@pytest.mark.parametrize("second", [{"a": 1, "b": 20, "e": 5}, {"a": 9, "c": 3}, {"b": 20, "d": 4}, {"a": 1}, {"x": 1}], ids=str)
def test_return_of_the_older_of_two_leaves_what_the_newer_says(ground: Ground, write: str, second: dict[str, int]) -> None:
    """What the newer one left as the older had it, changed back, ended or found ended must come out as if the older had never been."""
    ground.contract("publikasi: tinjau\nguards: {min_share: 0}", write=write)
    published(ground, ONE)
    ground.day({"a": 1, "b": 20, "d": 4} if write != "append" else {"b": 20, "d": 4, "f": 6})
    ground.day(second)
    older, newer = ground.batches()[-2:]
    return_(older, WALIDATA, "keliru")
    assert (ground.seen(), ground.states()) == (ONE, ["accepted", "returned", "held"])
    approve(newer, "walidata", WALIDATA)
    assert ground.seen() == (ONE | second if write == "append" else second)
    counts = ground.rows(f"select accepted + unchanged = {len(second)} from ops.batch where batch_id = {newer}")
    assert counts == [(True,)]


def test_a_row_set_aside_stays_aside_when_an_older_batch_is_returned(ground: Ground) -> None:
    """The newer batch is merged once more by the verdict it had: what was wrong with it then must not slip in, nor end what it hides."""
    ground.contract("publikasi: tinjau\nguards: {max_quarantined: 1}")
    published(ground, ONE)
    ground.day({"a": 10, "b": 20, "c": 30})
    ground.day({"a": 11, "b": 5000, "c": 3})
    older, newer = ground.batches()[-2:]
    return_(older, WALIDATA, "keliru")
    approve(newer, "walidata", WALIDATA)
    assert ground.seen() == {"a": 11, "b": 2, "c": 3}
    assert ground.rows(f"select count(*) from ops.quarantined_row where batch_id = {newer} and state = 'open'") == [(1,)]


def test_a_newer_batch_over_a_held_one_replaces_it(ground: Ground) -> None:
    """Approving the newest of several snapshots must not make the older ones wait for ever, nor let them in."""
    published(ground, ONE)
    ground.day(TWO)
    ground.day(THREE)
    older, newer = ground.batches()[-2:]
    decided = approve(newer, "walidata", WALIDATA)
    assert (decided.superseded, decided.behind, ground.seen()) == ((older,), None, THREE)
    assert ground.states() == ["accepted", "superseded", "accepted"]
    with pytest.raises(ReviewRefused, match="sudah digantikan"):
        approve(older, "walidata", WALIDATA)
    with pytest.raises(ReviewRefused, match="sudah digantikan"):
        return_(older, WALIDATA, "keliru")


def test_an_accepted_batch_replaces_a_held_one(ground: Ground) -> None:
    ground.contract("guards: {min_share: 0.5}")
    ground.day(ONE)
    assert ground.day({"a": 1}).state == "held"
    held = ground.batches()[-1]
    assert ground.day(TWO).state == "accepted"
    assert (ground.seen(), ground.states()) == (TWO, ["accepted", "superseded", "accepted"])
    with pytest.raises(ReviewRefused, match="sudah digantikan"):
        approve(held, "walidata", WALIDATA)


def test_a_held_newer_one_of_other_days_lets_the_older_wait(ground: Ground) -> None:
    """A batch about other days says nothing about the held one."""
    ground.contract("publikasi: tinjau", write="replace_period")
    ground.day(ONE)
    ground.day({"a": 7}, date="2026-06-02")
    older, newer = ground.batches()
    decided = approve(newer, "walidata", WALIDATA)
    assert (decided.superseded, decided.behind, ground.seen()) == ((), older, {})
    approve(older, "walidata", WALIDATA)
    assert ground.seen() == ONE | {"a 2026-06-02": 7}


def test_a_decision_is_taken_once(ground: Ground) -> None:
    number = published(ground, ONE)
    for again in (lambda: approve(number, "walidata", "Orang Lain"), lambda: return_(number, "Orang Lain", "keliru")):
        with pytest.raises(ReviewRefused, match=f"sudah diterima oleh {WALIDATA}.*satudata release rollback"):
            again()
    assert ground.rows("select count(*) from ops.review") == [(1,)]
    with pytest.raises(UnknownBatch, match="4711|4.711"):
        approve(4711, "walidata", WALIDATA)


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_return_needs_a_reason_and_a_name(ground: Ground, reason: str) -> None:
    ground.day(ONE)
    with pytest.raises(ReviewRefused, match="tanpa alasan"):
        return_(ground.batches()[0], WALIDATA, reason)
    with pytest.raises(ReviewRefused, match="tanpa nama"):
        return_(ground.batches()[0], reason, "keliru")


def test_only_the_first_batch_waits_where_the_contract_says_so(ground: Ground) -> None:
    ground.contract("publikasi: tinjau_pertama")
    published(ground, ONE)
    assert (ground.day(TWO).state, ground.seen()) == ("accepted", TWO)


def test_what_nobody_can_accept_is_not_offered_for_acceptance(ground: Ground) -> None:
    """The command that the list names would be refused."""
    (ground.sources / "uji" / "dinas" / "harga.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    assert run([ID])[0].state == "failed"
    (one,) = waiting_list(everything=True)
    assert (one["rules"], one["next_step"]) == (["parse.WrongFormat"], f"betulkan sumber atau kontraknya, lalu satudata run {ID}")
