"""The rows of a found table: cut where the table ends, freed of blank rows, under their headers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from extractors.bounded_pattern import BoundedPattern
from extractors.cells import CellChunk, CellColumn
from extractors.doubts import SURPLUS
from extractors.grid import Block, Grid, Mask, blank_rows, nothing
from extractors.side_by_side import side_by_side
from extractors.table.chunks import doubting, doubting_rows, rows_where
from extractors.table.find import Found
from extractors.table.needs import keys_of
from extractors.table.repeated_header import RepeatedHeader
from extractors.table.where import any_matching

BLANK_ROW = "blank_row"


@dataclass
class Region:
    """One table of a grid, read block by block."""

    grid: Grid
    found: Found
    needed: frozenset[str]
    """Keys of the columns to hand on."""
    meant: frozenset[str]
    """Those of the columns that the contract means."""
    ends_at: str | None
    pattern: BoundedPattern | None = None

    def __post_init__(self) -> None:
        self._repeated = RepeatedHeader(self.found, self.meant)

    def chunks(self) -> Iterator[CellChunk]:
        """The rows that are not blank, up to the end of the table."""
        last = self.found.row
        for block in self.found.body:
            chunk, is_end = self._chunk(block, last)
            if len(chunk.rows):
                yield chunk
            if is_end:
                return
            last = block.rows[-1].as_py() if len(block) else last

    def _chunk(self, block: Block, last: int) -> tuple[CellChunk, bool]:
        width = len(self.found.headers)
        columns = [*block.columns[self.found.left : self.found.left + width]]
        columns += [nothing(len(block))] * (width - len(columns))
        beyond = block.columns[self.found.left + width :] if self.grid.ragged and self.found.title is None else ()
        blanks = blank_rows([*columns, *beyond], len(block))
        end = self._end(block, columns, blanks, last)
        wanted = {key: column for key, column in zip(keys_of(self.found.headers), columns, strict=True) if key in self.needed}
        chunk = CellChunk(wanted, block.rows, self.grid.place)
        for doubt in (block.doubt, _surplus(beyond)):
            chunk = doubting(chunk, doubt)
        chunk = doubting_rows(chunk, self._repeated.doubts(columns, block.rows))
        keep = ~blanks
        keep[end:] = False
        return rows_where(chunk, keep), end < len(block)

    def _end(self, block: Block, columns: Sequence[CellColumn], blanks: Mask, last: int) -> int:
        """Index of the first row after the table, or the length of the block."""
        if self.ends_at is None:
            return len(block)
        if self.ends_at == BLANK_ROW:
            rows = block.rows.to_numpy()
            ended = blanks | (np.diff(rows, prepend=last) > 1)  # a spreadsheet may leave blank rows out
        else:
            assert self.pattern is not None
            ended = any_matching(columns, len(block), self.pattern)
        return int(ended.argmax()) if ended.any() else len(block)


def _surplus(beyond: Sequence[CellColumn]) -> pa.Array | None:
    """The doubt of rows with texts beyond the header; None where no row can have any."""
    if not beyond:
        return None
    texts = [pc.if_else(pc.equal(pc.utf8_trim_whitespace(column.text), ""), pa.scalar(None, pa.string()), column.text) for column in beyond]
    return pc.binary_join_element_wise(SURPLUS, side_by_side(texts), "")
