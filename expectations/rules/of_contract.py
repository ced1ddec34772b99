"""A contract as rules: those its columns and key imply, those it lists under `checks:`, and the guards on the whole batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

from contracts.models.checks import Check, RuleName
from expectations.rules.calendar import not_future_rule
from expectations.rules.cells import castable_rules, key_rules, required_rule
from expectations.rules.code_systems import code_system_rules
from expectations.rules.codes import code_rules
from expectations.rules.dates import date_order_rule
from expectations.rules.drift import retyped_rules
from expectations.rules.duplicates import same_key_rule, same_object_rule, same_rows_rule, unique_rule
from expectations.rules.figures import compare_rule, max_of_rule, mean_of_rule, ratio_rule, sum_of_rule
from expectations.rules.free_sql import sql_rule
from expectations.rules.history import change_within_rule
from expectations.rules.implied import implied_checks
from expectations.rules.judged import Judged, severity_of
from expectations.rules.junk import junk_rule
from expectations.rules.measured import WORDS, measured_rules
from expectations.rules.personal import implied_personal_rules, personal_data_rule
from expectations.rules.places import axes_swapped_rule, in_box_rule
from expectations.rules.rule import Rule
from expectations.rules.stray import stray_rules
from expectations.rules.totals_among import totals_among_rules
from expectations.rules.values import in_set_rule, length_rule, range_rule, regex_rule
from expectations.rules.volume import volume_rules

FAMILIES: dict[RuleName, Callable[[Check, Judged], Rule]] = {
    "required": required_rule, "unique": unique_rule, "in_set": in_set_rule, "range": range_rule, "regex": regex_rule,
    "length": length_rule, "not_future": not_future_rule, "compare": compare_rule, "sum_of": sum_of_rule, "ratio": ratio_rule,
    "change_within": change_within_rule, "date_order": date_order_rule, "mean_of": mean_of_rule, "max_of": max_of_rule,
    "in_box": in_box_rule, "axes_swapped": axes_swapped_rule, "junk": junk_rule,
    "personal_data": personal_data_rule, "sql": sql_rule,
}  # fmt: skip

ELSEWHERE = ("max_quarantined", "new_column")
"""Names of results that no expectation gives: a check that is called so gets a number."""
KEEPS_KEYS_APART = ("fail", "quarantine")
"""With another severity of its own a rule on the key would let two rows of one key come in."""


def rules_of(judged: Judged) -> list[Rule]:
    """Every rule a batch is judged by, each under an id of its own."""
    rules = [*volume_rules(judged), *retyped_rules(judged), *castable_rules(judged), *key_rules(judged)]
    rules += [
        *stray_rules(judged),
        *totals_among_rules(judged),
        *code_rules(judged),
        *code_system_rules(judged),
        *_identity_rules(judged),
        *implied_personal_rules(judged),
    ]
    checks = (*implied_checks(judged), *judged.contract.checks)
    rules += [
        rule
        for check in checks
        for rule in (measured_rules(check, judged) if check.rule in WORDS else [FAMILIES[check.rule](check, judged)])
    ]
    return list(_told_apart(rules))


def _identity_rules(judged: Judged) -> Iterator[Rule]:
    if judged.contract.same_rows == "fail":
        yield same_rows_rule(judged)
    listed = {
        frozenset(check.columns or ())
        for check in judged.contract.checks
        if check.rule == "unique" and not check.where and severity_of(check) in KEEPS_KEYS_APART
    }
    if frozenset(judged.contract.key) not in listed:
        yield same_key_rule(judged)
    if judged.spelt_apart:
        yield same_object_rule(judged)


def _told_apart(rules: list[Rule]) -> Iterator[Rule]:
    """Two rules of one kind on one column (with another `where`, say) are two rules: the second gets a number that nobody else is called by."""
    own, taken = {rule.rule_id for rule in rules}, set(ELSEWHERE)
    for rule in rules:
        numbered = (f"{rule.rule_id}.{number}" for number in count(2))
        name = rule.rule_id if rule.rule_id not in taken else next(one for one in numbered if one not in taken and one not in own)
        taken.add(name)
        yield rule if name == rule.rule_id else rule.named(name)
