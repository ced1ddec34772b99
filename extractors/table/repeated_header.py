"""The header of a table that stands in it once more: where a page ended, or where two tables were pasted under each other.

In the order of the first one it is a row that is no data. In another order every figure below it stands in another column than its name says, and
most of them can be read; so the rows below are set aside up to the next header in the first order.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from contracts.text import normalise
from extractors.cells import CellColumn
from extractors.doubts import HEADER, OTHER_ORDER
from extractors.grid import Mask
from extractors.table.find import Found
from extractors.table.header import BETWEEN

FEWEST = 2
"""Names in one row: a single one is a word."""
_LOOKED_AT = 12
"""Columns, from the left, in which a row is asked first whether it holds names of headers."""


class RepeatedHeader:
    """Tells the headers among the rows of one table, as its blocks pass."""

    def __init__(self, found: Found, meant: frozenset[str]) -> None:
        """``meant``: the headers that the contract means."""
        self._columns: dict[str, set[int]] = {}
        """Name -> where it stands in the header; a level of a header of several rows is one."""
        self._meant: set[str] = set()
        for column, header in enumerate(found.headers):
            for name in filter(None, map(normalise, header.split(BETWEEN))):
                self._columns.setdefault(name, set()).add(column)
                self._meant |= {name} if header in meant else set()
        self._has_levels = any(BETWEEN in header for header in found.headers)
        texts = {*found.cells, *(name for header in found.headers for name in header.split(BETWEEN))}
        self._texts = pa.array(
            sorted({form for text in texts if text for form in (text, text.upper(), text.lower(), text.title())}), pa.string()
        )
        self._other: int | None = None
        self._last = -1

    def doubts(self, columns: Sequence[CellColumn], rows: pa.Array) -> dict[int, str]:
        """Why rows of the next block are set aside, by their position; ``rows`` are their numbers."""
        found: dict[int, str] = {}
        start = 0
        for mark in map(int, np.flatnonzero(self._candidates(columns, len(rows)))):
            names = [(at, normalise(text)) for at, column in enumerate(columns) if (text := column.text[mark].as_py())]
            if self._is_header(names):
                found |= self._below(start, mark)
                self._turn(names, rows[mark].as_py())
                found[mark], start = f"{HEADER}baris {rows[mark]}", mark + 1
        return found | self._below(start, len(rows))

    def _candidates(self, columns: Sequence[CellColumn], length: int) -> Mask:
        hits = np.zeros(length, np.int64)
        for column in columns[:_LOOKED_AT]:
            hits += pc.is_in(column.text, value_set=self._texts).to_numpy(zero_copy_only=False)
        return hits >= FEWEST

    def _is_header(self, names: Sequence[tuple[int, str]]) -> bool:
        """Whether these cells are most of the headers that are meant; a row of a header of several rows holds but some, and nothing else."""
        known = self._meant.intersection(filter(None, (name for _, name in names)))
        if self._has_levels:
            return len(known) >= FEWEST and all(name in self._columns for _, name in names if name)
        return len(known) >= FEWEST and 2 * len(known) > len(self._meant)

    def _turn(self, names: Sequence[tuple[int, str]], row: int) -> None:
        """Remember whether the order is another one from here on; the rows of one header count together."""
        is_other = any(name in self._meant and at not in self._columns[name] for at, name in names)
        if is_other or row != self._last + 1:
            self._other = row if is_other else None
        self._last = row

    def _below(self, start: int, end: int) -> dict[int, str]:
        return {} if self._other is None else dict.fromkeys(range(start, end), f"{OTHER_ORDER}baris {self._other}")
