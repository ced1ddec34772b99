"""The cells of one HTML table by position, its spans worked out (HTML standard, 4.9.12 Processing model)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bs4 import Tag

from contracts.errors import UnequalLengths
from extractors.formats.html_visible import text_of
from extractors.grid import Merge

Row = dict[int, object]


@dataclass
class Matrix:
    """Rows of cells by column, and the cells that span several."""

    rows: list[Row] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    header_rows: int = 1

    @property
    def width(self) -> int:
        """Columns, those of spanning cells included."""
        return max([max(row) + 1 for row in self.rows if row] + [merge.right + 1 for merge in self.merges], default=0)

    def above(self, body: Matrix) -> Matrix:
        """This header on top of a body."""
        moved = [Merge(m.top + len(self.rows), m.left, m.bottom + len(self.rows), m.right) for m in body.merges]
        return Matrix([*self.rows, *body.rows], [*self.merges, *moved], len(self.rows))


def matrix_of(table: Tag, max_columns: int) -> Matrix:
    """The cells of a table (or of a part of one); the rows of tables inside its cells are not its own.

    A row that is wider than ``max_columns`` is cut there, one column too wide for the caller to see.
    """
    rows = [row for row in table.find_all("tr") if table.name != "table" or row.find_parent("table") is table]
    matrix = Matrix([{} for _ in rows])
    taken: list[set[int]] = [set() for _ in rows]
    for top, row in enumerate(rows):
        left = 0
        for cell in row.find_all(["td", "th"], recursive=False):
            while left in taken[top]:
                left += 1
            if left > max_columns:
                break
            height, width = _span(cell, "rowspan", len(rows) - top), _span(cell, "colspan", max_columns + 1 - left)
            _place(matrix, taken, text_of(cell), Merge(top, left, top + height - 1, left + width - 1))
            left += width
    return matrix


def _place(matrix: Matrix, taken: list[set[int]], text: str, at: Merge) -> None:
    for row in range(at.top, at.bottom + 1):
        taken[row].update(range(at.left, at.right + 1))
        if text:
            matrix.rows[row][at.left] = text
            if at.right > at.left:
                matrix.merges.append(Merge(row + 1, at.left, row + 1, at.right))


def _span(cell: Tag, name: str, most: int) -> int:
    """The rows or columns a cell spans; 0 means to the end."""
    text = str(cell.get(name, "1")).strip()
    span = int(text) if text.isdecimal() and len(text) < 9 else 1
    return max(1, min(span or most, most))


def side_by_side(pieces: Sequence[Matrix], file_name: str, *, equal_heights: bool) -> Matrix:
    """Pieces joined row by row. Raises: `UnequalLengths` where their heights differ and may not."""
    heights = tuple(len(piece.rows) for piece in pieces)
    if equal_heights and len(set(heights)) > 1:
        raise UnequalLengths(file_name, "table.beside", heights)
    together = Matrix([{} for _ in range(max(heights, default=0))])
    left = 0
    for piece in pieces:
        for row, cells in enumerate(piece.rows):
            together.rows[row] |= {left + column: value for column, value in cells.items()}
        together.merges += [Merge(m.top, m.left + left, m.bottom, m.right + left) for m in piece.merges]
        left += piece.width
    return together
