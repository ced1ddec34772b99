"""One act of damage: a file, what its columns are, how many rows, and the dice."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from bench.corruption.document import Cell, Document, NotApplicable, Roles, Row


@dataclass(frozen=True)
class Case:
    """What a variant is given."""

    document: Document
    roles: Roles
    rng: random.Random
    count: int
    """Rows to hurt; a variant that hurts a whole file ignores it."""
    previous: Document | None = None
    """The file of the period before, untouched."""

    def hurt(self, column: str | None, change: Callable[[Cell], Cell]) -> None:
        """Change `count` cells of a column, in rows where it makes a difference. Raises NotApplicable where it makes none."""
        place, left = self.document.column(column), self.count
        for row in self.document.chosen(self.rng, len(self.document.rows), column):
            try:
                cell = change(row.cells[place])
            except NotApplicable:
                continue
            if cell != row.cells[place]:
                row.cells[place], row.damaged, left = cell, True, left - 1
            if left <= 0:
                return
        if left == self.count:
            raise NotApplicable(f"nothing to change in {column}")

    def insert(self, row: Row) -> None:
        """Put a further row, hurt by being there, at a place of chance."""
        row.damaged = True
        self.document.rows.insert(self.rng.randrange(len(self.document.rows) + 1), row)

    def copy_of(self, row: Row) -> Row:
        """The same cells as a row of its own."""
        return Row(list(row.cells))

    def like(self) -> Row:
        """A copy of a row of chance."""
        return self.copy_of(self.document.chosen(self.rng, 1)[0])

    def set(self, row: Row, column: str | None, cell: Cell) -> None:
        """Write one cell of a row. Raises NotApplicable where there is no such column."""
        row.cells[self.document.column(column)] = cell


Variant = Callable[[Case], None]
ByteVariant = Callable[[bytes, random.Random], bytes]
