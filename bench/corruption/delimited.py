"""Delimited text, line by line: a line nobody hurt is written back with the very bytes it was published with."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.corruption.document import Cell, Document, Row


@dataclass
class Delimited(Document):
    """Lines above the header stay as they are."""

    delimiter: str = ","
    line_end: str = "\r\n"
    above: list[str] = field(default_factory=list)
    head_line: str = ""
    lines: dict[int, tuple[Sequence[Cell], str]] = field(default_factory=dict)
    """id of a row -> its cells and its line as published."""

    def render(self) -> tuple[bytes, list[str]]:
        """See `Document`; a place is `baris N`, counted from 1 with the header and what stands above it."""
        out, places = [*self.above, self._head()], []
        for row in self.rows:
            out.append(self._line(row))
            if row.damaged:
                places.append(f"baris {len(out)}")
        return (self.line_end.join(out) + self.line_end).encode(), places

    def _line(self, row: Row) -> str:
        known = self.lines.get(id(row))
        return known[1] if known and known[0] == row.cells else self._written(row.cells)

    def _head(self) -> str:
        known = self.lines[0]
        return known[1] if known[0] == self.header else self._written(self.header)

    def _written(self, cells: Sequence[Cell]) -> str:
        out = io.StringIO()
        csv.writer(out, delimiter=self.delimiter, lineterminator="").writerow(["" if cell is None else str(cell) for cell in cells])
        return out.getvalue()


def read_delimited(data: bytes, delimiter: str = ",", header_at: int = 0) -> Delimited:
    """Take apart a file whose header is line `header_at` (from 0) and whose records are one line each."""
    text = data.decode("utf-8-sig")
    line_end = "\r\n" if "\r\n" in text else "\r" if "\r" in text and "\n" not in text else "\n"
    lines = text.split(line_end)
    while lines and not lines[-1].strip():
        lines.pop()
    cells = [next(csv.reader([line], delimiter=delimiter), []) for line in lines]
    rows = [Row([*one]) for one in cells[header_at + 1 :]]
    found = Delimited(list(cells[header_at]), rows, delimiter=delimiter, line_end=line_end, above=lines[:header_at])
    found.lines = {id(row): (list(row.cells), line) for row, line in zip(rows, lines[header_at + 1 :], strict=True)}
    found.lines[0] = (list(cells[header_at]), lines[header_at])
    return found
