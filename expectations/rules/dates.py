"""date_order: what begins does not end before it began. Equal moments are in order; where one is missing there is nothing to compare."""

from __future__ import annotations

from contracts.models.checks import Check
from expectations.rules.judged import Judged, row_rule
from expectations.rules.rule import Rule
from expectations.rules.sql import literal, quote, shown


def date_order_rule(check: Check, judged: Judged) -> Rule:
    """The first of two dates, times or periods of one grain is not after the second."""
    first, second = check.columns or ()
    fails = f"{quote(first)} > {quote(second)}"
    if judged.column(first).type == "period":
        fails = f'{quote(first)} collate "C" > {quote(second)} and {_shape(first)} = {_shape(second)}'
    told = f"{shown(first, judged.column(first))} || {literal(f' dan {second} berisi ')} || {shown(second, judged.column(second))}"
    return row_rule(
        check, judged, fails=fails, subject=f"Kolom {first} berisi", observed=told, expected=f"{first} tidak sesudah {second}",
        ours="ExpectDatesToBeInOrder",
    )  # fmt: skip


def _shape(column: str) -> str:
    """SQL: the shape of a canonical period; no two grains share one."""
    return f"translate({quote(column)}, '123456789', '000000000')"
