"""Workbooks for tests: the same cells in every format, and XLSX written part by part where a library would refuse."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook

Row = Sequence[object]
PLAIN, DAY, MOMENT = xlwt.XFStyle(), xlwt.easyxf(num_format_str="YYYY-MM-DD"), xlwt.easyxf(num_format_str="YYYY-MM-DD HH:MM")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def xlsx(path: Path, rows: Sequence[Row], title: str = "Data") -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    book.save(path)


def xls(path: Path, rows: Sequence[Row], title: str = "Data") -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet(title)
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            if value is None:
                continue
            sheet.write(i, j, value, MOMENT if isinstance(value, datetime) else DAY if isinstance(value, date) else PLAIN)
    book.save(str(path))


def ods(path: Path, rows: Sequence[Row], title: str = "Data") -> None:
    book = OpenDocumentSpreadsheet()
    sheet = Table(name=title)
    for row in rows:
        line = TableRow()
        for value in row:
            line.addElement(_ods_cell(value))
        sheet.addElement(line)
    book.spreadsheet.addElement(sheet)
    book.save(str(path))


def _ods_cell(value: object) -> TableCell:
    if value is None:
        return TableCell()
    if isinstance(value, bool):
        return TableCell(valuetype="boolean", booleanvalue=str(value).lower())
    if isinstance(value, int | float):
        return TableCell(valuetype="float", value=str(value))
    if isinstance(value, date):
        return TableCell(valuetype="date", datevalue=value.isoformat())
    cell = TableCell(valuetype="string")
    cell.addElement(P(text=str(value)))
    return cell


def raw_xlsx(
    path: Path, sheet_data: bytes, *, sheets: str = '<sheet name="Data" sheetId="1" r:id="r1"/>', after: bytes = b"", texts: bytes = b""
) -> None:
    """An XLSX of these XML rows, claiming the dimension A1; ``after`` stands behind the rows, ``texts`` are shared strings."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types"/>')
        relation = f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        parts.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}/relationships">{relation}</Relationships>')
        parts.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>')
        parts.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">'.encode() + texts + b"</sst>")
        head = f'<worksheet xmlns="{MAIN}"><dimension ref="A1"/><sheetData>'.encode()
        parts.writestr("xl/worksheets/sheet1.xml", head + sheet_data + b"</sheetData>" + after + b"</worksheet>")
