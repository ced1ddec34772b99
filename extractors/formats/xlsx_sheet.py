"""The rows of one XLSX sheet, streamed: row after row of the XML, however long the sheet and whatever its `dimension` claims.

Cells without a value (borders, fills, a million formatted empty rows) cost a look and no memory.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO

from lxml import etree
from openpyxl.utils.cell import column_index_from_string, range_boundaries
from openpyxl.utils.datetime import from_excel

from contracts.errors import TooManyColumns
from extractors.formats.native import Moment, Number, Unread, elapsed, moment, number, shifted
from extractors.formats.xlsx_parts import SharedTexts, elements, rich_text
from extractors.formats.xlsx_styles import Shown, Time
from extractors.grid import Merge, OutOfSight
from extractors.marks import UNCALCULATED

Row = tuple[int, dict[int, object]]
"""Physical row number, and its cells by column from 0."""
DIGITS = "0123456789"
TRUE = ("1", "true")
MOST_MOMENTS = 10_000


@dataclass(frozen=True)
class SheetReader:
    """What the cells of a sheet mean in its workbook."""

    file_name: str
    texts: SharedTexts
    shown: Mapping[str, Shown]
    epoch: datetime
    max_columns: int
    _moments: dict[str, Number | Moment] = field(default_factory=dict)

    def rows(self, stream: IO[bytes], out_of_sight: OutOfSight) -> Iterator[Row]:
        """The rows that hold a value, in order; those that are hidden or filtered away too, and ``out_of_sight`` tells which they are.

        Raises: `TooManyColumns`; `etree.XMLSyntaxError` for broken XML.
        """
        row_number, columns = 0, _Columns()
        for row in elements(stream, "row", "col"):
            is_hidden = row.get("hidden") in TRUE
            if row.tag.endswith("}col"):
                out_of_sight.columns.update(range(int(row.get("min")) - 1, min(int(row.get("max")), self.max_columns)) if is_hidden else ())
                continue
            row_number = int(row.get("r") or row_number + 1)
            cells = self._cells(row, columns)
            if cells:
                out_of_sight.rows += [row_number] if is_hidden else ()
                yield row_number, cells

    def _cells(self, row: etree._Element, columns: _Columns) -> dict[int, object]:
        cells: dict[int, object] = {}
        position = -1
        for cell in row:
            reference = cell.get("r")
            position = columns[reference.rstrip(DIGITS)] if reference else position + 1
            if len(cell) and (value := self._value(cell)) is not None:
                cells[position] = value
        if cells and max(cells) >= self.max_columns:
            raise TooManyColumns(self.file_name, max(cells) + 1, self.max_columns)
        return cells

    def _value(self, cell: etree._Element) -> object:
        """A cell as text, `Number`, `Moment`, `Unread`, bool or None; a formula is the value it had when the file was saved."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return rich_text(cell) or None
        child = cell[-1]  # the value stands behind the formula
        text = child.text if child.tag.endswith("}v") else cell.findtext("{*}v")
        if not text:
            return Unread(UNCALCULATED) if kind != "str" and cell.find("{*}f") is not None else None
        if kind == "s":
            return self.texts[int(text)] or None
        return self._native(text, cell.get("s", "0")) if kind == "n" else READERS.get(kind, str)(text)

    def _native(self, text: str, style: str) -> Number | Moment:
        shown = self.shown.get(style)
        if shown is None:
            return number(text)
        if shown is Time.MOMENT:
            if text not in self._moments:
                if len(self._moments) > MOST_MOMENTS:
                    self._moments.clear()
                self._moments[text] = self._time(text, shown)
            return self._moments[text]
        return shifted(number(text), shown) if isinstance(shown, int) else self._time(text, shown)

    def _time(self, text: str, shown: Time) -> Number | Moment:
        try:
            return elapsed(float(text)) if shown is Time.ELAPSED else moment(from_excel(float(text), self.epoch))
        except (OverflowError, ValueError, TypeError):
            return number(text)


READERS: dict[str, Callable[[str], object]] = {
    "b": lambda text: text == "1" or text == "true",
    "e": Unread,
    "d": lambda text: Moment(text.removesuffix("Z").removesuffix("T00:00:00")),
}
"""Cell type -> reader; what is not here (results of formulas) is text."""


class _Columns(dict[str, int]):
    """Column letters -> position from 0."""

    def __missing__(self, letters: str) -> int:
        self[letters] = position = column_index_from_string(letters) - 1
        return position


_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')


def merges(stream: IO[bytes]) -> tuple[Merge, ...]:
    """The merged cells of a sheet; they stand behind its rows, so its XML is run through without being parsed."""
    found: list[Merge] = []
    tail = b""
    while piece := stream.read(1 << 20):
        text = tail + piece
        last = 0
        for match in _MERGE.finditer(text):
            left, top, right, bottom = (int(edge or 0) for edge in range_boundaries(match[1].decode()))
            found.append(Merge(top, left - 1, bottom, right - 1))
            last = match.end()
        tail = text[max(last, len(text) - 200) :]
    return tuple(found)
