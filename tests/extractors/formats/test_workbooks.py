"""Prevents spreadsheets from being read otherwise than people see them: native cells, sheets, merged headers, broken and hostile files."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
import xlwt
from openpyxl import Workbook

from contracts.errors import SheetNotFound
from extractors.formats.calamine import calamine_grids
from extractors.formats.xlsx import xlsx_grids
from tests.extractors.formats import workbooks
from tests.extractors.reading import kinds_of, read

CONTRACT = """
source: {kind: file, url: x}
key: [nama]
columns:
  nama: {from: Nama, type: text}
  nilai: {from: Nilai, type: decimal, numbers: id, optional: true}
"""
ROWS = [
    ("PER 31 MARET 2023", None, None, None, None, None),
    (None, None, None, None, None, None),
    ("Nama", "Nilai", 2024, "Tanggal", "Jam", "Aktif"),
    ("Kedaton", 29324, 451.3, date(2025, 1, 31), datetime(2025, 1, 31, 10, 30), True),
    ("  Enggal\xa0", 1234567890123, 258.555, date(1999, 12, 31), datetime(2025, 1, 31), False),
    ("Kemiling", "29.324", -0.5, None, None, None),
]
CELLS = [
    ("PER 31 MARET 2023", None, None, None, None, None),
    ("Nama", "Nilai", "2024", "Tanggal", "Jam", "Aktif"),
    ("Kedaton", "29324", "451.3", "2025-01-31", "2025-01-31T10:30:00", "true"),
    ("  Enggal\xa0", "1234567890123", "258.555", "1999-12-31", "2025-01-31", "false"),
    ("Kemiling", "29.324", "-0.5", None, None, None),
]
KINDS = [(0, 0, 0, 0, 0, 0), (0, 0, 1, 0, 0, 0), (0, 1, 1, 2, 2, 3), (0, 1, 1, 2, 2, 3), (0, 0, 1, 0, 0, 0)]


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_the_same_content_gives_the_same_cells(tmp_path: Path, kind: str) -> None:
    """Fails when 29324 becomes 29324.0, a date its serial number, or a text that looks like a number a number."""
    path = tmp_path / "buku"
    getattr(workbooks, kind)(path, ROWS)
    grids = xlsx_grids(path, "buku") if kind == "xlsx" else calamine_grids(path, "buku", is_zip=kind == "ods")
    (block,) = [block for grid in grids for block in grid.blocks]
    assert block.texts() == CELLS
    assert list(zip(*map(kinds_of, block.columns), strict=True)) == KINDS
    assert block.rows.to_pylist() == [1, 3, 4, 5, 6]


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_any_workbook_is_told_by_its_bytes(tmp_path: Path, kind: str) -> None:
    getattr(workbooks, kind)(tmp_path / "buku", ROWS)
    found = read(tmp_path, CONTRACT, (tmp_path / "buku").read_bytes(), names=("data.csv",))
    assert found.column("nilai") == ["29324", "1234567890123", "29.324"]
    assert found.kinds["nilai"] == [1, 1, 0]
    assert [row["_lokasi"] for row in found.rows] == ["Data baris 4", "Data baris 5", "Data baris 6"]


def book_of_three(path: Path) -> None:
    book = Workbook()
    hidden = book.active
    assert hidden is not None
    hidden.title, hidden.sheet_state = "Catatan", "hidden"
    hidden.append(["Nama", "Nilai"])
    hidden.append(["rahasia", 0])
    for number, month in enumerate(("Januari", "Februari"), 1):
        sheet = book.create_sheet(month)
        sheet.append(["Nama", "Nilai"])
        sheet.append(["Kedaton", number])
    book.save(path)


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        ("", [("1", "Januari")]),
        (", sheet: Februari", [("2", "Februari")]),
        (", sheet: [Februari, Januari]", [("2", "Februari"), ("1", "Januari")]),
        (", sheet: Catatan", [("0", "Catatan")]),
    ],
    ids=["first-visible", "named", "listed", "hidden-but-named"],
)
def test_which_sheet(tmp_path: Path, sheet: str, expected: list[tuple[str, str]]) -> None:
    book_of_three(tmp_path / "buku")
    contract = CONTRACT.replace("url: x", f"url: x{sheet}") + "  lembar: {sheet_name: '(.+)', type: text}\n"
    found = read(tmp_path, contract, (tmp_path / "buku").read_bytes())
    assert list(zip(found.column("nilai"), found.column("lembar"), strict=True)) == expected


def test_a_sheet_that_is_not_there(tmp_path: Path) -> None:
    book_of_three(tmp_path / "buku")
    with pytest.raises(SheetNotFound, match='"Maret".*"Catatan", "Januari", "Februari"'):
        read(tmp_path, CONTRACT.replace("url: x", "url: x, sheet: Maret"), (tmp_path / "buku").read_bytes())


def test_a_formula_is_its_cached_value_and_nothing_without_one(tmp_path: Path) -> None:
    rows = (
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>Nama</t></is></c><c r="B1" t="inlineStr"><is><r><t>Ni</t></r><r><t>lai</t></r></is></c></row>'
        b'<row r="2"><c r="A2" t="str"><f>"a"</f><v>rumus</v></c><c r="B2"><f>SUM(1,2)</f><v>3.0</v></c></row>'
        b'<row r="3"><c r="A3" t="inlineStr"><is><t>kosong</t></is></c><c r="B3"><f>SUM(1,2)</f></c></row>'
        b'<row r="4"><c r="A4" t="inlineStr"><is><t>galat</t></is></c><c r="B4" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
        b'<row><c t="inlineStr"><is><t>tanpa alamat</t></is></c><c><v>1.5E2</v></c></row>'
    )
    workbooks.raw_xlsx(tmp_path / "buku", rows)
    found = read(tmp_path, CONTRACT, (tmp_path / "buku").read_bytes())
    assert found.column("nilai") == ["3", "[rumus tanpa hasil]", "#DIV/0!", "150"]
    assert found.kinds["nilai"] == [1, 5, 5, 1]
    assert found.rows[-1]["_lokasi"] == "Data baris 5"


def test_days_count_from_1904_in_workbooks_born_on_a_mac(tmp_path: Path) -> None:
    book = Workbook()
    book.epoch = datetime(1904, 1, 1)
    sheet = book.active
    assert sheet is not None
    sheet.append(["Nama", "Nilai"])
    sheet.append(["x", date(2025, 1, 31)])
    book.save(tmp_path / "buku")
    assert read(tmp_path, CONTRACT, (tmp_path / "buku").read_bytes()).column("nilai") == ["2025-01-31"]


def test_a_wrong_dimension_hides_no_row_and_formatted_empty_rows_are_none(tmp_path: Path) -> None:
    head = b'<row r="1"><c r="A1" t="inlineStr"><is><t>Nama</t></is></c></row>'
    data = b"".join(b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (i, i, i) for i in range(2, 300))
    empty = b"".join(b'<row r="%d"><c r="A%d" s="0"/><c r="XFD%d" s="0"/></row>' % (i, i, i) for i in range(300, 60_000))
    workbooks.raw_xlsx(tmp_path / "buku", head + data + empty)
    assert read(tmp_path, CONTRACT, (tmp_path / "buku").read_bytes()).report.read == 298


MERGED = """
source: {kind: file, url: x}
table: {header_rows: 3}
unpivot: {headers: '^APK > (?P<jenjang>.+) > (?P<tahun>\\d{4})$', value: nilai}
key: [wilayah]
columns:
  wilayah: {from: Wilayah, type: text}
  jenjang: {header: jenjang, type: text}
  tahun: {header: tahun, type: text}
  nilai: {type: decimal}
"""


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_merged_headers_name_all_their_columns(tmp_path: Path, kind: str) -> None:
    """Fails when only the first column below a merged cell has its upper levels, or merged body cells are multiplied."""
    rows: list[tuple[object, ...]] = [
        ("Wilayah", "APK", None, None),
        (None, "SD", None, "SMP"),
        (None, 2018, 2019, 2019),
        ("Kedaton", 1, 2, 3),
        ("JUMLAH", 4, None, 5),
    ]
    merges = [(0, 0, 2, 0), (0, 1, 0, 3), (1, 1, 1, 2), (4, 1, 4, 2)]
    if kind == "xlsx":
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        for row in rows:
            sheet.append(list(row))
        for top, left, bottom, right in merges:
            sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
        book.save(tmp_path / "buku")
    else:
        old = xlwt.Workbook()
        page = old.add_sheet("Data")
        spans = {(top, left): (bottom, right) for top, left, bottom, right in merges}
        for i, line in enumerate(rows):
            for j, value in enumerate(line):
                if (i, j) in spans:
                    page.write_merge(i, spans[i, j][0], j, spans[i, j][1], value)
                elif value is not None:
                    page.write(i, j, value)
        old.save(str(tmp_path / "buku"))
    found = read(tmp_path, MERGED, (tmp_path / "buku").read_bytes())
    assert [tuple(row[name] for name in ("wilayah", "jenjang", "tahun", "nilai")) for row in found.rows] == [
        ("Kedaton", "SD", "2018", "1"), ("Kedaton", "SD", "2019", "2"), ("Kedaton", "SMP", "2019", "3"),
        ("JUMLAH", "SD", "2018", "4"), ("JUMLAH", "SMP", "2019", "5"),
    ]  # fmt: skip
    assert found.counts() == {"read": 2, "fetched": 6, "missing": 1}
