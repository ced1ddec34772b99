"""Workbooks: a table below one header row, or one record spread over columns whose headers are its days."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field

from openpyxl import Workbook, load_workbook

from bench.corruption.document import Cell, Document, NotApplicable, Row


def saved(title: str, rows: list[list[Cell]]) -> bytes:
    """A workbook with one sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append([None if cell == "" else cell for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cells_of(data: bytes, sheet: str | None = None) -> tuple[str, list[list[Cell]]]:
    """Title and cells of a sheet, the first one where none is named."""
    book = load_workbook(io.BytesIO(data), data_only=True)
    found = book[sheet] if sheet else book.worksheets[0]
    return found.title, [[_plain(cell) for cell in row] for row in found.iter_rows(values_only=True)]


def _plain(cell: object) -> Cell:
    return cell if cell is None or isinstance(cell, (str, int, float)) else str(cell)


@dataclass
class Table(Document):
    """A header, titles above it perhaps, and a record in each row below."""

    title: str = "Sheet1"
    above: list[list[Cell]] = field(default_factory=list)

    def render(self) -> tuple[bytes, list[str]]:
        """See `Document`; a place is `baris N`."""
        places = [f"baris {number}" for number, row in enumerate(self.rows, start=len(self.above) + 2) if row.damaged]
        return saved(self.title, [*self.above, list(self.header), *(row.cells for row in self.rows)]), places


@dataclass
class Wide(Document):
    """One record: the leading columns stay, each further column is a row (its header, its cell)."""

    title: str = "Sheet1"
    leading: list[tuple[Cell, Cell]] = field(default_factory=list)
    names: tuple[str, ...] = ()

    def render(self) -> tuple[bytes, list[str]]:
        """See `Document`; a place is `kolom HEADER`. Raises NotApplicable where the names of the two columns changed: they are not in the file."""
        if tuple(self.header) != self.names:
            raise NotApplicable("no such header")
        heads = [head for head, _ in self.leading] + [row.cells[0] for row in self.rows]
        cells = [cell for _, cell in self.leading] + [row.cells[1] for row in self.rows]
        return saved(self.title, [heads, cells]), [f"kolom {row.cells[0]}" for row in self.rows if row.damaged]


def read_table(data: bytes, header_at: int = 0, sheet: str | None = None) -> Table:
    """A workbook whose header is row `header_at` (from 0)."""
    title, rows = cells_of(data, sheet)
    header = ["" if cell is None else str(cell) for cell in rows[header_at]]
    return Table(header, [Row(cells) for cells in rows[header_at + 1 :]], title=title, above=rows[:header_at])


def read_wide(data: bytes, pattern: str, names: tuple[str, str]) -> Wide:
    """A workbook of one record whose headers that match `pattern` are days; `names` are what the two columns are called here."""
    title, (header, cells) = cells_of(data)
    pairs = list(zip(header, cells, strict=True))
    days = [Row([head, cell]) for head, cell in pairs if re.search(pattern, str(head))]
    return Wide(list(names), days, title=title, names=names, leading=[pair for pair in pairs if not re.search(pattern, str(pair[0]))])
