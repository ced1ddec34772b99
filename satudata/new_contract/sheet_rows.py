"""The first and the last rows of a sheet or page, with everything that helps to see where its table stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from contracts.text import squeezed
from extractors.cells import NUMBER, TEXT
from extractors.grid import Block, Grid, Merge
from satudata.new_contract.moments import FEWEST_YEARS, MOST_YEARS
from satudata.new_contract.sample import LAST_ROWS, MOST_ROWS

FEW_ROWS = 200
"""Rows in which the shape of a table shows."""


@dataclass(frozen=True)
class Row:
    """One physical row."""

    number: int
    texts: tuple[str, ...]
    kinds: tuple[int, ...]

    def text(self, column: int) -> str:
        """A cell; empty where the row ends before it."""
        return self.texts[column] if column < len(self.texts) else ""

    def kind(self, column: int) -> int:
        """As in `extractors.cells`."""
        return self.kinds[column] if column < len(self.kinds) else TEXT

    def is_label(self, column: int) -> bool:
        """Whether a cell may be part of a header: any text, and of the numbers only years."""
        text = self.text(column)
        if not text or (self.kind(column) != NUMBER and not _is_number(text)):
            return bool(text)
        return text.isdecimal() and FEWEST_YEARS <= int(text) <= MOST_YEARS

    def filled(self, left: int = 0, right: int | None = None) -> list[int]:
        """The columns of a stretch that hold something."""
        return [i for i, text in enumerate(self.texts[left:right], left) if text]


@dataclass
class SheetRows:
    """The rows of one grid that a survey keeps."""

    grid: Grid
    rows: list[Row] = field(default_factory=list)
    """The first rows, then the last ones."""
    is_whole: bool = True

    @classmethod
    def of(cls, grid: Grid) -> SheetRows:
        """Read a grid to its end, keeping its first and last rows."""
        seen, last = cls(grid), None
        for block in grid.blocks:
            room = MOST_ROWS - len(seen.rows)
            if room > 0:
                seen.rows += rows_of(block.slice(0, room))
            if len(block) > room:
                last = block if room <= 0 else block.slice(room)
        if last is not None:
            seen.is_whole = False
            seen.rows += rows_of(last.slice(max(0, len(last) - LAST_ROWS)))
        return seen

    @property
    def merges(self) -> dict[int, list[Merge]]:
        """Merged cells by their first row."""
        found: dict[int, list[Merge]] = defaultdict(list)
        for merge in self.grid.merges:
            found[merge.top].append(merge)
        return found


def rows_of(block: Block) -> Iterator[Row]:
    """The rows of a block that hold anything."""
    texts = [[squeezed(text or "") for text in column.text.to_pylist()] for column in block.columns]
    kinds = [[TEXT] * len(block) if column.kind is None else column.kind.to_pylist() for column in block.columns]
    for i, number in enumerate(block.rows.to_pylist()):
        row = Row(number, tuple(column[i] for column in texts), tuple(column[i] for column in kinds))
        if any(row.texts):
            yield row


def _is_number(text: str) -> bool:
    bare = text.replace(".", "").replace(",", "").replace("%", "").strip("()- ")
    return bare.isdecimal()
