"""Guards on the batch as a whole: is anything there, and is it about as much as before?"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from statistics import median

from contracts.models.checks import DEFAULT_SEVERITY
from expectations.rules.judged import Judged
from expectations.rules.rule import Expected, Rule
from expectations.verdict import CheckResult
from extractors.report import ParseReport

NO_DATA = ("drop", "total", "group")
"""Reasons why a record was dropped that was never data."""


def volume_rules(judged: Judged) -> list[Rule]:
    """`empty`: at least one row. `volume`: at least `min_share` of the median of the last accepted batches; a first batch has none."""
    rules = [_at_least("empty", 1, "sedikitnya 1 baris")]
    if judged.history.last_counts:
        guards = judged.contract.guards
        usual = median(judged.history.last_counts)
        least = ceil(guards.min_share * usual)
        rules.append(_at_least("volume", least, f"sedikitnya {least} baris ({guards.min_share:.0%} dari biasanya, {usual:.0f})"))
    return rules


def max_quarantined(judged: Judged, aside: int, report: ParseReport, results: Sequence[CheckResult]) -> CheckResult:
    """Not more rows are set aside than `max_quarantined`, a share of the data that was fetched; known only after the rows are found.

    `results`: of the rules, by which the commonest cause is told, with its first row.
    """
    data = report.fetched - sum(report.dropped[why] for why in NO_DATA)
    most, share = judged.contract.guards.max_quarantined, aside / data if data else 0.0
    observed, expected = f"{share:.1%}".replace(".", ","), f"paling banyak {most:.1%}".replace(".", ",")
    passed = share <= most
    causes = [one for one in results if one.severity == "quarantine" and one.outcome == "fail" and one.message]
    cause = max(causes, key=lambda one: one.failed).message if causes else ""
    said = f"{aside} dari {data} baris data dikarantina ({observed}); seharusnya {expected}." + (
        f" Sebab terbanyak: {cause}" if cause else ""
    )
    return judged.result(
        rule_id="max_quarantined", rule="max_quarantined", scope="batch", column_name=None, severity=DEFAULT_SEVERITY["max_quarantined"],
        outcome="pass" if passed else "fail", checked=data, failed=aside, observed=observed, expected=expected, source="guard",
        message=None if passed else said,
    )  # fmt: skip


def _at_least(rule: str, rows: int, expected: str) -> Rule:
    return Rule(
        rule=rule, rule_id=rule, severity=DEFAULT_SEVERITY[rule], column=None, scope="batch", source="guard", expected=expected,
        subject="Batch berisi", expectation=Expected("ExpectTableRowCountToBeBetween", {"min_value": rows}),
    )  # fmt: skip
