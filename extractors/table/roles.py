"""Which rows of a table are data, and which are dropped, totals or group headings: the first rule that matches decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from contracts.models.contract import Contract
from contracts.models.table import DataRow, DropRow, RowRule, TotalRow
from contracts.total_words import PARTIAL, WHOLE
from extractors.bounded_pattern import BoundedPattern
from extractors.cells import CellChunk, CellColumn
from extractors.grid import Mask
from extractors.table.chunks import Piece
from extractors.table.needs import Layout, Needs
from extractors.table.where import labelling, matching, matching_total

DATA, KNOWN_TOTAL, OPEN = -1, -2, -3
Roles = npt.NDArray[np.int16]
"""Per row `DATA`, the position of its rule in ``rows:``, `KNOWN_TOTAL` where its figures alone tell, or `OPEN`: perhaps a total."""
Find = Callable[[CellColumn, BoundedPattern], Mask]


class Condition(NamedTuple):
    """What a rule asks of one column."""

    spellings: tuple[str, ...]
    pattern: BoundedPattern
    takes_totals: bool
    """Whether it takes the label of a total however that is set."""


class RoleReader:
    """Reads the roles of the rows of a contract's tables."""

    def __init__(self, contract: Contract, needs: Needs) -> None:
        self._rules: Sequence[RowRule] = contract.rows
        self._conditions = [[_condition(rule, needs.spellings(name), text) for name, text in rule.where.items()] for rule in contract.rows]

    def __call__(self, piece: Piece) -> Roles:
        """The role of each row of a chunk: that of the first rule whose patterns take it as it is written, else of the first that takes it as a total."""
        chunk, layout = piece.chunk, piece.layout
        roles: Roles = np.full(len(chunk.rows), DATA, np.int16)
        for find in (matching, matching_total):
            for position, conditions in enumerate(self._conditions):
                if find is matching or any(one.takes_totals for one in conditions):
                    free = roles == DATA
                    roles[free & self._where(chunk, layout, conditions, find)] = position
        roles[np.isin(roles, [position for position, rule in enumerate(self._rules) if isinstance(rule, DataRow)])] = DATA
        return roles

    def labelled(self, piece: Piece, roles: Roles) -> dict[int, tuple[int, str]]:
        """Data rows that begin as a total's label does where a rule looks for one -> that rule and the label, in the order of the rows."""
        free = (roles == DATA) & ~self.named(piece)
        found: dict[int, tuple[int, str]] = {}
        for position, conditions in enumerate(self._conditions):
            looked_at = [piece.layout.key(one.spellings) for one in conditions if one.takes_totals]
            if looked_at and looked_at[0] is not None and free.any():
                cells = piece.chunk.columns[looked_at[0]]
                marks = np.flatnonzero(free & self._where(piece.chunk, piece.layout, conditions, _begins))
                found |= {int(mark): (position, cells.text[int(mark)].as_py()) for mark in marks if mark not in found}
        return dict(sorted(found.items()))

    def named(self, piece: Piece) -> Mask:
        """Rows of which the contract says that they are data."""
        mask: Mask = np.zeros(len(piece.chunk.rows), bool)
        for rule, conditions in zip(self._rules, self._conditions, strict=True):
            if isinstance(rule, DataRow):
                mask |= self._where(piece.chunk, piece.layout, conditions, matching)
        return mask

    def _where(self, chunk: CellChunk, layout: Layout, conditions: Sequence[Condition], find: Find) -> Mask:
        mask: Mask = np.ones(len(chunk.rows), bool)
        for spellings, pattern, takes_totals in conditions:
            key = layout.key(spellings)
            mask = (
                mask & (find if takes_totals else matching)(chunk.columns[key], pattern)
                if key is not None
                else np.zeros(len(chunk.rows), bool)
            )
            if not mask.any():
                break
        return mask


def _condition(rule: RowRule, spellings: tuple[str, ...], text: str) -> Condition:
    pattern = BoundedPattern(text)
    return Condition(spellings, pattern, takes_totals(rule, pattern))


def takes_totals(rule: RowRule, pattern: BoundedPattern) -> bool:
    """What takes no row as data takes a total's label in each of its settings, if it takes it in one that spells a total."""
    return isinstance(rule, DropRow | TotalRow) and any(map(pattern.search, (*WHOLE, *PARTIAL)))


def _begins(column: CellColumn, _: BoundedPattern) -> Mask:
    return labelling(column)
