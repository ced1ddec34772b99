"""Rules between the figures of one row: compare, sum_of, ratio. Where one of them is missing there is nothing to compare."""

from __future__ import annotations

from contracts.models.checks import Check
from expectations.rules.judged import Judged, row_rule
from expectations.rules.rule import Rule
from expectations.rules.sql import between, literal, outside, quote, shown, spoken


def compare_rule(check: Check, judged: Judged) -> Rule:
    """`column op other`; `other` is a column or a number."""
    name, other = check.column or "", check.other or ""
    is_column = other in judged.contract.columns
    right = quote(other) if is_column else f"{literal(other)}::numeric"
    observed = shown(name, judged.column(name))
    if is_column:
        observed += f" || {literal(f' dan {other} berisi ')} || coalesce({shown(other, judged.column(other))}, 'kosong')"
    return row_rule(
        check, judged, fails=f"not ({quote(name)} {_operator(check.op)} {right})", subject=f"Kolom {name} berisi", observed=observed,
        expected=f"{name} {check.op} {other}", ours="ExpectColumnsToCompare",
    )  # fmt: skip


def sum_of_rule(check: Check, judged: Judged) -> Rule:
    """`column` equals the sum of `parts`, give or take the tolerance."""
    name, parts = check.column or "", list(check.parts or ())
    total = " + ".join(f"{quote(part)}::numeric" for part in parts)
    named = " + ".join(parts)
    within = f", selisih paling banyak {spoken(check.tolerance)}" if check.tolerance else ""
    return row_rule(
        check, judged, fails=f"abs({quote(name)} - ({total})) > {check.tolerance!r}", subject=f"Kolom {name} berisi",
        observed=f"{shown(name, judged.column(name))} || {literal(f' dan {named} berjumlah ')} || replace(({total})::text, '.', ',')",
        expected=f"sama dengan {named}{within}", ours="ExpectColumnToEqualSumOfParts",
    )  # fmt: skip


def ratio_rule(check: Check, judged: Judged) -> Rule:
    """`of` / `to` lies in the range. Something per nothing lies in no range; nothing per nothing says nothing."""
    of, to = quote(check.of or ""), quote(check.to or "")
    low, high = check.range or (None, None)
    ratio = f"{of}::numeric / nullif({to}, 0)"
    return row_rule(
        check, judged, fails=f"{outside(f'({ratio})', low, high)} or ({to} = 0 and {of} <> 0)", subject=f"{check.of} per {check.to} adalah",
        observed=f"""{shown(check.of or '', judged.column(check.of))} || ' per ' || {shown(check.to or '', judged.column(check.to))}
                     || coalesce(' = ' || replace(round({ratio}, 2)::text, '.', ','), '')""",
        expected=between(low, high), ours="ExpectColumnRatioToBeBetween",
    )  # fmt: skip


def _operator(op: str | None) -> str:
    return "<>" if op == "!=" else str(op)
