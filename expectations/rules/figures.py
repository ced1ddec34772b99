"""Rules between the figures of one row: compare, sum_of, mean_of, max_of, ratio. Where one of them is missing there is nothing to compare."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.models.checks import Check
from expectations.rules.judged import Judged, row_rule
from expectations.rules.rule import Rule
from expectations.rules.sql import MASKED, between, literal, outside, quote, shown, spoken


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
    total = " + ".join(f"{quote(part)}::numeric" for part in check.parts or ())
    named = " + ".join(check.parts or ())
    return _of_parts(check, judged, whole=f"({total})", named=named, verb="berjumlah", ours="ExpectColumnToEqualSumOfParts")


def mean_of_rule(check: Check, judged: Judged) -> Rule:
    """`column` equals the mean of `parts`, rounded to as many decimals as `column` has, give or take the tolerance."""
    parts = check.parts or ()
    mean = f"(({' + '.join(f'{quote(part)}::numeric' for part in parts)}) / {len(parts)})"
    rounding = f"0.5 * power(10::numeric, -scale({quote(check.column or '')}::numeric))"
    return _of_parts(
        check, judged, whole=mean, named=f"rata-rata {_listed(parts)}", verb="adalah", ours="ExpectColumnToEqualMeanOfParts", slack=rounding
    )


def max_of_rule(check: Check, judged: Judged) -> Rule:
    """`column` equals the largest of `parts`, give or take the tolerance; with a part missing nobody knows the largest."""
    parts = check.parts or ()
    figures = ", ".join(f"{quote(part)}::numeric" for part in parts)
    largest = f"(case when row({figures}) is not null then greatest({figures}) end)"
    return _of_parts(
        check, judged, whole=largest, named=f"terbesar dari {_listed(parts)}", verb="adalah", ours="ExpectColumnToEqualMaxOfParts"
    )


def _of_parts(check: Check, judged: Judged, *, whole: str, named: str, verb: str, ours: str, slack: str | None = None) -> Rule:
    """A column against `whole`, the SQL of what its parts make; `slack`: SQL of what is allowed beside the tolerance."""
    name = check.column or ""
    within = f", selisih paling banyak {spoken(check.tolerance)}" if check.tolerance else ""
    allowed = f"{check.tolerance!r} + {slack}" if slack else repr(check.tolerance)
    told = f"replace(trim_scale({f'round({whole}, 6)' if slack else whole})::text, '.', ',')"
    return row_rule(
        check, judged, fails=f"abs({quote(name)} - {whole}) > {allowed}", subject=f"Kolom {name} berisi",
        observed=f"{shown(name, judged.column(name))} || {literal(f' dan {named} {verb} ')} || {_masked(told, check, judged)}",
        expected=f"sama dengan {named}{within}", ours=ours,
    )  # fmt: skip


def _masked(told: str, check: Check, judged: Judged) -> str:
    """What personal figures make is told no more than they are."""
    return MASKED if any(judged.column(part).pribadi for part in check.parts or ()) else told


def _listed(parts: Sequence[str]) -> str:
    return ", ".join(parts)


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
