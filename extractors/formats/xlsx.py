"""XLSX workbooks -> one grid per sheet the contract means.

The sheet is streamed (`xlsx_sheet`), never loaded; merged cells matter for headers alone.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from lxml import etree

from contracts.errors import WrongFormat
from contracts.settings import settings
from extractors.formats.sheets import blocks, chosen, spare
from extractors.formats.xlsx_parts import SharedTexts, SheetPart, epoch, sheet_parts
from extractors.formats.xlsx_sheet import SheetReader, merges
from extractors.formats.xlsx_styles import shown_otherwise
from extractors.grid import Block, Grid, OutOfSight
from extractors.unzip import guard_zip

BROKEN = (BadZipFile, zlib.error, etree.XMLSyntaxError, KeyError, IndexError, ValueError, EOFError, NotImplementedError)
"""How a damaged workbook shows itself, in whichever part the damage is."""


def xlsx_grids(path: Path, file_name: str, sheet: Sequence[str] | None = None) -> Iterator[Grid]:
    """The sheets named in ``sheet`` (default: the first visible one, behind it the others as spare), one after the other.

    Raises: `ZipBomb`, `WrongFormat` (damaged), `SheetNotFound`; while its blocks are taken also `TooManyColumns`.
    """
    guard_zip(path, file_name, settings().max_unzipped_bytes)
    try:
        with ZipFile(path) as container:
            parts = {part.name: part for part in sheet_parts(container)}
            visible = [part.name for part in parts.values() if part.visible]
            names = chosen(list(parts), visible, sheet, file_name)
            reader = SheetReader(file_name, SharedTexts.of(container), shown_otherwise(container), epoch(container), settings().max_columns)
            for name in names:
                yield _grid(container, parts[name], reader)
            with suppress(*BROKEN):
                for name in spare(visible, sheet):
                    yield replace(_grid(container, parts[name], reader), is_spare=True)
    except BROKEN as error:
        raise _damaged(file_name) from error


def _grid(container: ZipFile, part: SheetPart, reader: SheetReader) -> Grid:
    with container.open(part.part) as stream:
        merged = merges(stream)
    unseen = OutOfSight()
    blocks = _blocks(container, part, reader, unseen)
    return Grid(place=f"{part.name} ", blocks=blocks, sheet_name=part.name, merges=merged, out_of_sight=unseen)


def _blocks(container: ZipFile, part: SheetPart, reader: SheetReader, unseen: OutOfSight) -> Iterator[Block]:
    try:
        with container.open(part.part) as stream:
            yield from blocks(reader.rows(stream, unseen))
    except BROKEN as error:
        raise _damaged(reader.file_name) from error


def _damaged(file_name: str) -> WrongFormat:
    return WrongFormat(file_name, "buku kerja XLSX yang utuh", "XLSX yang rusak")
