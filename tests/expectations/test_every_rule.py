"""Prevents a rule that is promised but not kept: named in the contract language, and unknown to the documents or to what follows a verdict."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from contracts.models.checks import DEFAULT_SEVERITY, PARAMETERS, RuleName
from expectations import vocabulary
from expectations.rules.measured import WORDS
from expectations.rules.of_contract import FAMILIES
from extractors.report import Finding, ParseReport
from tests.expectations.conftest import Bench

ROOT = Path(__file__).resolve().parents[2]
NAMES = get_args(RuleName)


def test_every_rule_of_the_language_can_be_judged() -> None:
    assert sorted({*FAMILIES, *WORDS}) == sorted(NAMES) == sorted(PARAMETERS)
    assert set(NAMES) <= set(DEFAULT_SEVERITY)


@pytest.mark.parametrize("page", ["docs/kontrak.md", "expectations/README.md"])
def test_every_rule_is_told_of(page: str) -> None:
    text = (ROOT / page).read_text()
    assert [name for name in NAMES if f"`{name}`" not in text] == []


def test_the_words_of_the_page_are_those_of_the_suite() -> None:
    """Each expectation of ours is named in the table of rules, as Great Expectations spells it."""
    text = (ROOT / "expectations/README.md").read_text()
    ours = [
        one for one in vars(vocabulary).values() if isinstance(one, type) and one.__name__.startswith("Expect") and not one.is_abstract()
    ]
    assert len(ours) > 20
    assert [one.expectation_type for one in ours if one.expectation_type not in text] == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("rule", ["declared", "total", "period", "drift", "new_column"])
def test_what_only_parsing_can_find_decides_too(bench: Bench, rule: str) -> None:
    finding = Finding(rule, rule, None, "fail", None, 10, 1, "9", "10", "tidak sama", lokasi="baris 3")
    judged = bench.judge(
        bench.dataset({"n": {"type": "integer"}}), [{"n": 1}], ParseReport(read=1, fetched=1, staged=1, findings=[finding])
    )
    assert judged.broken == {rule: 1}
    assert judged.verdict.state == ("accepted" if DEFAULT_SEVERITY[rule] == "warn" else "failed")
