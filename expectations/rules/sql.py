"""The SQL that rules are written in, and the values that people read.

Everything that comes from a contract goes through `quote` or `literal`; nothing from a contract or a row ever becomes SQL by itself.
"""

from __future__ import annotations

from contracts.models.columns import Column
from warehouse.names import PG_TYPES, joined, literal, quote

__all__ = ["between", "cell_text", "clipped", "joined", "literal", "number", "outside", "quote", "shown", "spoken", "uncastable"]

MOST_SHOWN = 60
MASKED = "'(disamarkan)'"


def cell_text(name: str) -> str:
    """SQL: what the source published in a column, typed or not, as text; '' where it published nothing."""
    return f"coalesce({quote(name)}::text, _cacat ->> {literal(name)}, '')"


def uncastable(name: str) -> str:
    """SQL: true where the source published something that is not of the column's type."""
    return f"_cacat ? {literal(name)}"


def shown(name: str, column: Column) -> str:
    """SQL: the typed value of a column as a reader sees it; personal data never is."""
    if column.pribadi:
        return MASKED
    text = f"{quote(name)}::text"
    if column.is_number:
        return f"replace(ops.masked({text}), '.', ',')"
    return clipped(text) if PG_TYPES[column.type] == "text" else text


def clipped(text: str) -> str:
    """SQL: a text between quotation marks, not longer than a sentence bears, and without anybody's number or address."""
    text = f"ops.masked({text})"
    return f"""'"' || left({text}, {MOST_SHOWN}) || case when char_length({text}) > {MOST_SHOWN} then '…' else '' end || '"'"""


def number(value: float) -> str:
    """SQL: a number, exactly as the contract wrote it."""
    return f"{value:.0f}" if float(value).is_integer() else repr(float(value))


def spoken(value: float) -> str:
    """A number as a reader sees it: decimal comma, no sign between thousands."""
    return number(value).replace(".", ",")


def between(low: float | None, high: float | None) -> str:
    """A range as the end of a sentence."""
    if low is None or high is None:
        return f"paling sedikit {spoken(low)}" if low is not None else f"paling banyak {spoken(high or 0)}"
    return f"antara {spoken(low)} dan {spoken(high)}"


def outside(value: str, low: float | None, high: float | None) -> str:
    """SQL: true where a number lies outside a range; an open end bounds nothing."""
    ends = [f"{value} < {number(low)}"] if low is not None else []
    ends += [f"{value} > {number(high)}"] if high is not None else []
    return f"({' or '.join(ends)})"
