"""Prevents a score that another machine, another order or another year computes otherwise, or whose page says something else."""

from __future__ import annotations

import random
import re
from decimal import Decimal
from pathlib import Path

import pytest

from satudata.score.formula import FORMULAS, GRADES_1, MEASURES, WEIGHTS_1, score_of

PAGE = (Path(__file__).parents[2] / "docs" / "skor.md").read_text(encoding="utf-8")
ONE = {"kesegaran": [1, 2], "metadata": [9, 12], "kesahihan": [57, 60], "kelengkapan": [44, 46], "keterjangkauan": [2, 3]}


def whole(**shares: list[int] | None) -> dict[str, list[int] | None]:
    return {**dict.fromkeys(MEASURES, [1, 1]), **shares}


def test_version_1_gives_what_it_gave_when_it_was_written() -> None:
    """By hand: 15 + 18.75 + 19 + 14.3478 + 6.6667 = 73.7645. A change of these numbers is a new version, not a new number here."""
    found = score_of({"a": ONE}, "1")
    assert found is not None
    assert (found.score, found.grade) == (Decimal("73.76"), "perak")
    assert [found.measures[name] for name in MEASURES] == [Decimal(text) for text in ("50.00", "75.00", "95.00", "95.65", "66.67")]


@pytest.mark.parametrize("measure", MEASURES)
def test_each_measure_weighs_what_is_stated(measure: str) -> None:
    found = score_of({"a": whole(**{measure: [0, 7]})})
    assert found is not None
    assert found.score == 100 - WEIGHTS_1[measure]
    assert sum(WEIGHTS_1.values()) == 100


def test_datasets_weigh_alike_whatever_their_size() -> None:
    found = score_of({"a": whole(kesahihan=[1_000_000, 1_000_000]), "b": whole(kesahihan=[0, 1])})
    assert found is not None
    assert found.measures["kesahihan"] == 50


def test_what_cannot_be_judged_gives_its_weight_to_the_others() -> None:
    found = score_of({"a": whole(kesegaran=[0, 1], keterjangkauan=None, kesahihan=[0, 0])})
    assert found is not None
    assert (found.measures["keterjangkauan"], found.measures["kesahihan"]) == (None, None)
    assert found.score == Decimal("57.14")  # 40 of 70
    assert score_of({}) is None


def test_the_order_of_datasets_changes_nothing() -> None:
    inputs = {str(n): whole(kesahihan=[n, 97], metadata=[n % 12, 12]) for n in range(97)}
    names = list(inputs)
    random.Random(1).shuffle(names)
    assert score_of({name: inputs[name] for name in names}) == score_of(inputs)


@pytest.mark.parametrize(
    ("share", "grade"), [([80, 100], "emas"), ([7999, 10000], "perak"), ([60, 100], "perak"), ([5999, 10000], "perunggu")]
)
def test_grades_begin_where_they_are_said_to(share: list[int], grade: str) -> None:
    found = score_of({"a": dict.fromkeys(MEASURES, share)})
    assert found is not None
    assert found.grade == grade


def test_the_page_states_this_formula() -> None:
    stated = {name: int(weight) for name, weight in re.findall(r"^\| \*\*(\w+)\*\* \| (\d+) \|", PAGE, re.MULTILINE)}
    assert stated == WEIGHTS_1
    assert all(f"{weight} x {measure}" in PAGE for measure, weight in WEIGHTS_1.items())
    assert all(str(least) in PAGE and grade in PAGE for least, grade in GRADES_1 if least)
    assert f"## Rumus, versi {max(FORMULAS, key=int)}" in PAGE
