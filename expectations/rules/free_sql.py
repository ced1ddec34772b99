"""sql: a condition of the contract's own, true where a row is wrong, for what no other rule can say.

What runs is not the contract's text but what `contracts.condition` understood of it: it reads the row, and nothing else anywhere.
"""

from __future__ import annotations

from dataclasses import replace

from contracts.condition.grammar import read_condition
from contracts.models.checks import Check
from expectations.rules.judged import Judged, row_rule
from expectations.rules.rule import Rule
from expectations.rules.sql import literal, shown


def sql_rule(check: Check, judged: Judged) -> Rule:
    """The condition is not true of the row; the contract's `message` says why that matters."""
    types = {name: column.type for name, column in judged.contract.columns.items()}
    condition = read_condition(check.condition or "", types, judged.dataset.zone)
    told = " || ', ' || ".join(
        f"{literal(f'{name} ')} || coalesce({shown(name, judged.column(name))}, 'kosong')" for name in condition.columns
    )
    rule = row_rule(
        check, judged, fails=condition.sql, subject="Baris memuat", observed=told, expected=f"bukan {check.condition}",
        ours="ExpectConditionNotToHold",
    )  # fmt: skip
    return replace(rule, columns=condition.columns)
