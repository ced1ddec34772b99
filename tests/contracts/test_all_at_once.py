"""Prevents an author from hearing of the next mistake only once the first is mended."""

from __future__ import annotations

from tests.contracts.test_contract_problems import GOOD, problems


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
