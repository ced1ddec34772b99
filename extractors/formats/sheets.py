"""What workbooks of every kind share: which of their sheets a contract means, and rows of values -> blocks."""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from contracts.errors import SheetNotFound
from contracts.settings import settings
from extractors.formats.native import column
from extractors.grid import Block

_LOCKED = "EncryptedPackage".encode("utf-16-le")
BLOCK_CELLS = 1 << 17
"""Cells held as Python objects at a time; a wide sheet gives shorter blocks."""


def is_locked(path: Path) -> bool:
    """Whether a container of old Office holds a workbook under a password (MS-OFFCRYPTO 1.3.1): its one tell-tale is a name in it."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content[:4] == b"\xd0\xcf\x11\xe0" and content.find(_LOCKED) >= 0


def chosen(names: Sequence[str], visible: Sequence[str], wanted: Sequence[str] | None, file_name: str) -> list[str]:
    """The sheets to read: those the contract names, else the first visible one. Raises: `SheetNotFound`."""
    if wanted is None and names:
        return list(visible[:1] or names[:1])
    wanted = wanted or ("(yang pertama)",)
    if missing := tuple(name for name in wanted if name not in names):
        raise SheetNotFound(file_name, missing, tuple(names))
    return list(wanted)


def spare(visible: Sequence[str], wanted: Sequence[str] | None) -> Sequence[str]:
    """The sheets that stay unread because the contract names none: the visible ones behind the first."""
    return visible[1:] if wanted is None else ()


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
