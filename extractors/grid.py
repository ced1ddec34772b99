"""A sheet, page or file before anyone knows where its table stands: cells by position, in blocks of rows.

Readers of formats make grids, `extractors.table` finds tables in them; neither knows the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from extractors.cells import CellColumn

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Block:
    """A run of physical rows; the first column is the leftmost of the sheet."""

    columns: tuple[CellColumn, ...]
    rows: pa.Array
    """pa.int64(): physical row numbers, from 1."""
    doubt: pa.Array | None = None
    """pa.string(): why the row cannot be read for certain (a stray quote); null in sound rows, None where all are."""

    def __len__(self) -> int:
        return len(self.rows)

    def slice(self, start: int, length: int | None = None) -> Block:
        """Some of its rows, without a copy."""
        doubt = None if self.doubt is None else self.doubt.slice(start, length)
        return Block(tuple(sliced(column, start, length) for column in self.columns), self.rows.slice(start, length), doubt)

    def texts(self) -> list[tuple[str | None, ...]]:
        """Its rows as Python tuples: for the few rows in which a header is looked for."""
        if not self.columns:
            return [()] * len(self)
        return list(zip(*(column.text.to_pylist() for column in self.columns), strict=True))


@dataclass(frozen=True)
class Merge:
    """A merged cell: its first and last row (from 1) and column (from 0)."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class OutOfSight:
    """What a sheet or page keeps from people's eyes; complete once its last block was taken."""

    rows: list[int] = field(default_factory=list)
    """Physical row numbers, of rows that are read."""
    columns: set[int] = field(default_factory=set)
    """Columns from 0, which are read."""
    left_out: int = 0
    """Rows that are not read."""


@dataclass(frozen=True)
class Grid:
    """Everything a table can be looked for in."""

    place: str
    """What stands before the row number in ``_lokasi``."""
    blocks: Iterator[Block]
    sheet_name: str = ""
    above: tuple[str, ...] = ()
    """Texts that stand before the first row (a page has them outside its tables)."""
    heading: str = ""
    """The heading that stands nearest above it, where a page has headings."""
    merges: tuple[Merge, ...] = ()
    ragged: bool = False
    """Rows have no fixed width: a cell beyond the header means that a row is shifted (CSV)."""
    header_rows: int | None = None
    """Rows of the header where the page itself says so, from its first row."""
    out_of_sight: OutOfSight | None = None
    is_spare: bool = False
    """A sheet that nobody asked for: looked at, not read."""


def sliced(column: CellColumn, start: int, length: int | None = None) -> CellColumn:
    """Some cells of a column, without a copy."""
    return CellColumn(column.text.slice(start, length), None if column.kind is None else column.kind.slice(start, length))


def taken(column: CellColumn, index: pa.Array | npt.NDArray[np.int64]) -> CellColumn:
    """The cells at these positions; a null position is no cell."""
    return CellColumn(pc.take(column.text, index), None if column.kind is None else pc.fill_null(pc.take(column.kind, index), 0))


def kept(column: CellColumn, mask: Mask) -> CellColumn:
    """The cells where the mask is true."""
    return CellColumn(column.text.filter(mask), None if column.kind is None else column.kind.filter(mask))


def nothing(length: int) -> CellColumn:
    """A column without a single cell."""
    return CellColumn(pa.nulls(length, pa.string()))


def joined(columns: Sequence[CellColumn]) -> CellColumn:
    """Columns one under the other."""
    kinds = None
    if any(column.kind is not None for column in columns):
        kinds = pa.concat_arrays([pa.array(np.zeros(len(c.text), np.uint8)) if c.kind is None else c.kind for c in columns])
    return CellColumn(pa.concat_arrays([column.text for column in columns]), kinds)


def blank(column: CellColumn) -> Mask:
    """Where a column has no cell, or one without visible text."""
    empty = pc.equal(pc.utf8_trim_whitespace(column.text), "")
    return pc.fill_null(empty, True).to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]


def blank_rows(columns: Sequence[CellColumn], length: int) -> Mask:
    """Where every column is blank; looks at no more columns than it takes to know."""
    mask: Mask = np.ones(length, bool)
    for column in columns:
        mask = mask & blank(column)
        if not mask.any():
            break
    return mask
