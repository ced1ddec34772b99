"""Which rows of a table are data, and which are dropped, totals or group headings: the first rule that matches decides."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from contracts.models.contract import Contract
from contracts.models.table import RowRule
from extractors.bounded_pattern import BoundedPattern
from extractors.cells import CellChunk
from extractors.grid import Mask
from extractors.table.chunks import Piece
from extractors.table.needs import Layout, Needs
from extractors.table.where import matching

DATA = -1
Roles = npt.NDArray[np.int16]
"""Per row `DATA`, or the position of its rule in ``rows:``."""


class RoleReader:
    """Reads the roles of the rows of a contract's tables."""

    def __init__(self, contract: Contract, needs: Needs) -> None:
        self._rules: Sequence[RowRule] = contract.rows
        self._patterns = [
            [(needs.spellings(name), BoundedPattern(text)) for name, text in rule.where.items()] for rule in contract.rows
        ]  # fmt: skip

    def __call__(self, piece: Piece) -> Roles:
        """The role of each row of a chunk."""
        chunk, layout = piece.chunk, piece.layout
        roles: Roles = np.full(len(chunk.rows), DATA, np.int16)
        for position, conditions in enumerate(self._patterns):
            free = roles == DATA
            roles[free & self._where(chunk, layout, conditions)] = position
        return roles

    def _where(self, chunk: CellChunk, layout: Layout, conditions: Sequence[tuple[tuple[str, ...], BoundedPattern]]) -> Mask:
        mask: Mask = np.ones(len(chunk.rows), bool)
        for spellings, text in conditions:
            key = layout.key(spellings)
            mask = mask & matching(chunk.columns[key], text) if key is not None else np.zeros(len(chunk.rows), bool)
            if not mask.any():
                break
        return mask
