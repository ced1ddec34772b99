"""A type judged from anything but the bytes sends a picture to the CSV reader, or a real table to the bin."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet, OpenDocumentText

from extractors.sniff import sniff


def _xlsx() -> bytes:
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    return stream.getvalue()


def _xls() -> bytes:
    stream, book = io.BytesIO(), xlwt.Workbook()
    book.add_sheet("Sheet1").write(0, 0, "NO")
    book.save(stream)
    return stream.getvalue()


def _odf(document: object) -> bytes:
    stream = io.BytesIO()
    document.write(stream)
    return stream.getvalue()


def _zip(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as container:
        for name, text in parts.items():
            container.writestr(name, text)
    return stream.getvalue()


CASES = {
    "nothing": (b"", "empty"),
    "white space alone": (b"\r\n \t\n", "empty"),
    "a byte order mark alone": (b"\xef\xbb\xbf\r\n", "empty"),
    "filled with NUL": (bytes(200_000), "binary"),
    "noise": (bytes(range(256)) * 40, "binary"),
    "semicolons": (b"kode;nilai\r\n61.05;1,5\r\n", "csv"),
    "tabs": (b"kode\tnilai\n61.05\t1\n", "csv"),
    "a title line above the table": (b"Harga bahan pokok\n\nkode,nilai\n1,2\n", "csv"),
    "CR-only line ends": (b"kode,nilai\r61.05,1\r61.06,2", "csv"),
    "BOM and ;;; first": (b"\xef\xbb\xbf;;;\r\nNama;2019\r\nA;1\r\n", "csv"),
    "one line only": (b"kode,nilai", "csv"),
    "one column": (b"nama\nSintang\nSanggau\n", "text"),
    "cp1252": ("nama;harga\nSei\u2019 Raya;5\n\u00a0Caf\u00e9;6".encode("cp1252"), "csv"),
    "UTF-16 with BOM": ("kode;nilai\n1;2\n".encode("utf-16"), "csv"),
    "UTF-16 without BOM": ("kode;nilai\n1;2\n".encode("utf-16-le"), "csv"),
    "JSON object": (b'  {"data": []}', "json"),
    "JSON list with BOM": (b'\xef\xbb\xbf[{"a": 1}]', "json"),
    "JSON list of numbers": (b"[ -1.5, 2]", "json"),
    "JSON cut after the bracket": (b"[", "json"),
    "a bracket that is a title": (b"[tabel 1]\nkode,nilai\n1,2\n", "csv"),
    "page": (b"\n<!DOCTYPE html><html><body>404</body></html>", "html"),
    "page behind a comment": (b"<!-- template --><HTML>", "html"),
    "XHTML": (b'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">', "html"),
    "a warning of the server before the data": (b"<br />\n<b>Warning</b>: mysqli_connect()", "html"),
    "bare table": (b"<table><tr><td>1</td></tr></table>", "html"),
    "XML": (b'<?xml version="1.0"?><data><row/></data>', "xml"),
    "PNG": (b"\x89PNG\r\n\x1a\n" + bytes(50), "png"),
    "PDF behind a few bytes": (b"\r\n%PDF-1.4", "pdf"),
    "gzip": (gzip.compress(b"a,b\n1,2\n"), "gzip"),
    "workbook": (_xlsx(), "xlsx"),
    "workbook cut short": (_xlsx()[:-40], "zip"),
    "workbook whose parts stand in another order": (
        _zip(**{"docProps/app.xml": "", "xl/workbook.xml": "", "[Content_Types].xml": ""}),
        "xlsx",
    ),
    "BIFF": (_xls(), "xls"),
    "bare BIFF 5": (b"\x09\x08\x08\x00" + bytes(20), "xls"),
    "an OLE container that is no workbook": (_xls().replace("Workbook".encode("utf-16-le"), "WordDoc_".encode("utf-16-le")), "binary"),
    "OpenDocument sheet": (_odf(OpenDocumentSpreadsheet()), "ods"),
    "OpenDocument text": (_odf(OpenDocumentText()), "zip"),
    "any ZIP": (_zip(**{"data.csv": "a,b"}), "zip"),
}


@pytest.mark.parametrize(("content", "expected"), CASES.values(), ids=CASES)
def test_bytes_say_what_they_are(content: bytes, expected: str, tmp_path: Path) -> None:
    """Fails when one kind of bytes is taken for another; a stream and a file on disk are judged alike."""
    path = tmp_path / "nama.salah"
    path.write_bytes(content)
    assert (sniff(content), sniff(path), sniff(io.BytesIO(content))) == (expected,) * 3


@pytest.mark.real_file
def test_real_files_are_not_what_their_names_say(shared: Path) -> None:
    """Fails when an extension is believed: the page saved as .xls, the BIFF and the CR-only CSV as agencies published them."""
    found = {path.name: sniff(path) for path in (shared / "data").iterdir() if path.is_file()}
    assert found["jabar_bps_garis_kemiskinan_html.xls"] == "html"
    assert found["dssd_sidoarjo_bangunan_gedung.xls"] == "xls"
    assert found["jakarta_kode_wilayah_2014.csv"] == "csv"
    assert {kind for name, kind in found.items() if name.endswith(".xlsx")} == {"xlsx"}
    assert {kind for name, kind in found.items() if name.endswith(".json")} == {"json"}
