"""drift: a column whose cells have mostly stopped being of its type is no longer that column (contract page, retyped column -> fail).

A few unreadable cells are set aside one by one; when most of them are, the sheet was rearranged and no row of it can be trusted.
"""

from __future__ import annotations

from contracts.models.checks import DEFAULT_SEVERITY
from contracts.models.columns import Column
from expectations.rules.cells import TYPE_NAMES, marked
from expectations.rules.judged import Judged
from expectations.rules.rule import Expected, Rule
from expectations.rules.sql import MASKED, clipped, literal, quote, uncastable
from warehouse.names import PG_TYPES


def retyped_rules(judged: Judged) -> list[Rule]:
    """One rule per column that is not text: most of what was published there is of its type."""
    return [_retyped(name, judged) for name, column in judged.contract.columns.items() if PG_TYPES[column.type] != "text"]


def _retyped(name: str, judged: Judged) -> Rule:
    fails, column, text = uncastable(name), judged.column(name), f"(_cacat ->> {literal(name)})"
    published = f"({quote(name)} is not null or ({fails}))"
    return Rule(
        rule="drift", rule_id=f"drift.{name}", severity=DEFAULT_SEVERITY["drift"], column=name, scope="batch", source="drift",
        subject=f"Kolom {name} berisi", expected=f"sebagian besar {TYPE_NAMES[column.type]}{_hint(column)}",
        fails=fails, observed=f"{MASKED if column.pribadi else clipped(text)} || {marked(text, column)}",
        expectation=Expected("ExpectColumnToKeepItsType", {"column": name, "fails": fails, "rows": published}),
    )  # fmt: skip


def _hint(column: Column) -> str:
    """Which key of the contract most often is to blame."""
    if column.is_number:
        return " (bila contoh itu angka, periksa `numbers`; bila bukan, `type: text`?)"
    is_time = column.type in ("date", "timestamp")
    return " (bila contoh itu waktu, periksa `format`; bila bukan, `type: text`?)" if is_time else " (atau `type: text`?)"
