"""Bytes of a source -> its main table: the readers of the parser, asked for everything instead of for what a contract names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from contracts.errors import EmptyFile, EncryptedFile, WrongFormat
from contracts.models.table import Table
from extractors.formats.bps import bps_records
from extractors.formats.calamine import calamine_grids
from extractors.formats.csv import csv_grid
from extractors.formats.html import html_grids
from extractors.formats.json import JsonSource
from extractors.formats.json_path import Record, lookup
from extractors.formats.native import column as native_column
from extractors.formats.sheets import is_locked
from extractors.formats.xlsx import xlsx_grids
from extractors.grid import Grid
from extractors.sniff import SniffedType
from extractors.table.records import cell_of
from extractors.tables import TABULAR, WORDS
from extractors.unpacked import unpacked
from satudata.new_contract.json_records import Records, field_names, is_cut, records_of
from satudata.new_contract.json_sample import json_sample
from satudata.new_contract.paging import pages_of, singles_beside
from satudata.new_contract.sample import MOST_ROWS, Column, Survey, column_of
from satudata.new_contract.sheet_names import sheet_names
from satudata.new_contract.sheet_rows import SheetRows
from satudata.new_contract.sheet_table import SheetTable, table_of

BPS = {"datacontent", "vervar", "tahun"}
"""What every dynamic table of BPS has (https://webapi.bps.go.id/documentation/)."""


def survey(path: Path, file_name: str, url: str) -> Survey:
    """The main table of a file. ``url``: where it came from, '' for a local file.

    Without columns where none is found. Raises: `EmptyFile`, `EncryptedFile`, `WrongFormat`, and what the reader of its format raises.
    """
    with unpacked(path, file_name) as (inner, name, sniffed):
        return _surveyed(inner, name, url, sniffed)


def _surveyed(path: Path, file_name: str, url: str, sniffed: SniffedType) -> Survey:
    if sniffed == "empty":
        raise EmptyFile(file_name)
    if sniffed == "binary" and is_locked(path):
        raise EncryptedFile(file_name)
    if sniffed not in TABULAR:
        raise WrongFormat(file_name, "tabel: " + ", ".join(WORDS[name] for name in TABULAR if name != "text"), WORDS[sniffed])
    if sniffed == "json":
        return _of_json(path, file_name, url)
    found = _of_grids(_grids(path, file_name, sniffed), file_name)
    if sniffed == "html" and not file_name.lower().endswith((".xls", ".xlsx")):
        found.kind = "html_table"
    return found


def _grids(path: Path, file_name: str, sniffed: str) -> Iterator[Grid]:
    if sniffed == "html":
        yield from html_grids(path, file_name, Table())
    elif sniffed in ("csv", "text"):
        yield csv_grid(path, file_name)
    else:
        names = sheet_names(path, file_name, sniffed)
        yield from (
            xlsx_grids(path, file_name, names) if sniffed == "xlsx" else calamine_grids(path, file_name, names, is_zip=sniffed == "ods")
        )


def _of_grids(grids: Iterable[Grid], file_name: str) -> Survey:
    tables = [table for grid in grids if (table := table_of(SheetRows.of(grid))) is not None and table.body]
    if not tables:
        return Survey(
            file_name,
            notes=["tabelnya belum ditemukan; isi `table:` (title, css, beside, header_rows) dan `columns:` menurut docs/kontrak.md"],
        )
    main = max(tables, key=lambda table: table.size)
    if tables[0].sheet.grid.sheet_name and tables[0].size >= 0.2 * main.size:
        main = tables[0]
    found = Survey(file_name, table=main.table(), columns=main.columns(), above=main.above(), sheet_name=main.sheet.grid.sheet_name)
    found.heading = main.sheet.grid.heading
    if (main is not tables[0] or _alike(main, tables)) and found.sheet_name:
        found.source["sheet"] = found.sheet_name
    found.notes += _notes(main, tables)
    return found


def _notes(main: SheetTable, tables: list[SheetTable]) -> Iterator[str]:
    if not main.head.is_sure:
        yield f"baris judul tidak ditemukan dengan pasti; yang dipakai baris {main.sheet.rows[main.head.start].number}"
    if main.beside:
        yield f"ada {main.beside} tabel lain di sampingnya pada lembar ini"
    alike = _alike(main, tables)
    if others := [table for table in tables if table is not main and table not in alike]:
        yield f"ada {len(others)} tabel lain: {_places(others)}"
    if alike and main.sheet.grid.sheet_name:
        yield f"lembar {_places(alike)} berjudul kolom sama dan tidak dibaca; bila datanya ikut, sebut semua lembarnya di `sheet: [...]`"
    elif alike:
        yield (
            f"{_places(alike)} berjudul kolom sama dan tidak dibaca; bila datanya ikut, tulis `table: {{title: pola judul di atasnya, every: true}}`, "
            "bila tidak, pilih satu tabel dengan `css` atau `title`"
        )


def _alike(main: SheetTable, tables: Sequence[SheetTable]) -> list[SheetTable]:
    """The other tables with the header of the main one."""
    headers = main.head.headers[main.left : main.right]
    return [table for table in tables if table is not main and table.head.headers[table.left : table.right] == headers]


def _places(tables: Sequence[SheetTable]) -> str:
    names = [table.sheet.grid.sheet_name or table.sheet.grid.place.strip() for table in tables]
    return f"{', '.join(names[:4])}{', ...' if len(names) > 4 else ''}"


def _of_json(path: Path, file_name: str, url: str) -> Survey:
    document = json_sample(path, file_name)
    if isinstance(document, dict) and set(document) >= BPS:
        return _of_bps(path, file_name, document)
    records = records_of(document)
    if records is None:
        note = "daftar objek belum ditemukan di JSON ini; isi `records:` dan `columns:` menurut docs/kontrak.md"
        return Survey(file_name, kind="json_api", source={"records": "*"}, notes=[note])
    wanted = JsonSource.of(records.path, dict(records.labels), records.up, records.names)
    taken = [record for record, _ in _first(wanted.records(path, file_name))]
    columns = record_columns(taken, records.up)
    found = Survey(file_name, kind="json_api", source={"records": records.path}, columns=columns)
    found.is_cut = is_cut(taken, [column.header for column in columns])
    found.document = singles_beside(document, records.steps)
    if records.names:
        found.source["fields"] = records.names
    if records.labels:
        found.source["labels"] = dict(records.labels)
    pages = pages_of(document, records.steps, url, records.count)
    if pages is not None:
        found.source["pages"] = pages
    found.notes += _json_notes(document, records)
    return found


def _json_notes(document: object, records: Records) -> Iterator[str]:
    if records.note:
        yield records.note
    if not records.fields and not records.labels:
        yield "rekamannya bukan objek dengan nama kolom; lihat `records` dan `labels` di docs/kontrak.md"
    if isinstance(document, dict) and "resources" in str(records.path) and "help" in document:
        yield "ini metadata portal CKAN; untuk isi datanya pakai kind: ckan dengan package: dan resource:"


def _first(records: Iterator[tuple[Record, str]]) -> Iterator[tuple[Record, str]]:
    for number, record in enumerate(records, 1):
        yield record
        if number >= 2 * MOST_ROWS:
            return


def record_columns(records: list[Record], up: Sequence[str] = ()) -> list[Column]:
    """The fields of records as columns; ``up``: those of the enclosing object, which stand in each record under the whole name."""
    names = [*up, *(name for name in field_names(records) if name not in up)]
    return [column_of(name, native_column([cell_of(lookup(record, name)) for record in records])) for name in names]


def _of_bps(path: Path, file_name: str, document: dict[str, object]) -> Survey:
    records = [record for record, _ in bps_records(path, file_name, None)]
    variables = document.get("var")
    number = str(lookup(variables[0], "val")) if isinstance(variables, list) and variables else "0"
    found = Survey(file_name, kind="bps_webapi", source={"domain": "0000", "var": number}, columns=record_columns(records))
    found.notes.append("domain (empat angka) tidak tertulis di dalam jawaban ini")
    return found
