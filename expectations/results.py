"""GX's counts as rows of `ops.check_result`: the outcome, an example of what was found, and a sentence an agency can act on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from psycopg import Connection

from expectations.counting import Counted, Fault
from expectations.quarantine import Example, Found, count_aside, examples, locate, set_aside
from expectations.rules.judged import Judged
from expectations.rules.rule import Rule
from expectations.verdict import CheckResult, Outcome
from expectations.violations import list_violations


def rule_results(
    conn: Connection, judged: Judged, rules: Mapping[str, Rule], counted: Sequence[Counted], faults: Mapping[str, Fault]
) -> tuple[list[CheckResult], int, bool]:
    """One result per expectation that GX reported on, the number of rows set aside, and whether others are listed."""
    blamed = [rule for one in counted if one.failed and one.rule_id not in faults and (rule := rules[one.rule_id]).fails]
    severe = [rule for rule in blamed if rule.severity == "quarantine"]
    found = dict(set_aside(conn, judged, severe)) if severe else {}
    others = [rule for rule in blamed if rule.severity != "quarantine"]
    found |= locate(conn, judged.table, others)
    shown = examples(conn, judged.table, blamed, found)
    results = []
    for one in counted:
        fault = faults.get(one.rule_id) or _disagreement(one, found.get(one.rule_id))
        results.append(_result(judged, rules[one.rule_id], one, shown.get(one.rule_id), fault))
    return results, count_aside(conn, judged.table) if severe else 0, list_violations(conn, judged.table, others)


def _disagreement(one: Counted, found: Found | None) -> Fault | None:
    """GX's count and the rows found by the same rule in SQL must be as many; else neither is to be trusted."""
    if found is None or found.rows == one.failed:
        return None
    return Fault(f"Aturan {one.rule_id}: GX menghitung {one.failed} baris, penyaring menemukan {found.rows}.")


def _result(judged: Judged, rule: Rule, one: Counted, example: Example | None, fault: Fault | None) -> CheckResult:
    outcome = "error" if fault else _outcome(rule, one)
    message = fault.message if fault else rule.skipped if outcome == "skipped" else None
    message = _message(rule, one, example) if outcome == "fail" else message
    return judged.result(
        rule_id=rule.rule_id, rule=rule.rule, scope=rule.scope, column_name=rule.column, severity=rule.severity, outcome=outcome,
        checked=one.checked, failed=one.failed, observed=example.observed if example else one.observed, expected=rule.expected,
        message=message, columns=rule.speaks_of, source=rule.source, expectation_type=one.expectation_type, validation_id=one.validation.validation_id,
    )  # fmt: skip


def _outcome(rule: Rule, one: Counted) -> Outcome:
    if rule.skipped and not one.checked:
        return "skipped"
    return "pass" if one.passed else "fail"


def _message(rule: Rule, one: Counted, example: Example | None) -> str:
    if rule.source == "guard":
        return f"{rule.subject} {one.observed} baris; seharusnya {rule.expected}."
    share = f"{one.failed} dari {one.checked} baris"
    if example:
        return f"{share}, pertama {example.lokasi}: {example.sentence}" if example.lokasi else f"{share}: {example.sentence}"
    return f"{share}: {rule.subject} {one.observed or 'isi yang tidak terbaca'}; seharusnya {rule.expected}."
