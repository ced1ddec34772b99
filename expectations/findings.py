"""What parsing found out joins what the rules found out: totals, declared totals, headers that are new."""

from __future__ import annotations

import re

from contracts.models.checks import DEFAULT_SEVERITY
from contracts.text import visible
from expectations.rules.judged import Judged
from expectations.verdict import CheckResult
from extractors.report import Finding, ParseReport

OF_PERSONS = re.compile(
    r"(?<![^\W_])(nik|(no|nomor)[\W_]*(nik|kk|ktp|(kartu[\W_]*)?keluarga|induk[\W_]*kependudukan))(?![^\W_])", re.IGNORECASE
)
"""Headers under which the numbers of persons and families stand."""


def parse_results(judged: Judged, report: ParseReport) -> list[CheckResult]:
    """The findings of a parse as check results, in their order."""
    results = [_result(judged, finding) for finding in report.findings]
    told = any(finding.rule == "new_column" for finding in report.findings)
    if report.unknown_headers and not told and judged.contract.extra != "ignore":
        results.append(_new_columns(judged, report))
    if persons := tuple(header for header in report.unknown_headers if OF_PERSONS.search(header)):
        results.append(_numbers_of_persons(judged, persons))
    return results


def _result(judged: Judged, finding: Finding) -> CheckResult:
    is_placed = not finding.lokasi or finding.message.startswith(finding.lokasi)
    message = finding.message if is_placed else f"{finding.lokasi}: {finding.message}"
    return judged.result(
        rule_id=finding.rule_id, rule=finding.rule, scope="batch", column_name=finding.column,
        severity=finding.severity or DEFAULT_SEVERITY[finding.rule], outcome=finding.outcome,
        checked=finding.checked, failed=finding.failed, observed=finding.observed, expected=finding.expected,
        message=None if finding.outcome == "pass" else message, source=finding.source,
    )  # fmt: skip


def _numbers_of_persons(judged: Judged, headers: tuple[str, ...]) -> CheckResult:
    """Columns that no rule looks into, as the contract does not read them; their cells stay in the archive all the same."""
    named = ", ".join(map(visible, headers))
    return judged.result(
        rule_id="new_column.data_pribadi", rule="new_column", scope="batch", column_name=None, severity=DEFAULT_SEVERITY["new_column"],
        outcome="fail", checked=0, failed=len(headers), observed=named, expected="tanpa nomor penduduk yang tidak diperlukan",
        message=f"Berkas memuat kolom {named}, yang tidak disebut kontrak. Isinya tidak dibaca dan tidak terbit, tetapi tersimpan bersama berkasnya di arsip."
        " Minta OPD mengirim tanpa kolom itu.", source="drift",
    )  # fmt: skip


def _new_columns(judged: Judged, report: ParseReport) -> CheckResult:
    """Headers the contract does not know; `extra` says whether that is worth a warning or stops the batch."""
    headers = ", ".join(map(visible, report.unknown_headers))
    return judged.result(
        rule_id="new_column", rule="new_column", scope="batch", column_name=None,
        severity="fail" if judged.contract.extra == "fail" else DEFAULT_SEVERITY["new_column"], outcome="fail", checked=0,
        failed=len(report.unknown_headers), observed=headers, expected="kolom yang tercantum di kontrak",
        message=f"Kolom baru yang belum dikenal kontrak: {headers}. Tambahkan ke `columns` atau `ignore`.", source="drift",
    )  # fmt: skip
