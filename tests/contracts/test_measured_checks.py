"""Prevents a check that measures a figure by something that is not there from passing `source check`."""

from __future__ import annotations

from pathlib import Path

import pytest

from contracts.registry import load_registry
from tests.contracts.test_check_problems import HEAD, problems

GOOD = [
    "{rule: scale_lost, column: n}",
    "{rule: unit_shift, column: m, against: n}",
    "{rule: refiled, column: n, against: m}",
    "{rule: same_as_dataset, column: n, dataset: a.b.c, tolerance: 1, severity: warn}",
    "{rule: same_as_dataset, id: lain, column: n, dataset: a.b.c, other: jiwa}",
    "{rule: scale_lost, id: jauh, column: n, against: a.b.c.jiwa}",
]
WRONG = [
    # the check, its key, the words
    ("{rule: scale_lost}", "column", "wajib untuk rule scale_lost"),
    ("{rule: scale_lost, column: t}", "column", "tidak dapat diperiksa oleh scale_lost"),
    ("{rule: scale_lost, column: n, against: x}", "against", "kolom `x` tidak ada"),
    ("{rule: unit_shift, column: n, against: t}", "against", "tidak dapat menjadi pembanding"),
    ("{rule: refiled, column: n}", "rule", "tanpa `period`"),
    ("{rule: same_as_dataset, column: n}", "dataset", "wajib untuk rule same_as_dataset"),
    ("{rule: same_as_dataset, column: n, dataset: a.b.c, severity: fail}", "severity", "tidak menggagalkan pemuatan"),
    ("{rule: same_as_dataset, column: n, dataset: a.b.c, against: m}", "against", "tidak berarti"),
]


def test_what_each_rule_needs_is_enough() -> None:
    assert problems(*GOOD) == []


@pytest.mark.parametrize(("check", "key", "words"), WRONG, ids=[case[0] for case in WRONG])
def test_says_what_is_wrong_with_a_measure(check: str, key: str, words: str) -> None:
    (found,) = [f"{problem.key}: {problem.problem}. Yang benar: {problem.should_be}" for problem in problems(check)]
    assert found.startswith(f"checks[1].{key}: ")
    assert words in found


@pytest.mark.parametrize(
    ("check", "words"),
    [
        ("{rule: scale_lost, column: n, against: a.b.tidak_ada.n}", "dataset `a.b.tidak_ada` tidak ada"),
        ("{rule: scale_lost, column: n, against: a.b.satu.t}", "dataset `a.b.satu` tidak punya kolom angka `t`"),
        ("{rule: same_as_dataset, column: n, dataset: a.b.tidak_ada}", "dataset `a.b.tidak_ada` tidak ada"),
        ("{rule: same_as_dataset, column: n, dataset: a.b.satu, other: t}", "tidak punya kolom angka `t`"),
        ("{rule: same_as_dataset, column: n, dataset: a.b.satu}", None),
        ("{rule: scale_lost, column: n, against: a.b.satu.m}", None),
    ],
)
def test_the_other_dataset_stands_in_the_registry(tmp_path: Path, check: str, words: str | None) -> None:
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    (folder / "satu.yml").write_text(HEAD.replace("\nchecks:", ""))
    (folder / "dua.yml").write_text(f"{HEAD}  - {check}\n")
    broken = [problem.problem for error in load_registry(tmp_path).broken for problem in error.problems]
    assert [words in problem for problem in broken] == ([True] if words else [])
