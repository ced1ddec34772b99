"""The paper offices put their figures on: workbooks with titles and merged heads, semicolon files, pages saved as .xls.

Bytes depend on the content alone (no clock, no random names), because "unchanged" means the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape

from openpyxl import Workbook

Row = Sequence[object]
EPOCH = datetime(2026, 1, 1)


def workbook(sheets: dict[str, Sequence[Row]], merged: Iterable[str] = ()) -> bytes:
    """An .xlsx of {sheet: rows}; `merged` cell ranges apply to the first sheet."""
    book = Workbook()
    book.remove(book["Sheet"])
    book.properties.created = book.properties.modified = EPOCH
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    for cells in merged:
        book.worksheets[0].merge_cells(cells)
    buffer = io.BytesIO()
    book.save(buffer)
    return _timeless(buffer.getvalue())


def _timeless(data: bytes) -> bytes:
    """The same archive with every entry dated alike; openpyxl stamps the moment of saving into each and into the properties."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "docProps/core.xml":
                content = content.split(b"<dcterms:modified")[0] + b"</cp:coreProperties>"
            new.writestr(zipfile.ZipInfo(entry.filename, EPOCH.timetuple()[:6]), content)
    return buffer.getvalue()


def semicolons(header: Row, rows: Iterable[Row], encoding: str = "cp1252") -> bytes:
    """A CSV as a spreadsheet with Indonesian settings saves it: semicolons, CRLF, cp1252."""
    lines = [";".join(map(str, row)) for row in [header, *rows]]
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def html_table(header: Row, rows: Iterable[Row], *, title: str, css: str = "tabel") -> str:
    """A page with one table."""
    names = "".join(f"<th>{escape(str(cell))}</th>" for cell in header)
    body = "\n".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    table = f'<table class="{css}">\n<thead><tr>{names}</tr></thead>\n<tbody>\n{body}\n</tbody></table>'
    head = f"<meta charset='utf-8'><title>{escape(title)}</title>"
    return f"<!doctype html>\n<html lang='id'><head>{head}</head>\n<body><h1>{escape(title)}</h1>\n{table}\n</body></html>\n"


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
"""One grey pixel: what a portal serves where it promises a CSV."""
