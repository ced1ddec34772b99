"""Of which columns a contract leaves open what their texts are: there the label of a total may stand among the names of things."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.models.contract import Contract
from contracts.models.table import DataRow
from contracts.text import as_stored, normalise
from contracts.total_words import begins_as_total
from extractors.bounded_pattern import BoundedPattern
from extractors.table.needs import Needs
from extractors.table.roles import takes_totals


def open_columns(contract: Contract) -> Iterator[str]:
    """The columns of the key, texts or codes, of which nothing says what they may hold."""
    listed = {check.column for check in contract.checks if check.rule == "in_set"}
    for name in contract.key:
        column = contract.columns.get(name)
        if (
            column is not None
            and column.type in ("text", "code")
            and not (column.codes or column.in_ or column.reference or name in listed)
        ):
            yield name


def is_untold(contract: Contract, name: str, label: str) -> bool:
    """Whether no rule of the contract says of a label in a column that it is data, or looks there for totals that begin as it does."""
    headers = {normalise(spelling) for spelling in Needs(contract).spellings(name)}
    for rule in contract.rows:
        for pattern in (BoundedPattern(text) for header, text in rule.where.items() if normalise(header) in headers):
            if isinstance(rule, DataRow) and pattern.search(as_stored(label)):
                return False
            if takes_totals(rule, pattern) and begins_as_total(label):
                return False
    return True
