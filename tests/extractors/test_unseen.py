"""Prevents figures from being published that whoever checked the file never saw, without a word; and rows from vanishing with a filter."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from extractors.report import Finding
from tests.extractors.reading import read

CONTRACT = """
source: {kind: file, url: x}
key: [nama]
columns:
  nama: {from: Nama, type: text}
  nilai: {from: Nilai, type: integer}
"""


def sheet_of(folder: Path, *, rows: tuple[int, ...] = (), columns: str = "") -> bytes:
    """A sheet of a title, a header, four rows and a column nobody asks for, some of them hidden."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Judul"], ["Nama", "Nilai", "Ket"], ["a", 1, "x"], ["b", 2, "x"], ["c", 3, "x"], ["d", 4, "x"]):
        sheet.append(row)
    sheet.auto_filter.ref = "A2:C6"
    for row in (*rows, *((9,) if rows else ())):
        sheet.row_dimensions[row].hidden = True
    for column in columns:
        sheet.column_dimensions[column].hidden = True
    book.save(folder / "buku.xlsx")
    return (folder / "buku.xlsx").read_bytes()


def told(findings: list[Finding]) -> list[str]:
    assert {(finding.rule_id, finding.severity, finding.outcome) for finding in findings} <= {("hidden", "warn", "fail")}
    return [finding.message for finding in findings]


@pytest.mark.parametrize(
    ("rows", "columns", "words"),
    [
        ((4, 5), "", "Sheet: 2 baris yang disembunyikan atau tersaring ikut dibaca (pertama baris 4)"),
        ((), "B", "Sheet: kolom yang disembunyikan ikut dibaca (Nilai)"),
        ((1, 2), "", None), ((), "C", None), ((), "", None),
    ],
    ids=["filtered", "column", "title-and-header", "column-not-read", "all-seen"],
)  # fmt: skip
def test_hidden_cells_of_a_workbook_are_read_and_told(tmp_path: Path, rows: tuple[int, ...], columns: str, words: str | None) -> None:
    found = read(tmp_path, CONTRACT, sheet_of(tmp_path, rows=rows, columns=columns))
    assert found.column("nilai") == ["1", "2", "3", "4"]
    after = ". Periksa apakah itu memang data; bila bukan, minta OPD menghapusnya dari berkas."
    assert told(found.report.findings) == ([words + after] if words else [])


def test_hidden_rows_of_a_page_are_not_read_and_told(tmp_path: Path) -> None:
    rows = "<tr><th>Nama</th><th>Nilai</th></tr><tr><td>a</td><td>1</td></tr>"
    hidden = '<tr class="d-none"><td>b</td><td>2</td></tr><tbody style="display:none"><tr><td>c</td><td>3</td></tr><tr></tr></tbody>'
    found = read(tmp_path, CONTRACT, f"<!DOCTYPE html><body><table>{rows}{hidden}</table></body>")
    assert found.column("nama") == ["a"]
    (message,) = told(found.report.findings)
    assert message.startswith("tabel 1: 2 baris yang disembunyikan halamannya tidak dibaca. ")


def test_not_more_is_told_than_anybody_reads(tmp_path: Path) -> None:
    contract = CONTRACT.replace("key:", "table: {every: true, title: '^Judul$'}\nkey:")
    files = [sheet_of(tmp_path, rows=(4,), columns="B")] * 4
    (message,) = told(read(tmp_path, contract, *files).report.findings)
    assert message.count("ikut dibaca") == 5
    assert "; dan 3 hal serupa. " in message
