"""`where:` of a check: the rows it speaks of, by patterns on what the columns hold."""

from __future__ import annotations

from contracts.models.base import Where
from contracts.models.contract import Contract
from contracts.postgres_pattern import to_postgres
from contracts.text import normalise
from expectations.rules.sql import cell_text, literal


def where_sql(where: Where, contract: Contract) -> str:
    """SQL: true for the rows a check speaks of. Case does not count; ``^$`` is an empty cell; all patterns must match."""
    return " and ".join(f"{cell_text(_column(name, contract))} ~* {literal(to_postgres(pattern))}" for name, pattern in where.items())


def _column(name: str, contract: Contract) -> str:
    """A column by its name, or by the header it is published under."""
    if name in contract.columns:
        return name
    spelt = (column for column, its in contract.columns.items() if normalise(name) in map(normalise, its.from_ or ()))
    return next(spelt, name)
