"""Rules that a dataset is let off for a while: still judged, and told as a warning, with the number of the waiver beside the result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from contracts.models.checks import Check
from contracts.models.contract import Contract
from expectations.rules.rule import Rule
from expectations.verdict import CheckResult

NEVER = frozenset({"key", "same_rows", "empty", "parse", "personal_data"})
"""Without these a batch has no rows, or no rows that can be told apart, or shows what the law protects."""


def may_be_waived(contract: Contract, rule_id: str, rule: str, column: str | None) -> bool:
    """Can rows that break this rule be kept at all? Not where the key of a row could then not be read, or would be there twice."""
    if rule in NEVER:
        return False
    if rule == "castable":
        return column not in contract.key
    return not (rule == "unique" and rule_id in _unique_by_key(contract))


def waived_rule(rule: Rule, contract: Contract, waived: Mapping[str, int]) -> Rule:
    """The rule as a batch is judged by it: a warning where it is waived."""
    is_waived = rule.rule_id in waived and may_be_waived(contract, rule.rule_id, rule.rule, rule.column)
    return replace(rule, severity="warn") if is_waived else rule


def waived_results(results: Iterable[CheckResult], contract: Contract, waived: Mapping[str, int]) -> list[CheckResult]:
    """The results, those of waived rules as warnings under their waiver; what could not be computed is no matter of severity."""
    return [
        replace(one, severity="warn", waiver_id=waived[one.rule_id])
        if one.rule_id in waived and may_be_waived(contract, one.rule_id, one.rule, one.column_name)
        else one
        for one in results
    ]


def _unique_by_key(contract: Contract) -> set[str]:
    implied = Check(rule="unique", columns=tuple(contract.key))
    return {
        check.rule_id for check in (implied, *contract.checks) if check.rule == "unique" and set(check.columns or ()) == set(contract.key)
    }
