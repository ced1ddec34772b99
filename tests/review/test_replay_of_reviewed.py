"""Prevents rows that were set aside from being published by a replay where each figure of the dataset is approved by people first."""

from __future__ import annotations

import pytest

from contracts.errors import WrongUsage
from satudata.findings.replay import replay
from satudata.review.approve import approve
from tests.review.conftest import CONTRACT, DAYS, ID, ITEM, Ground

WIDER = CONTRACT.replace("[1, 1000]", "[1, 10000]")
REVIEWED = {"prioritas": "item: [harga]", "tinjau": "publikasi: tinjau"}


def widened(ground: Ground, more: str) -> None:
    """The contract lets the figure in from now on."""
    (ground.sources / "uji" / "dinas" / "harga.yml").write_text(f"{WIDER}{DAYS}write: snapshot\n{more}\n")


@pytest.mark.parametrize("how", REVIEWED)
def test_what_nobody_approved_is_not_replayed(ground: Ground, how: str) -> None:
    """Its whole file is judged again and waits for the same people as any other."""
    (ground.sources / "uji" / "daftar_data.yml").write_text(ITEM)
    more = f"{REVIEWED[how]}\nguards: {{max_quarantined: 0.9}}"
    ground.contract(more)
    assert ground.day({"a": 1, "b": 2, "c": 5000}).state == "held"
    (first,) = ground.batches()
    everybody(first, how)
    assert ground.seen() == {"a": 1, "b": 2}
    widened(ground, more)
    with pytest.raises(WrongUsage, match="ditinjau orang sebelum terbit") as refused:
        replay(ID, "Wali")
    assert f"satudata run {ID}" in str(refused.value)
    assert (ground.seen(), ground.states()) == ({"a": 1, "b": 2}, ["accepted"])
    assert ground.rows("select state from ops.quarantined_row") == [("open",)]
    assert ground.day({"a": 1, "b": 2, "c": 5000}).state == "held"
    assert ground.seen() == {"a": 1, "b": 2}
    everybody(ground.batches()[-1], how)
    assert ground.seen() == {"a": 1, "b": 2, "c": 5000}
    assert ground.rows("select state from ops.quarantined_row") == [("fixed",)]


def everybody(number: int, how: str) -> None:
    """All whom this dataset needs approve the batch."""
    approve(number, "walidata", "Wali")
    if how == "prioritas":
        approve(number, "pembina", "BPS Kota")


def test_the_first_batch_alone_is_reviewed_where_the_contract_says_so(ground: Ground) -> None:
    more = "publikasi: tinjau_pertama\nguards: {max_quarantined: 0.9}"
    ground.contract(more)
    ground.day({"a": 1, "b": 2, "c": 5000})
    approve(ground.batches()[0], "walidata", "Wali")
    widened(ground, more)
    assert [one.sentence for one in replay(ID, "Wali")] == ["Batch 1: 1 masuk."]
    assert ground.seen() == {"a": 1, "b": 2, "c": 5000}


def test_a_rule_on_the_batch_that_asks_a_person_lets_nothing_in(ground: Ground) -> None:
    """A change of a figure beyond what the contract allows is for a person to see, in a replay too."""
    ground.contract("guards: {max_quarantined: 0.9}", "replace_period")
    ground.day({"a": 1, "b": 2, "c": 100}, "2026-06-01")
    assert ground.day({"a": 1, "b": 2, "c": 5000}, "2026-06-02").state == "accepted"
    more = "guards: {max_quarantined: 0.9}\nchecks: [{rule: change_within, column: harga, percent: 50, severity: hold}]"
    (ground.sources / "uji" / "dinas" / "harga.yml").write_text(f"{WIDER}{DAYS}write: replace_period\n{more}\n")
    (done,) = replay(ID, "Wali")
    assert done.done is None
    assert f"satudata run {ID}" in done.sentence
    assert ground.rows("select state from ops.quarantined_row") == [("open",)]
