"""Total rows checked against the rows they speak of, before they are dropped.

A file that does not add up is a file of which something is missing or twice: the agency's own total is the best check there is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
import pyarrow as pa

from contracts.models.contract import Contract
from contracts.models.table import GroupRow, TotalRow
from extractors.report import Finding
from extractors.table.amounts import ARITHMETIC, AmountReader, Segments, total, totals
from extractors.table.chunks import Index, Piece, place_of
from extractors.table.needs import Layout, Needs
from extractors.table.roles import DATA, KNOWN_TOTAL, Roles
from extractors.table.sums import Sum, absent, compared, judged

Summing = TotalRow | GroupRow
Stated = list[tuple[Decimal | None, str]]
"""Per total row of a chunk what it states, and where it stands."""


@dataclass
class _Account:
    """One column under one rule: what has been summed since the last total, and the totals already compared."""

    sums: list[Sum] = field(default_factory=list)
    running: Decimal = Decimal(0)
    waiting: Stated = field(default_factory=list)
    known: Stated = field(default_factory=list)
    """Totals that their figures told: one over all rows stands for the rule's own, which may be missing."""


class Totals:
    """The total rows and group totals of one table, as its chunks pass."""

    def __init__(self, contract: Contract, needs: Needs, amounts: AmountReader) -> None:
        self._contract, self._needs, self._amounts = contract, needs, amounts
        self._rules = [(i, rule) for i, rule in enumerate(contract.rows) if isinstance(rule, Summing) and columns_of(rule)]
        self._accounts: dict[tuple[int, str, str], _Account] = {}
        self._seen: set[int] = set()
        self._place = ""

    def add(self, piece: Piece, roles: Roles) -> None:
        """The rows of the next chunk."""
        if not self._place and self._rules and len(piece.chunk.rows):
            self._place = place_of(piece.chunk, 0)
        for position, rule in self._rules:
            marks = np.flatnonzero(roles == position)
            self._seen.update([position] if len(marks) else [])
            for column, header, key in summed(self._contract, self._needs, piece.layout, rule):
                amounts = self._amounts.of_piece(piece, column, key)
                account = self._accounts.setdefault((position, column, header), _Account())
                if is_over_all(rule):
                    account.known += _stated(piece, amounts, np.flatnonzero(roles == KNOWN_TOTAL))
                segments = np.cumsum(roles == position)[roles == DATA]
                _add(account, rule, amounts.filter(roles == DATA), segments, _stated(piece, amounts, marks))

    def findings(self) -> Iterator[Finding]:
        """What the comparison came to, once the table has ended."""
        for position, rule in self._rules:
            sums: dict[str, list[tuple[str, Sum]]] = {}
            for (of, column, header), account in self._accounts.items():
                if of == position:
                    self._seen.update([position] if _close(account, rule.tolerance) else [])
                    sums.setdefault(column, []).extend((header, each) for each in account.sums)
            for column in columns_of(rule):
                if position in self._seen:
                    yield from judged(column, *compared(sums.get(column, []), rule.tolerance))
                else:
                    yield absent(rule, column, self._place)


def summed(contract: Contract, needs: Needs, layout: Layout, rule: Summing) -> Iterator[tuple[str, str, str]]:
    """(column, header, key) of everything a rule sums: a column, or each header that `unpivot` makes rows of."""
    unpivot = contract.unpivot
    for column in columns_of(rule):
        if unpivot and unpivot.value == column:
            yield from ((column, wide.header, wide.key) for wide in layout.wide)
        elif key := layout.key(needs.spellings(column)):
            yield column, "", key


def columns_of(rule: Summing) -> tuple[str, ...]:
    """The columns whose sums a rule states."""
    return rule.of if isinstance(rule, TotalRow) else rule.total_of


def is_over_all(rule: Summing) -> bool:
    """Whether a rule's totals are of all rows, those below them too."""
    return isinstance(rule, TotalRow) and rule.over == "all"


def _stated(piece: Piece, amounts: pa.Array, marks: Index) -> Stated:
    return [(amounts[int(mark)].as_py(), place_of(piece.chunk, int(mark))) for mark in marks]


def _add(account: _Account, rule: Summing, amounts: pa.Array, segments: Segments, stated: Stated) -> None:
    """``segments``: for each data row how many of the rule's rows stand before it in the chunk."""
    if is_over_all(rule):
        account.running = ARITHMETIC.add(account.running, total(amounts))
        account.waiting += stated
        return
    sums = totals(amounts, segments, len(stated) + 1)
    sums[0] = ARITHMETIC.add(sums[0], account.running)
    *closed, account.running = sums
    if isinstance(rule, GroupRow) and rule.position == "before":
        stated, closed = _behind_headings(account, stated, closed)
    account.sums += [Sum(amount, summed, place) for (amount, place), summed in zip(stated, closed, strict=True)]


def _behind_headings(account: _Account, stated: Stated, closed: list[Decimal]) -> tuple[Stated, list[Decimal]]:
    """A heading before its rows is compared when the next one comes; rows before the first heading belong to none."""
    headings = [*account.waiting, *stated]
    if stated and not account.waiting:
        closed = closed[1:]
    account.waiting = headings[-1:]
    return headings[:-1], closed


def _close(account: _Account, tolerance: float) -> bool:
    """Totals over all rows, and the last heading, are compared at the end; True where a total that its figures told is one of all rows."""
    account.sums += [Sum(amount, account.running, place) for amount, place in account.waiting]
    known = [Sum(amount, account.running, place) for amount, place in account.known if amount is not None]
    _, wrong = compared((("", each) for each in known), tolerance)
    standing = [each for each in known if ("", each) not in wrong]
    account.waiting, account.known = [], []
    account.sums += standing
    return bool(standing)
