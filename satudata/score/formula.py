"""The formula, by version: what is stored with its version and inputs gives the same number for ever.

A version that has been used is never edited: a new one is added, and `CURRENT` moves. Computed in exact fractions and rounded once, so that
neither the machine nor the order of datasets changes a digit. No input or output: only numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

MEASURES = ("kesegaran", "metadata", "kesahihan", "kelengkapan", "keterjangkauan")
WEIGHTS_1 = {"kesegaran": 30, "metadata": 25, "kesahihan": 20, "kelengkapan": 15, "keterjangkauan": 10}
"""Toronto's (freshness 35, metadata 35, accessibility 15, completeness 10, usability 5), adapted; docs/skor.md says why."""
GRADES_1 = ((80, "emas"), (60, "perak"), (0, "perunggu"))
Inputs = Mapping[str, Mapping[str, Sequence[int] | None]]
"""Dataset -> measure -> [what is fulfilled, of how many]; None or of 0: cannot be judged."""


@dataclass(frozen=True)
class Score:
    """Of one agency, 0 to 100 with two decimals; a measure without anything to judge is None."""

    measures: Mapping[str, Decimal | None]
    score: Decimal
    grade: str


def version_1(inputs: Inputs) -> Score | None:
    """Each measure is the mean over the datasets that can be judged by it; the score their weighted mean. None: nothing can be judged."""
    found = {measure: _mean(dataset.get(measure) for dataset in inputs.values()) for measure in MEASURES}
    known = {measure: value for measure, value in found.items() if value is not None}
    if not known:
        return None
    weights = sum(WEIGHTS_1[measure] for measure in known)
    score = sum((value * WEIGHTS_1[measure] for measure, value in known.items()), Fraction(0)) / weights
    grade = next(name for least, name in GRADES_1 if score * 100 >= least)
    return Score({measure: None if value is None else _percent(value) for measure, value in found.items()}, _percent(score), grade)


FORMULAS: dict[str, Callable[[Inputs], Score | None]] = {"1": version_1}
CURRENT = "1"


def score_of(inputs: Inputs, formula: str = CURRENT) -> Score | None:
    """The score of an agency by a version of the formula. Raises: `KeyError` for a version there never was."""
    return FORMULAS[formula](inputs)


def _mean(shares: Iterable[Sequence[int] | None]) -> Fraction | None:
    judged = [Fraction(share[0], share[1]) for share in shares if share and share[1] > 0]
    return sum(judged, Fraction(0)) / len(judged) if judged else None


def _percent(value: Fraction) -> Decimal:
    """A share as percent with two decimals, half up."""
    return Decimal(int(value * 10_000 + Fraction(1, 2))).scaleb(-2)


def as_json(score: Score) -> dict[str, Any]:
    """As `satudata score --json` shows it."""
    numbers = {measure: None if value is None else float(value) for measure, value in score.measures.items()}
    return {"score": float(score.score), "grade": score.grade, **numbers}
