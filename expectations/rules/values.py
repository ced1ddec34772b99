"""Rules on one cell that holds a value: range, in_set, regex, length. An empty cell breaks none of them; that is what `required` is for."""

from __future__ import annotations

from contracts.models.checks import Check
from contracts.models.columns import Column
from contracts.postgres_pattern import to_postgres
from expectations.rules.judged import Judged, row_rule
from expectations.rules.places import exchanged
from expectations.rules.rule import Expected, Rule
from expectations.rules.sql import between, literal, outside, quote, shown
from warehouse.names import PG_TYPES

OURS = "ExpectColumnValuesToSatisfy"


def range_rule(check: Check, judged: Judged) -> Rule:
    """The number lies in the range; of a column, not of a check: exchanged coordinates are left to the rule on them."""
    low, high = check.range or (None, None)
    fails = outside(quote(check.column or ""), low, high)
    apart = exchanged(check.column or "", judged.contract) if check not in judged.contract.checks else None
    native = Expected("ExpectColumnValuesToBeBetween", {"column": check.column, "min_value": low, "max_value": high})
    return _value_rule(
        check, judged, fails=f"{fails} and not {apart}" if apart else fails, expected=between(low, high), native=None if apart else native
    )


def in_set_rule(check: Check, judged: Judged) -> Rule:
    """The value is one of the list; a number is compared as a number."""
    column, values = judged.column(check.column), list(check.values or ())
    pg_type = "numeric" if column.is_number else PG_TYPES[column.type]  # a listed 1.5 is no whole number, and equals none
    listed = ", ".join(f"{literal(value)}::{pg_type}" for value in values)
    native = Expected("ExpectColumnValuesToBeInSet", {"column": check.column, "value_set": values})
    return _value_rule(
        check, judged, fails=f"{quote(check.column or '')} not in ({listed})", expected="salah satu dari " + ", ".join(values),
        native=native if _is_text(column) else None,
    )  # fmt: skip


def regex_rule(check: Check, judged: Judged) -> Rule:
    """The pattern is found in the text, as Python's re.search would."""
    pattern = to_postgres(check.pattern or "")
    native = Expected("ExpectColumnValuesToMatchRegex", {"column": check.column, "regex": pattern})
    return _value_rule(
        check, judged, fails=f"{quote(check.column or '')}::text !~ {literal(pattern)}", expected=f"berbentuk {check.pattern}",
        native=native if _is_text(judged.column(check.column)) else None,
    )  # fmt: skip


def length_rule(check: Check, judged: Judged) -> Rule:
    """The text has as many characters as allowed."""
    shortest, longest = check.length or (None, None)
    native = Expected("ExpectColumnValueLengthsToBeBetween", {"column": check.column, "min_value": shortest, "max_value": longest})
    return _value_rule(
        check, judged, fails=outside(f"char_length({quote(check.column or '')}::text)", shortest, longest),
        expected=f"{between(shortest, longest)} huruf", native=native if _is_text(judged.column(check.column)) else None,
    )  # fmt: skip


def _value_rule(check: Check, judged: Judged, *, fails: str, expected: str, native: Expected | None) -> Rule:
    name = check.column or ""
    return row_rule(
        check,
        judged,
        fails=fails,
        subject=f"Kolom {name} berisi",
        observed=shown(name, judged.column(name)),
        expected=expected,
        native=native,
        ours=OURS,
    )


def _is_text(column: Column) -> bool:
    return PG_TYPES[column.type] == "text"
