"""Prevents an author from hearing of the next mistake only once the first is mended, and of a region that is none never."""

from __future__ import annotations

import pytest

from contracts.references import is_region
from tests.contracts.test_contract_problems import GOOD, problems


@pytest.mark.parametrize("code", ["35", "35.71", "35.71.01", "91.03", "91.03.07", "3571", "91.03.07.2001"])
def test_a_region_that_is_listed_or_may_be_one(code: str) -> None:
    """Parts of a region whose parts are not listed cannot be told from mistyped ones: crying at them would stop honest contracts."""
    assert is_region(code)


@pytest.mark.parametrize("code", ["99", "35.99", "35.71.09", "9903", "357199", "", "61.05.99"])
def test_a_region_that_is_none(code: str) -> None:
    assert not is_region(code)


def test_a_rule_of_no_known_kind_hides_no_other() -> None:
    """Fails when one misspelt rule takes the whole list with it, and the author hears of the others only once it is mended."""
    text = GOOD.replace("rule: compare, ", "rule: sql, condition: 'harga_rp > apa(', ").replace(
        "of: [harga_rp]}\nunpivot", "of: [harga]}\nunpivot"
    )
    text = text.replace("rows:\n", "rows:\n  - {is: totl, where: {NO: x}}\n  - {is: drop, where: {NO: '(a|aa)+$'}, why: uji}\n")
    told = {problem.key: problem.problem for problem in problems(text)}
    assert "rows[1]" in told
    assert "tanpa akhir" in told["rows[2].where.NO"]
    assert [key for key in told if key.endswith(".of")] != []
    assert "fungsi" in told["checks[1].condition"]
