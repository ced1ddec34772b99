"""Which rows of a table are data, and which are dropped, totals or group headings: the first rule that matches decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from contracts.models.contract import Contract
from contracts.models.table import GroupRow, RowRule
from contracts.total_words import PARTIAL, WHOLE
from extractors.bounded_pattern import BoundedPattern
from extractors.cells import CellChunk, CellColumn
from extractors.grid import Mask
from extractors.table.chunks import Piece
from extractors.table.needs import Layout, Needs
from extractors.table.where import matching, matching_total

DATA = -1
Roles = npt.NDArray[np.int16]
"""Per row `DATA`, or the position of its rule in ``rows:``."""
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
        return roles

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
    """What takes no row as data takes a total's label in each of its settings, if it takes it in one that spells a total."""
    pattern = BoundedPattern(text)
    takes_totals = not isinstance(rule, GroupRow) and any(map(pattern.search, (*WHOLE, *PARTIAL)))
    return Condition(spellings, pattern, takes_totals)
