"""Bytes of a file -> the tables a contract means, whatever format the bytes turn out to be.

The format is what the bytes are (`extractors.sniff`), never what a name says; one that the kind of source cannot have is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from contracts.errors import EmptyFile, EncryptedFile, SatudataError, TableNotFound, WrongFormat
from contracts.models.contract import Contract
from contracts.models.table import GroupRow
from extractors.bounded_pattern import BoundedPattern
from extractors.formats.bps import bps_records
from extractors.formats.calamine import calamine_grids
from extractors.formats.csv import csv_grid
from extractors.formats.html import html_grids
from extractors.formats.json import JsonSource
from extractors.formats.json_document import document
from extractors.formats.sheets import is_locked
from extractors.formats.xlsx import xlsx_grids
from extractors.grid import Grid
from extractors.last_line import LastLine, last_line
from extractors.sniff import SniffedType
from extractors.source_file import SourceFile
from extractors.surroundings import Surroundings
from extractors.table.chunks import Piece
from extractors.table.every import every_table
from extractors.table.find import Found, Search
from extractors.table.needs import Layout, Needs, keys_of
from extractors.table.records import RecordTable, whole_cell
from extractors.table.region import BLANK_ROW, Region
from extractors.table.unread import SHEETS, TABLES, Unread
from extractors.unpacked import unpacked
from extractors.unseen import UnseenTable

TABULAR = ("csv", "text", "xlsx", "xls", "ods", "html", "json")
FORMATS: dict[str, tuple[str, ...]] = {"html_table": ("html",), "json_api": ("json",), "bps_webapi": ("json",)}
"""Kind of source -> what its bytes may be; every other kind takes any tabular format."""
WORDS = {
    "csv": "teks berpemisah (CSV)", "text": "teks biasa", "xlsx": "buku kerja XLSX", "xls": "buku kerja XLS", "ods": "buku kerja ODS",
    "html": "halaman HTML", "json": "JSON", "xml": "XML", "png": "gambar PNG", "pdf": "PDF", "zip": "arsip ZIP", "gzip": "arsip GZIP",
    "binary": "berkas biner yang tidak dikenal",
}  # fmt: skip
DEFAULT_RECORDS = {"ckan": "result.records.*"}


@dataclass(frozen=True)
class SourceTable:
    """One table of a file, or one document of records."""

    around: Surroundings
    pieces: Iterator[Piece]
    goes_on: bool = False
    """The records of the next file belong to the same table (pages of an API)."""


class TableReader:
    """Reads the tables of one batch, file after file."""

    def __init__(self, contract: Contract, needs: Needs, *, many_files: bool, declared: Iterable[str] = ()) -> None:
        self._contract, self._needs, self._many_files = contract, needs, many_files
        self._table = contract.table
        self._looks_beside = any(isinstance(rule, GroupRow) for rule in contract.rows)
        """A heading is told by what else its row holds, in whatever column."""
        self._records = RecordTable(needs)
        self.open_ends: list[LastLine] = []
        """The last lines of text files that nothing ends."""
        self.unseen: list[UnseenTable] = []
        """Of each table read, what nobody sees of it."""
        self.unread = Unread()
        self.is_document = False
        """Whether the last file read was JSON, which has records and no header."""
        self._paths = [*declared, *(column.document for column in contract.columns.values() if column.document is not None)]

    def tables(self, file: SourceFile) -> Iterator[SourceTable]:
        """The tables of a file; each is taken before the next. Raises: `ContentError` of every kind."""
        self.unread.begin(file.file_name)
        with unpacked(file.path, file.file_name) as (path, name, sniffed):
            self.is_document = sniffed == "json"
            yield from self._tables(replace(file, path=path, file_name=name), sniffed)

    def _tables(self, file: SourceFile, sniffed: SniffedType) -> Iterator[SourceTable]:
        allowed = FORMATS.get(self._contract.source.kind, TABULAR)
        if sniffed == "empty":
            raise EmptyFile(file.file_name)
        if sniffed == "binary" and is_locked(file.path):
            raise EncryptedFile(file.file_name)
        if sniffed not in allowed:
            expected = " atau ".join(WORDS[name] for name in allowed if name != "text")
            raise WrongFormat(file.file_name, expected, WORDS[sniffed])
        if sniffed == "json":
            yield self._document(file)
        elif sniffed == "html":
            yield from self._first_table(file, self._grids(file, sniffed))
        else:
            for grid in self._grids(file, sniffed):
                if grid.is_spare:
                    self._look_at(file, grid, SHEETS, grid.sheet_name)
                else:
                    yield from self._tables_of(file, grid)

    @property
    def records(self) -> int:
        """Records read so far, blank ones included: what a source counts when it declares its size."""
        return self._records.seen

    def missing(self, file: SourceFile) -> SatudataError | None:
        """The error for records that never had a field the contract asks for, once all of them were read."""
        headers = self._records.headers
        return None if not headers or self._needs.fits(headers) else self._needs.missing_column(file.file_name, headers)

    def _place(self, file: SourceFile) -> str:
        if not self._many_files:
            return ""
        return f"halaman {file.halaman} " if file.halaman else f"{file.file_name} "

    def _document(self, file: SourceFile) -> SourceTable:
        source, kind = self._contract.source, self._contract.source.kind
        if kind == "bps_webapi":
            records = bps_records(file.path, file.file_name, source.encoding)
        else:
            names = (name for names in (*self._needs.required, *self._needs.optional) for name in names)
            wanted = JsonSource.of(source.records or DEFAULT_RECORDS.get(kind, "*"), source.labels, names, source.fields)
            records = wanted.records(file.path, file.file_name, source.encoding)
        paths = {tuple(path.split(".")): path for path in self._paths}
        fields = document(file.path, file.file_name, paths, source.encoding) if paths else {}
        around = Surroundings(
            file, document={paths[path]: whole_cell(value, file.file_name, paths[path]) for path, value in fields.items()}
        )
        return SourceTable(around, self._records.pieces(records, self._place(file), file.file_name), goes_on=True)

    def _grids(self, file: SourceFile, sniffed: str) -> Iterator[Grid]:
        source, path, name = self._contract.source, file.path, file.file_name
        if sniffed == "html":
            return html_grids(path, name, self._table, source.encoding)
        if sniffed == "xlsx":
            return xlsx_grids(path, name, source.sheet)
        if sniffed in ("xls", "ods"):
            return calamine_grids(path, name, source.sheet, is_zip=sniffed == "ods")
        if not self._table.ends_at and (last := last_line(path, name, source.encoding, source.delimiter)):
            self.open_ends.append(last)
        one_table = self._table.title is None
        dialect = {"encoding": source.encoding, "delimiter": source.delimiter}
        return iter([csv_grid(path, name, **dialect, wanted=self._needs.named, one_table=one_table)])

    def _search(self) -> Search:
        return Search(self._needs, self._table.header_rows, BoundedPattern(self._table.title) if self._table.title else None)

    def _tables_of(self, file: SourceFile, grid: Grid) -> Iterator[SourceTable]:
        """The table of a sheet, or each of them. Raises: the error of `_absent`."""
        search = self._search()
        for found in every_table(grid, search) if self._table.every else (search.in_grid(grid),):
            if found is None:
                raise self._absent(file, search)
            yield self._source_table(file, grid, found)
        if not search.title_seen and search.title:
            raise self._absent(file, search)

    def _first_table(self, file: SourceFile, grids: Iterator[Grid]) -> Iterator[SourceTable]:
        """The first table of a page that has the header (with `every`, each of them)."""
        search, count = self._search(), 0
        for grid in grids:
            if count and not self._table.every:
                self._look_at(file, grid, TABLES, grid.place.strip())
            elif found := search.in_grid(grid):
                count += 1
                yield self._source_table(file, grid, found)
        if not count:
            raise self._absent(file, search)

    def _look_at(self, file: SourceFile, grid: Grid, kind: str, place: str) -> None:
        """A table behind the one that is read; what cannot be read of it is not missing. One that a title picks has left the others out."""
        with suppress(SatudataError):
            if (self._table.title is None or kind == SHEETS) and (found := self._search().in_grid(grid)):
                self.unread.see(kind, place, self._pieces(file, grid, found, self._needs.layout(found.headers)))

    def _source_table(self, file: SourceFile, grid: Grid, found: Found) -> SourceTable:
        layout = self._needs.layout(found.headers)
        if grid.out_of_sight:
            read = {found.left + i: found.headers[i] for i, key in enumerate(keys_of(found.headers)) if key in layout.needed}
            place = (self._place(file) + grid.place).strip() or file.file_name
            self.unseen.append(UnseenTable(place, grid.out_of_sight, found.row, read))
        titles = (*found.titles, *filter(None, [grid.heading]))
        around = Surroundings(file, grid.sheet_name, found.above, titles, found.title.groupdict() if found.title else {})
        return SourceTable(around, self.unread.reading(self._pieces(file, grid, found, layout)))

    def _pieces(self, file: SourceFile, grid: Grid, found: Found, layout: Layout) -> Iterator[Piece]:
        ends_at = self._table.ends_at
        end = BoundedPattern(ends_at) if ends_at and ends_at != BLANK_ROW else None
        placed = Grid(self._place(file) + grid.place, grid.blocks, ragged=grid.ragged)
        needed = frozenset(keys_of(found.headers)) if self._looks_beside else layout.needed
        return (Piece(chunk, layout) for chunk in Region(placed, found, needed, layout.needed, ends_at, end).chunks())

    def _absent(self, file: SourceFile, search: Search) -> SatudataError:
        if search.title and not search.title_seen:
            return TableNotFound(file.file_name, (search.title.text,))
        if not search.nearest.filled:
            return TableNotFound(file.file_name, tuple(spellings[0] for spellings in self._needs.required))
        return self._needs.missing_column(file.file_name, search.nearest.headers)
