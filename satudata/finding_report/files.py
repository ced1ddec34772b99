"""A report's tables as files: one workbook with a sheet each, and one CSV each. Written beside their place and moved there whole."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from satudata.finding_report.cells import Cell

WIDE = {
    "Penjelasan": 70,
    "Yang terbit": 60,
    "Sebab": 60,
    "Kunci baris pertama": 40,
    "Semua baris": 30,
    "Seharusnya": 36,
    "Isi": 30,
    "Berkas": 36,
    "Kolom": 24,
    "Aturan": 30,
    "Akibat": 22,
    "Penerbit": 24,
    "Penanggung jawab": 30,
    "Data": 30,
    "Dataset": 30,
}
USUAL, BESIDE_HEADER = 18, 5
"""Characters; a header leaves room for the arrow of its filter."""
EMPTY = "Tidak ada."


class Book:
    """A workbook that is written row by row: it takes no more memory for a million rows than for ten."""

    def __init__(self) -> None:
        self._book = Workbook(write_only=True)

    def add(self, title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
        """Write a sheet while passing its rows on."""
        sheet = self._book.create_sheet(title)
        for place, name in enumerate(header, start=1):
            sheet.column_dimensions[get_column_letter(place)].width = max(WIDE.get(name, USUAL), len(name) + BESIDE_HEADER)
        sheet.freeze_panes = "A2"
        sheet.append([_styled(sheet, name, bold=True) for name in header])
        last = 1
        for last, row in enumerate(rows, start=2):  # noqa: B007 - counted
            sheet.append([_styled(sheet, value) if isinstance(value, str) else value for value in row])
            yield row
        if last == 1:
            sheet.append([_styled(sheet, EMPTY)])
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(header))}{last}"

    def save(self, path: Path) -> None:
        with written_whole(path) as beside:
            self._book.save(beside)


def _styled(sheet: WriteOnlyWorksheet, text: str, *, bold: bool = False) -> SheetCell:
    """A cell that is text, also where the text looks like a formula."""
    made = WriteOnlyCell(sheet, value=text)
    made.data_type = "s"
    made.alignment = Alignment(wrap_text=True, vertical="top")
    if bold:
        made.font = Font(bold=True)
    return made


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write a CSV that Excel opens as UTF-8; return how many rows."""
    written = 0
    with written_whole(path) as beside, beside.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for written, row in enumerate(rows, start=1):  # noqa: B007 - counted
            writer.writerow(row)
    return written


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A path to write to; the file takes its place when all of it is there."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield beside
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
