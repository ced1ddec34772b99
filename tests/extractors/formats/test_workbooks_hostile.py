"""Prevents damaged and hostile workbooks from being read in part, or from exhausting the machine."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.utils import get_column_letter

from contracts.errors import EncryptedFile, MissingColumn, SheetNotFound, TableNotFound, TooManyColumns, WrongFormat, ZeroRows, ZipBomb
from tests.extractors.formats import workbooks
from tests.extractors.reading import read

CONTRACT = """
source: {kind: file, url: x}
key: [nama]
columns:
  nama: {from: Nama, type: text}
  nilai: {from: Nilai, type: decimal, numbers: id, optional: true}
"""


def wide(columns: int) -> bytes:
    cells = "".join(f'<c r="{get_column_letter(i + 1)}1" t="inlineStr"><is><t>k{i}</t></is></c>' for i in range(columns))
    return f'<row r="1">{cells}</row>'.encode()


def bomb(path: Path) -> None:
    workbooks.raw_xlsx(path, b" " * 300_000_000)


def without_sheet_part(path: Path) -> None:
    workbooks.raw_xlsx(path, b"")
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(path.with_suffix(".x"), "w") as parts:
        for name in whole.namelist():
            if "sheet1" not in name:
                parts.writestr(name, whole.read(name))
    path.with_suffix(".x").replace(path)


@pytest.mark.parametrize(
    ("build", "error"),
    [
        (lambda path: workbooks.raw_xlsx(path, wide(10_000)), TooManyColumns),
        (bomb, ZipBomb),
        (lambda path: workbooks.raw_xlsx(path, b""), TableNotFound),
        (lambda path: workbooks.xlsx(path, [("Nama", "Nilai")]), ZeroRows),
        (lambda path: workbooks.xlsx(path, [("Lain", "Nilai"), (1, 2)]), MissingColumn),
        (lambda path: workbooks.raw_xlsx(path, b'<row r="1"><c r="A1"><v>1</v></row>'), WrongFormat),
        (lambda path: workbooks.raw_xlsx(path, b'<row r="1"><c r="A1"><v>bukan angka</v></c></row>'), WrongFormat),
        (lambda path: workbooks.raw_xlsx(path, b'<row r="1"><c r="A1" t="s"><v>7</v></c></row>'), WrongFormat),
        (without_sheet_part, WrongFormat),
        (lambda path: workbooks.raw_xlsx(path, b"", sheets=""), SheetNotFound),
    ],
    ids=[
        "columns",
        "bomb",
        "no-cells",
        "header-only",
        "missing-column",
        "broken-xml",
        "no-number",
        "no-such-text",
        "no-sheet-part",
        "no-sheets",
    ],
)
def test_workbooks_that_can_never_be_data(tmp_path: Path, build: Callable[[Path], None], error: type[Exception]) -> None:
    build(tmp_path / "buku")
    with pytest.raises(error, match="berkas"):
        read(tmp_path, CONTRACT, (tmp_path / "buku").read_bytes())


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_a_truncated_workbook(tmp_path: Path, kind: str) -> None:
    getattr(workbooks, kind)(tmp_path / "buku", [("Nama", "Nilai"), *[("x" * 50, i) for i in range(2_000)]])
    content = (tmp_path / "buku").read_bytes()
    with pytest.raises(WrongFormat):
        read(tmp_path, CONTRACT, content[: len(content) // 2])


def test_a_locked_workbook_is_told_as_such(tmp_path: Path) -> None:
    name = "EncryptedPackage".encode("utf-16-le")
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + b"\0" * 512 + name + b"\0" * 2_000
    with pytest.raises(EncryptedFile, match="kata sandi"):
        read(tmp_path, CONTRACT, content)
