"""Rules on figures that are measured by others: same_as_dataset, scale_lost, unit_shift, outlier, refiled. What is off was found before
(`expectations.measuring`); here it becomes rules with their severity and their sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contracts.models.checks import Check, Severity
from expectations.measuring.outlying import Z
from expectations.rules.judged import Judged, severity_of
from expectations.rules.rule import Expected, Rule
from expectations.rules.sql import MASKED, shown, spoken


@dataclass(frozen=True)
class Words:
    """How a rule is called in GX, and what should be."""

    expectation: str
    expected: str


WORDS: Mapping[str, Words] = {
    "same_as_dataset": Words("ExpectColumnToEqualAnotherDataset", "sama"),
    "scale_lost": Words("ExpectColumnToKeepItsThousands", "sebesar itu, bukan seperseribunya (angka ribuan hilang?)"),
    "unit_shift": Words("ExpectColumnToKeepItsUnit", "dalam satuan yang sama"),
    "outlier": Words("ExpectColumnToStayNearItsHistory", "sewajarnya menurut riwayatnya"),
    "refiled": Words("ExpectColumnNotToBeFiledAgain", "angka periode ini sendiri, bukan salinan periode lain"),
}
LOST_BY_MOST: Severity = "hold"


def measured_rules(check: Check, judged: Judged) -> list[Rule]:
    """The rule of a check; two of `scale_lost`, which sets single rows aside and holds a batch that lost them in most of its rows."""
    if check.rule != "scale_lost" or severity_of(check) != "quarantine":
        return [_rule(check, judged, check.rule_id, severity_of(check), "true")]
    return [
        _rule(check, judged, check.rule_id, "quarantine", "not mass"),
        _rule(check, judged, f"{check.rule_id}.sebagian_besar", LOST_BY_MOST, "mass"),
    ]


def _rule(check: Check, judged: Judged, rule_id: str, severity: Severity, which: str) -> Rule:
    name, measure, words = check.column or "", judged.measures[check.rule_id], WORDS[check.rule]
    mine = f"{measure.table} where nth = {measure.nth}"
    column = judged.column(name)
    lama = MASKED if column.pribadi else f"coalesce((select min(lama) from {mine} and _no = s._no), '')"
    off = f"count(_no) filter (where {which})"
    return Rule(
        rule=check.rule, rule_id=rule_id, severity=severity, column=name, scope="batch",
        fails=f"_no in (select _no from {mine} and {which} and _no is not null)", subject=f"Kolom {name} berisi",
        observed=f"{shown(name, column)} || {lama}", expected=_expected(check, words), message=check.message,
        skipped=measure.reason or "Belum ada angka yang dapat dibandingkan.",
        expectation=Expected(words.expectation, {
            "column": name, "query": f"select coalesce(max(lama) filter (where _no is null), '0')::bigint, {off} from {mine}",
        }),
    )  # fmt: skip


def _expected(check: Check, words: Words) -> str:
    if check.rule == "same_as_dataset" and check.tolerance:
        return f"sama, selisih paling banyak {spoken(check.tolerance)}"
    if check.rule == "outlier":
        return f"dalam {spoken(check.z or Z)} simpangan dari riwayatnya"
    return words.expected
