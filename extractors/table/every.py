"""`every`: one sheet that repeats a table under one title after another, stacked or side by side.

Such sheets are made by hand and small, so the sheet is held as a whole: tables that stand side by side share their rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

import numpy as np
import pyarrow as pa

from extractors.cells import CellColumn
from extractors.grid import Block, Grid, joined, nothing
from extractors.table.find import Found, Search
from extractors.table.where import matching


def every_table(grid: Grid, search: Search) -> Iterator[Found | None]:
    """A table for each match of the title, in reading order; None for a title that no table follows."""
    assert search.title is not None
    whole = _whole(grid)
    marks = [(int(row), column) for column, cells in enumerate(whole.columns) for row in np.flatnonzero(matching(cells, search.title))]
    titles = sorted(marks)
    search.title_seen = search.title_seen or bool(titles)
    first = titles[0][0] if titles else 0
    above = (*grid.above, *(text for text in chain.from_iterable(whole.slice(0, first).texts()) if text))
    for row, column in titles:
        below = Block((*(nothing(len(whole)) for _ in range(column)), *whole.columns[column:]), whole.rows, whole.doubt).slice(row)
        found = search.in_grid(replace(grid, blocks=iter([below]), above=above))
        yield found and _until_next(found, whole, row, titles)


def _until_next(found: Found, whole: Block, row: int, titles: list[tuple[int, int]]) -> Found | None:
    """The table, cut where the next title stands over its columns."""
    right = found.left + len(found.headers)
    end = min((below for below, column in titles if below > row and found.left <= column < right), default=len(whole))
    start = int(np.searchsorted(whole.rows.to_numpy(), found.row)) + 1
    return replace(found, body=iter([whole.slice(start, end - start)])) if start <= end else None


def _whole(grid: Grid) -> Block:
    blocks = list(grid.blocks)
    width = max((len(block.columns) for block in blocks), default=0)
    columns = [joined([_at(block, column) for block in blocks]) for column in range(width)]
    if not blocks:
        return Block((), pa.array([], pa.int64()))
    doubts = [pa.nulls(len(block), pa.string()) if block.doubt is None else block.doubt for block in blocks]
    return Block(tuple(columns), pa.concat_arrays([block.rows for block in blocks]), pa.concat_arrays(doubts))


def _at(block: Block, column: int) -> CellColumn:
    return block.columns[column] if column < len(block.columns) else nothing(len(block))
