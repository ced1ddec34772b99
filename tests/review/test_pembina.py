"""Prevents that Data Prioritas is published without the second approval that Perpres 39/2019 Ps 35 demands, by whom it demands it."""

from __future__ import annotations

import pytest

from contracts.errors import ReviewRefused
from satudata.review.approve import approve
from satudata.review.return_batch import return_
from satudata.review.waiting_list import waiting_list
from tests.review.conftest import ITEM, Ground

ONE = {"a": 1, "b": 2}


@pytest.fixture
def priority(ground: Ground) -> Ground:
    """The dataset's one item is Data Prioritas; its contract publishes by itself."""
    (ground.sources / "uji" / "daftar_data.yml").write_text(ITEM)
    ground.contract("item: [harga]")
    assert ground.day(ONE).state == "held"
    return ground


def test_two_people_approve(priority: Ground) -> None:
    (number,) = priority.batches()
    with pytest.raises(ReviewRefused, match="belum disetujui Walidata"):
        approve(number, "pembina", "BPS Kota")
    first = approve(number, "walidata", "Wali")
    assert (first.state, priority.seen(), "BPS Kota" in first.sentence) == ("held", {}, True)
    assert "--pembina" in waiting_list()[0]["next_step"]
    with pytest.raises(ReviewRefused, match="sudah disetujui Walidata"):
        approve(number, "walidata", "Wali Lain")
    with pytest.raises(ReviewRefused, match="Siapa Saja bukan Pembina"):
        approve(number, "pembina", "Siapa Saja")
    assert (approve(number, "pembina", "bps kota").state, priority.seen()) == ("accepted", ONE)
    assert priority.rows("select step, by from ops.review order by review_id") == [("walidata", "Wali"), ("pembina", "bps kota")]


def test_one_person_cannot_be_both(priority: Ground) -> None:
    (number,) = priority.batches()
    approve(number, "walidata", "BPS Kota")
    with pytest.raises(ReviewRefused, match="orang lain"):
        approve(number, "pembina", "bps  kota")
    assert priority.seen() == {}


def test_the_pembina_returns(priority: Ground) -> None:
    (number,) = priority.batches()
    approve(number, "walidata", "Wali")
    with pytest.raises(ReviewRefused, match="bukan Pembina"):
        return_(number, "Siapa Saja", "keliru", "pembina")
    assert return_(number, "BPS Kota", "belum sesuai", "pembina").state == "returned"
    assert (priority.seen(), priority.states()) == ({}, ["returned"])


def test_a_pemda_that_names_no_pembina_is_told(priority: Ground) -> None:
    (priority.sources / "uji" / "pemda.yml").write_text('kode: "35.71"\nnama: Kota Uji\n')
    (number,) = priority.batches()
    approve(number, "walidata", "Wali")
    with pytest.raises(ReviewRefused, match=r"belum disebut di pemda\.yml"):
        approve(number, "pembina", "BPS Kota")


def test_other_data_needs_no_pembina(ground: Ground) -> None:
    ground.day(ONE)
    with pytest.raises(ReviewRefused, match="bukan Data Prioritas"):
        approve(ground.batches()[0], "pembina", "BPS Kota")
