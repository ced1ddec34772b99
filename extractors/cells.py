"""The one shape in which every format hands its cells on.

CSV, spreadsheets, pages and JSON differ in how a cell is written; from here on they do not. A cell is text, and beside it stands whether the
file held it as text or as a native number, date or boolean: native cells are never read a second time by a number convention (29324 stays 29324).
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

TEXT, NUMBER, DATE, BOOLEAN, NESTED, UNREAD = 0, 1, 2, 3, 4, 5
PART = "\x1f"
"""Between a column of ``parts:`` and one of its parts, in the keys of `LongChunk.columns`."""
DOUBT = f"{PART}doubt"
"""Key of the reasons for which rows are set aside whole, in `CellChunk.columns`: null in sound rows."""


@dataclass(frozen=True)
class CellColumn:
    """One column of cells, of any format."""

    text: pa.Array
    """pa.string(); null = no cell. Native cells stand here in canonical text: 29324, 451.3, 2025-01-31, 2025-01-31T10:00:00, true."""
    kind: pa.Array | None = None
    """pa.uint8(): 0 text, 1 native number, 2 native date or time, 3 native boolean, 4 JSON object or array, 5 a cell whose value
    the file does not hold (an error sign, a formula without its result), whose text says so; None = all text (CSV, HTML)."""


@dataclass(frozen=True)
class CellChunk:
    """A run of rows of one table region, under its published headers."""

    columns: dict[str, CellColumn]
    """Header as published (levels joined with " > ") -> cells; all of equal length."""
    rows: pa.Array
    """pa.int64(): physical row numbers, from 1."""
    place: str = ""
    """What stands before the row number in ``_lokasi``: "", "Sheet1 ", "halaman 3 "."""
    lokasi: pa.Array | None = None
    """pa.string(): the whole place of each row, where a row number says nothing (JSON paths)."""


@dataclass(frozen=True)
class LongChunk:
    """Rows as the contract sees them: row rules applied, wide headers turned into rows, every column's text at hand."""

    columns: dict[str, CellColumn]
    """Contract column -> cells, in the contract's order; a column of ``parts:`` stands as one entry ``<column>\\x1f<part>`` per part."""
    lokasi: pa.Array
    """pa.string(): the place of each row in the published file."""
    doubt: pa.Array | None = None
    """pa.string(): why a row is set aside whole, though each of its cells may be readable: cells beyond the last header (a stray delimiter
    shifts the cells of its row), a stray quote, the label of what is perhaps a total; null in sound rows, None where all are."""
