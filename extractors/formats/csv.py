"""Delimited text -> blocks of cells: the fast lane.

Blocks of whole records go to pyarrow; a block it will not take (records of unequal width, blank lines) goes through Python's csv module
and comes out the same. So one odd row in five million costs one slow block.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import chain
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from contracts.errors import EmptyFile, TooManyColumns
from contracts.settings import settings
from extractors.cells import CellColumn
from extractors.formats.dialect import SAMPLE_BYTES, delimiter_of
from extractors.formats.row_shape import RowShape
from extractors.formats.short_rows import ShortRows
from extractors.formats.stray_quotes import records_and_doubts
from extractors.formats.text_blocks import utf8_blocks
from extractors.grid import Block, Grid

HEAD_BYTES = 1 << 15
"""How much of the file is read record by record, for the header and what stands above it."""
LONGEST_RECORD = 1 << 20
"""A quoted field longer than this is a stray quote."""


def csv_grid(
    path: Path,
    file_name: str,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    wanted: Collection[str] = (),
    one_table: bool = True,
) -> Grid:
    """The one grid of a text file; ``wanted`` are header names (normalised) that tell the delimiter.

    ``one_table``: its rows should all be as wide; tables under titles need not be.

    Raises: `EmptyFile`, `BadEncoding`, `WrongFormat`; while its blocks are taken also `TooManyColumns`.
    """
    blocks = utf8_blocks(path, file_name, encoding)
    first = next(blocks, b"")
    if not first.strip():
        raise EmptyFile(file_name)
    sample = first[: first.rfind(b"\n", 0, SAMPLE_BYTES) + 1] or first[:SAMPLE_BYTES]
    if sample.startswith(b"sep=") and delimiter is None:
        delimiter = sample[4:5].decode("latin-1")
    cut = delimiter or delimiter_of(sample.decode("utf-8", "replace"), wanted)
    return Grid(place="", blocks=_Reader(cut, file_name, one_table).blocks(chain([first], blocks)), ragged=True)


@dataclass
class _Reader:
    """What reading a block needs to know of the blocks before it."""

    delimiter: str
    file_name: str
    one_table: bool
    short: ShortRows = field(default_factory=ShortRows)
    shape: RowShape = RowShape("", 0, ())
    row: int = 1

    def blocks(self, texts: Iterator[bytes]) -> Iterator[Block]:
        carry, is_first = b"", True
        for text in texts:
            text = carry + text
            end = whole_records(text)
            carry = text[end:]
            if is_first and end:
                is_first, head = False, head_of(text[:end])
                yield self._slow(text[:head])
                text, end = text[head:], end - head
            if end:
                yield self._fast(text[:end])
        if carry:
            yield self._slow(carry)

    def _fast(self, text: bytes) -> Block:
        """A block by pyarrow, or slowly where its records are not all as wide as those before."""
        if b"\n\n" in text or text.startswith(b"\n"):
            return self._slow(text)
        names = [str(i) for i in range(self.shape.width)]
        try:
            table = arrow_csv.read_csv(
                pa.BufferReader(text),
                arrow_csv.ReadOptions(column_names=names, block_size=len(text) + 1, use_threads=False),
                arrow_csv.ParseOptions(delimiter=self.delimiter, newlines_in_values=b'"' in text, ignore_empty_lines=False),
                arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), check_utf8=False),
            )
        except pa.ArrowInvalid:
            return self._slow(text)
        is_cut_at_every_line = table.num_rows == text.count(b"\n")
        if not is_cut_at_every_line and (not quotes_pair(text, self.delimiter.encode()) or self._swallows(table)):
            return self._slow(text)
        self.short.full(table.num_rows)
        return self._block([_whole(column) for column in table.columns], table.num_rows)

    def _swallows(self, table: pa.Table) -> bool:
        """Whether a cell of several lines holds rows of the table; only such cells are looked at."""
        broken = reduce(pc.or_, (pc.match_substring(column, "\n") for column in table.columns))
        rows = table.filter(broken)
        return any(map(self.shape.is_in, zip(*(column.to_pylist() for column in rows.columns), strict=True)))

    def _slow(self, text: bytes) -> Block:
        rows, doubts, self.shape = records_and_doubts(text.decode("utf-8"), self.delimiter, self.shape)
        widest = max(map(len, rows), default=1) or 1
        self._check(widest)
        if self.one_table:
            doubts = [quote or short for quote, short in zip(doubts, self.short.doubts(rows, self.shape, self.row), strict=True)]
        columns = zip(*(row + [None] * (widest - len(row)) for row in rows), strict=True)
        return self._block([pa.array(column, pa.string()) for column in columns], len(rows), doubts)

    def _block(self, texts: list[pa.Array], length: int, doubts: Sequence[str | None] = ()) -> Block:
        numbers = pa.array(np.arange(self.row, self.row + length, dtype=np.int64))
        self.row += length
        doubt = pa.array(doubts, pa.string()) if any(doubts) else None
        return Block(tuple(CellColumn(text) for text in texts), numbers, doubt)

    def _check(self, columns: int) -> None:
        if columns > settings().max_columns:
            raise TooManyColumns(self.file_name, columns, settings().max_columns)


def _whole(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def quotes_pair(text: bytes, delimiter: bytes) -> bool:
    """Whether as many quotes open a field as close one; pyarrow would let a stray one swallow rows up to the next without a word."""
    if b'"' not in text:
        return True
    opening = text.startswith(b'"') + text.count(b'\n"') + text.count(delimiter + b'"')
    return opening == text.count(b'"\n') + text.count(b'"' + delimiter)


def head_of(text: bytes) -> int:
    """Where the first records end that are read one by one."""
    return whole_records(text[: text.rfind(b"\n", 0, HEAD_BYTES) + 1]) or len(text)


def whole_records(text: bytes) -> int:
    """Where the last whole record of some whole lines ends; a newline between quotes ends none."""
    end = len(text)
    is_open = text.count(b'"') % 2 == 1
    while is_open and len(text) - end < LONGEST_RECORD:
        start = text.rfind(b"\n", 0, end - 1) + 1
        is_open = text.count(b'"', start, end) % 2 == 0
        if start == 0 and is_open:
            return 0 if len(text) < LONGEST_RECORD else len(text)
        end = start
    return len(text) if is_open else end
