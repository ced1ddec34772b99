"""What a batch is judged by though its contract lists no check of it: what the columns say, and what no table of figures does."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.models.checks import Check
from contracts.models.contract import Contract
from contracts.rules.columns import TIMES
from expectations.rules.judged import Judged
from expectations.rules.places import degrees, unasked_axes

OBSERVED = frozenset({"hari", "minggu", "minggu_bulan", "bulan"})
"""Grains of what is counted when it has happened. Years are projected, and targets are set for them."""
PROMISES = "kinerja"
"""The concept whose figures speak of what is to come."""
FIGURES = frozenset({"integer", "decimal"})
MOST_COLUMNS = 20
"""A wider table is a register; each column is one look at the history."""


def implied_checks(judged: Judged) -> Iterator[Check]:
    """What `required`, `range` and `in` of a column say, and what holds though nothing says it; a key is required anyway.

    That a point's axes are not exchanged, that nothing is counted before its time, that all figures do not leap.
    """
    for name, column in judged.contract.columns.items():
        if column.required and name not in judged.contract.key:
            yield Check(rule="required", column=name)
        if bounds := column.range or degrees(name, judged.contract):
            yield Check(rule="range", column=name, range=bounds)
        if column.in_:
            yield Check(rule="in_set", column=name, values=column.in_)
    if axes := unasked_axes(judged.contract):
        yield axes
    if time := _time_of_what_happened(judged):
        yield Check(rule="not_future", column=time)
    yield from (check for check in unasked_shifts(judged) if check.rule_id in judged.measures)


def unasked_shifts(judged: Judged) -> list[Check]:
    """A `unit_shift` for each column of figures that no check of the contract measures by its history."""
    asked = {check.column for check in judged.contract.checks if check.rule in ("unit_shift", "scale_lost")}
    figures = figures_of(judged.contract)
    return [Check(rule="unit_shift", column=name) for name in figures if name not in asked] if len(figures) <= MOST_COLUMNS else []


def figures_of(contract: Contract) -> list[str]:
    """The columns of figures that a file says, and that name no row and no person."""
    return [
        name for name, column in contract.columns.items()
        if column.type in FIGURES and name not in contract.key and not column.pribadi and column.value is None
    ]  # fmt: skip


def _time_of_what_happened(judged: Judged) -> str | None:
    """The column of the period, where nothing can be known of it before it begins and no check of the contract says what is to be."""
    contract, period = judged.contract, judged.contract.period
    if period is None or period.column is None or period.grain not in OBSERVED or contract.concept == PROMISES:
        return None
    told = any(check.rule == "not_future" and check.column == period.column for check in contract.checks)
    return period.column if not told and judged.column(period.column).type in TIMES else None
