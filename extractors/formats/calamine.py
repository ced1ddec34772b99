"""BIFF (.xls) and OpenDocument (.ods) workbooks -> grids, with native cells spelt as in XLSX.

Both kinds are small by nature (65,536 rows of BIFF) or rare, so a sheet is read in one piece.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from contracts.errors import EncryptedFile, TooManyColumns, WrongFormat
from contracts.settings import settings
from extractors.formats.native import cell
from extractors.formats.sheets import blocks, chosen, spare
from extractors.grid import Grid, Merge
from extractors.unzip import guard_zip


def calamine_grids(path: Path, file_name: str, sheet: Sequence[str] | None = None, *, is_zip: bool = False) -> Iterator[Grid]:
    """The sheets named in ``sheet`` (default: the first visible one, behind it the others as spare). ``is_zip``: an ODS, whose container is judged first.

    Raises: `ZipBomb`, `EncryptedFile`, `WrongFormat` (damaged), `SheetNotFound`, `TooManyColumns`.
    """
    if is_zip:
        guard_zip(path, file_name, settings().max_unzipped_bytes)
    try:
        with CalamineWorkbook.from_path(path) as book:
            sheets = [entry for entry in book.sheets_metadata if entry.typ is SheetTypeEnum.WorkSheet]
            visible = [entry.name for entry in sheets if entry.visible is SheetVisibleEnum.Visible]
            for name in chosen([entry.name for entry in sheets], visible, sheet, file_name):
                yield _grid(book.get_sheet_by_name(name), name, file_name)
            with suppress(CalamineError, OSError, ValueError, TooManyColumns):
                for name in spare(visible, sheet):
                    yield replace(_grid(book.get_sheet_by_name(name), name, file_name), is_spare=True)
    except PasswordError:
        raise EncryptedFile(file_name) from None
    except (CalamineError, OSError, ValueError) as error:
        raise WrongFormat(file_name, "buku kerja XLS atau ODS yang utuh", "buku kerja yang rusak") from error


def _grid(sheet: CalamineSheet, name: str, file_name: str) -> Grid:
    if sheet.total_width > settings().max_columns:
        raise TooManyColumns(file_name, sheet.total_width, settings().max_columns)
    merged = tuple(Merge(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ())
    return Grid(place=f"{name} ", blocks=blocks(_rows(sheet)), sheet_name=name, merges=merged)


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, dict[int, object]]]:
    for number, row in enumerate(sheet.to_python(skip_empty_area=False), 1):
        cells = {position: value for position, value in enumerate(map(cell, row)) if value is not None}
        if cells:
            yield number, cells
