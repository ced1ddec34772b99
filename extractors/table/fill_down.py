"""Cells that are written once for several rows: ``blank: above`` gives an empty one the text above it.

A region merged over its villages, or left blank below its first row, is how agencies write a hierarchy; without this step only the first
row would know where it belongs. What stands further left is the larger thing: where it changes, everything right of it begins anew.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa

from contracts.models.columns import ABOVE
from contracts.models.contract import Contract
from extractors.cells import CellColumn
from extractors.grid import blank, joined, nothing, sliced, taken
from extractors.table.chunks import Piece
from extractors.table.needs import own_spellings


class FillDown:
    """Fills the columns of one table, as its data rows pass."""

    def __init__(self, contract: Contract) -> None:
        wanted = {name: column for name, column in contract.columns.items() if column.blank == ABOVE}
        joined_items = [(item,) for column in wanted.values() for item in column.join or () if isinstance(item, str)]
        self._wanted = [*(own_spellings(name, column, contract) for name, column in wanted.items()), *joined_items]
        self._above: dict[str, CellColumn] = {}

    def __call__(self, piece: Piece) -> Piece:
        """The chunk with the blank cells of those columns filled from above, from earlier chunks too."""
        keys = {piece.layout.key(spellings) for spellings in self._wanted}
        filled: dict[str, CellColumn] = {}
        begins = np.zeros(len(piece.chunk.rows) + 1, np.int64)
        for key, cells in piece.chunk.columns.items() if len(piece.chunk.rows) else ():
            if key in keys:
                whole = joined([self._above.get(key, nothing(1)), cells])
                own = np.where(blank(whole), 0, np.arange(len(begins)))
                last = np.maximum.accumulate(own)
                at = pa.array(last, mask=last < begins)
                begins = np.maximum(begins, last)
                whole = taken(whole, at)
                filled[key], self._above[key] = sliced(whole, 1), sliced(whole, len(begins) - 1)
        return replace(piece, chunk=replace(piece.chunk, columns=piece.chunk.columns | filled))
