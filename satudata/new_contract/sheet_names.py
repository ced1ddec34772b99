"""The sheets of a workbook that people see."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from contracts.errors import WrongFormat
from contracts.settings import settings
from extractors.formats.xlsx import BROKEN
from extractors.formats.xlsx_parts import sheet_parts
from extractors.unzip import guard_zip


def sheet_names(path: Path, file_name: str, sniffed: str) -> list[str]:
    """The visible worksheets in their order (all of them where none is). Raises: `ZipBomb`, `WrongFormat` (damaged)."""
    try:
        names = _of_xlsx(path, file_name) if sniffed == "xlsx" else _of_others(path, file_name, sniffed)
    except (*BROKEN, CalamineError, OSError) as error:
        raise WrongFormat(file_name, "buku kerja yang utuh dan tidak terkunci", "buku kerja yang rusak atau terkunci") from error
    return [name for name, is_visible in names if is_visible] or [name for name, _ in names]


def _of_xlsx(path: Path, file_name: str) -> list[tuple[str, bool]]:
    guard_zip(path, file_name, settings().max_unzipped_bytes)
    with ZipFile(path) as container:
        return [(part.name, part.visible) for part in sheet_parts(container)]


def _of_others(path: Path, file_name: str, sniffed: str) -> list[tuple[str, bool]]:
    if sniffed == "ods":
        guard_zip(path, file_name, settings().max_unzipped_bytes)
    with CalamineWorkbook.from_path(path) as book:
        sheets = [sheet for sheet in book.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
        return [(sheet.name, sheet.visible is SheetVisibleEnum.Visible) for sheet in sheets]
