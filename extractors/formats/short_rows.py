"""Which rows of a text table lack cells: a lost separator moves the cells behind it, and what is lost reads as empty.

Many writers leave out empty cells at the end of a row, and that is no fault: so a row is doubted only where nearly all other rows are full and
fill what it lacks, where other rows write their empty last cells or what is lacking is a figure. Spreadsheets leave empty ends out for sixteen
rows at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from extractors.doubts import SHORT
from extractors.formats.row_shape import SAMPLE_ROWS, RowShape

MOSTLY, USUALLY = 0.25, 0.9
"""Rows that may be short before it is the habit of the file; rows that fill a column which must be there."""
TOGETHER = 16
"""Rows for which a spreadsheet decides at once where they end."""

Row = Sequence[str]


class ShortRows:
    """What is known of the rows before; to be asked block after block."""

    def __init__(self) -> None:
        self._rows = self._short = 0

    def full(self, rows: int) -> None:
        """So many more rows are full."""
        self._rows += rows

    def doubts(self, rows: Sequence[Row], shape: RowShape, first: int) -> list[str | None]:
        """Per row whether it lacks cells; ``first``: its number in the file. Rows above the first full one are titles."""
        begin = next((i for i, row in enumerate(rows) if len(row) >= shape.width), len(rows)) if not self._rows else 0
        short = [i for i, row in enumerate(rows) if i >= begin and len(row) < shape.width and any(map(str.strip, row))]
        self._rows += sum(map(bool, rows[begin:]))
        self._short += len(short)
        found: list[str | None] = [None] * len(rows)
        if not short or self._short > MOSTLY * self._rows:
            return found
        least = _least(rows, shape)
        for i in short:
            if len(rows[i]) < least and not _ends_with_others(rows, i, shape.width, first):
                found[i] = f"{SHORT}{len(rows[i])} dari {shape.width}"
        return found


def _least(rows: Sequence[Row], shape: RowShape) -> int:
    """How many cells a row must have: up to the last column that nearly all full rows fill."""
    full = list(islice((row for row in rows if len(row) == shape.width), SAMPLE_ROWS))
    writes_blanks = any(not row[-1].strip() for row in full)
    filled = [sum(bool(row[column].strip()) for row in full) >= USUALLY * len(full) for column in range(shape.width)]
    return max((column + 1 for column, is_filled in enumerate(filled) if is_filled and (writes_blanks or shape.figures[column])), default=0)


def _ends_with_others(rows: Sequence[Row], at: int, width: int, first: int) -> bool:
    """Whether all rows are short for which a spreadsheet decided at once."""
    begin = at - (first + at - 1) % TOGETHER
    block = rows[max(begin, 0) : begin + TOGETHER]
    return len(block) > 1 and max(map(len, block)) < width
