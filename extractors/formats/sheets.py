"""What workbooks of every kind share: which of their sheets a contract means, and rows of values -> blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pyarrow as pa

from contracts.errors import SheetNotFound
from contracts.settings import settings
from extractors.formats.native import column
from extractors.grid import Block

BLOCK_CELLS = 1 << 19
"""Cells held as Python objects at a time; a wide sheet gives shorter blocks."""


def chosen(names: Sequence[str], visible: Sequence[str], wanted: Sequence[str] | None, file_name: str) -> list[str]:
    """The sheets to read: those the contract names, else the first visible one. Raises: `SheetNotFound`."""
    if wanted is None:
        return list(visible[:1] or names[:1])
    if missing := tuple(name for name in wanted if name not in names):
        raise SheetNotFound(file_name, missing, tuple(names))
    return list(wanted)


def blocks(rows: Iterable[tuple[int, dict[int, object]]]) -> Iterator[Block]:
    """Rows (number, cells by column) -> blocks; rows that are not there are blank and stay away."""
    most, waiting, cells = settings().chunk_rows, [], 0
    for row in rows:
        waiting.append(row)
        cells += len(row[1])
        if len(waiting) >= most or cells >= BLOCK_CELLS:
            yield _block(waiting)
            waiting, cells = [], 0
    if waiting:
        yield _block(waiting)


def _block(rows: list[tuple[int, dict[int, object]]]) -> Block:
    width = max((max(cells) for _, cells in rows if cells), default=-1) + 1
    columns = tuple(column([cells.get(position) for _, cells in rows]) for position in range(width))
    return Block(columns, pa.array([number for number, _ in rows], pa.int64()))
