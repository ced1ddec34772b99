"""Where the table stands in a grid: below its title, at the first run of rows that has every name the contract asks for.

Files move their tables: a title line more, an empty column less. So a contract names headers and titles, never cell addresses.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from contracts.text import as_stored, squeezed
from extractors.bounded_pattern import BoundedPattern
from extractors.grid import Block, Grid, Merge
from extractors.table.header import headers_of
from extractors.table.needs import Needs

Rows = Sequence[Sequence[str | None]]
ABOVE = -1
"""Row of a title that stands in the texts above a grid."""
MOST_OF_TITLE = 2
"""Cells in a row that is no row of a table: a title, or a label and its value."""
MOST_ROWS = 10_000
"""Rows in which a header is looked for."""


@dataclass(frozen=True)
class Found:
    """A table of a grid."""

    headers: tuple[str, ...]
    left: int
    """Column of the first header."""
    row: int
    """Physical row of the last header row."""
    body: Iterator[Block]
    """What follows the header, to the end of the grid."""
    above: tuple[str, ...] = ()
    """Texts above the header in reading order, those between the table's own title and its header first; then its rows, each as one text."""
    title: re.Match[str] | None = None
    cells: frozenset[str] = frozenset()
    """The texts of the header's rows as they are written."""
    titles: tuple[str, ...] = ()
    """The rows right above the header that hold a title or note and are no rows of another table, each as one text."""


@dataclass(frozen=True)
class Title:
    """A cell that matches `table.title`."""

    row: int
    """Index among the rows looked at, or `ABOVE`; of several titles above a grid only the nearest counts."""
    column: int
    match: re.Match[str]


@dataclass(frozen=True)
class Nearest:
    """The header that lacked least, for the error that says what is missing."""

    score: int = -1
    filled: int = 0
    headers: tuple[str, ...] = ()


@dataclass
class Search:
    """Looks for one table in one grid after another."""

    needs: Needs
    header_rows: int
    title: BoundedPattern | None = None
    title_seen: bool = False
    nearest: Nearest = Nearest()

    def in_grid(self, grid: Grid) -> Found | None:
        """The first table of a grid, or None."""
        return _Window(self, grid).found()

    def fits(self, headers: list[str]) -> bool:
        """Whether these are the headers; if not, they may still be the nearest so far."""
        filled = sum(map(bool, headers))
        if filled and self.needs.fits(headers):
            return True
        other = Nearest(self.needs.score(headers) if filled else -1, filled, tuple(headers))
        self.nearest = max(self.nearest, other, key=lambda it: (it.score, it.filled))
        return False

    def titles(self, row: int, texts: tuple[str | None, ...]) -> list[Title]:
        """The cells of a row that match the title."""
        if self.title is None:
            return []
        matches = ((i, self.title.search(as_stored(text))) for i, text in enumerate(texts) if text)
        found = [Title(row, column, match) for column, match in matches if match]
        self.title_seen = self.title_seen or bool(found)
        return found


class _Window:
    """The rows of a grid that were looked at so far."""

    def __init__(self, search: Search, grid: Grid) -> None:
        self._search, self._grid = search, grid
        self._height = grid.header_rows or search.header_rows
        self._rows: list[tuple[str | None, ...]] = []
        self._numbers: list[int] = []
        titles = [(i, title.match) for i, text in enumerate(grid.above) for title in search.titles(ABOVE, (text,))][-1:]
        self._titles = [Title(ABOVE, 0, match) for _, match in titles]
        self._below_title = grid.above[titles[0][0] :] if titles else ()
        self._merges: dict[int, list[Merge]] = defaultdict(list)
        for merge in grid.merges:
            self._merges[merge.top].append(merge)

    def found(self) -> Found | None:
        blocks = self._grid.blocks
        for block in blocks:
            first = len(self._rows)
            for step in steps(block):
                for number, row in zip(step.rows.to_pylist(), step.texts(), strict=True):
                    if at := self._at(number, row):
                        left, headers, title = at
                        body = chain([block.slice(len(self._rows) - first)], blocks)
                        above, match = self._above(left, len(headers), title), title.match if title else None
                        cells = frozenset(text for row in self._rows[-self._height :] for text in row if text)
                        return Found(tuple(headers), left, number, body, above, match, cells, titles_of(self._rows[: -self._height]))
                if len(self._rows) > MOST_ROWS or self._grid.header_rows:
                    return None
        return None

    def _at(self, number: int, row: tuple[str | None, ...]) -> tuple[int, list[str], Title | None] | None:
        """(left, headers, title) if the header ends with this row."""
        self._titles += self._search.titles(len(self._rows), row)
        self._rows.append(row)
        self._numbers.append(number)
        start = len(self._rows) - self._height
        if start < 0 or (start and self._grid.header_rows):
            return None
        headers = headers_of(self._rows[start:], self._numbers[start:], self._merges)
        if self._grid.ragged:
            headers = headers[: max(map(_cells, self._rows[start:]))]
        for title in self._candidates(start):
            left, own = region(headers, title.column) if title else (0, headers)
            if self._search.fits(own):
                return left, own, title
        return None

    def _candidates(self, start: int) -> Sequence[Title | None]:
        """The titles above a row; None alone where the contract asks for no title."""
        return [None] if self._search.title is None else [title for title in self._titles if title.row < start]

    def _above(self, left: int, width: int, title: Title | None) -> tuple[str, ...]:
        rows = self._rows[: -self._height]
        if title is None or title.row == ABOVE:
            return _in_order([], (*(self._below_title if title else ()), *self._grid.above), rows)
        return _in_order([row[left : left + width] for row in rows[title.row :]], self._grid.above, rows)


def _in_order(own: Rows, above: Sequence[str | None], rows: Rows) -> tuple[str, ...]:
    """What `title:` looks through: the single cells in reading order, then the cells of each row joined with one space.

    So a label and its value may stand in one cell (``KELURAHAN PAKELAN``) or in two neighbouring ones.
    """
    single = [squeezed(text) for text in chain.from_iterable([*own, above, *rows]) if text]
    cells = ([squeezed(text) for text in row if text and text.strip()] for row in [*own, *rows])
    return tuple(filter(None, [*single, *dict.fromkeys(" ".join(row) for row in cells if len(row) > 1)]))


def titles_of(rows: Rows) -> tuple[str, ...]:
    """The texts of the last of these rows, up to the first one of more than two cells."""
    texts = [[squeezed(text) for text in row if text and text.strip()] for row in rows]
    first = next((i for i in range(len(texts), 0, -1) if len(texts[i - 1]) > MOST_OF_TITLE), 0)
    return tuple(" ".join(row) for row in texts[first:] if row)


def _cells(row: tuple[str | None, ...]) -> int:
    """How many cells a row has of its own, padding left out."""
    return len(row) - next((i for i, text in enumerate(reversed(row)) if text is not None), len(row))


def steps(block: Block) -> Iterator[Block]:
    """A block in slices that grow: a header mostly stands in the first rows."""
    start, length = 0, 16
    while start < len(block):
        yield block.slice(start, length)
        start, length = start + length, min(2 * length, 1024)


def region(headers: list[str], column: int) -> tuple[int, list[str]]:
    """The headers of the table under a title: from its column (or the first header right of it) up to the next blank one."""
    left = next((i for i in range(column, len(headers)) if headers[i]), len(headers))
    right = next((i for i in range(left, len(headers)) if not headers[i]), len(headers))
    return left, headers[left:right]
