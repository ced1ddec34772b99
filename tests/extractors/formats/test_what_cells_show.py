"""Prevents a figure that people do not see in the sheet: cells are more than the number or the letters they hold."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
import xlwt
from openpyxl import Workbook
from openpyxl.utils.datetime import WINDOWS_EPOCH

from extractors.formats.xlsx_parts import SharedTexts
from extractors.formats.xlsx_sheet import SheetReader
from extractors.formats.xlsx_styles import Time
from extractors.grid import OutOfSight
from tests.extractors.formats import workbooks
from tests.extractors.formats.test_workbooks import CONTRACT
from tests.extractors.reading import read


def test_a_formula_that_openpyxl_saved_has_no_result_and_an_empty_text_is_one(tmp_path: Path) -> None:
    """Fails when a whole column of figures is published as empty because some program saved formulas and did not calculate them."""
    workbooks.xlsx(tmp_path / "buku", [("Nama", "Nilai"), ("a", "=1+1"), ("b", 7)])
    found = read(tmp_path, CONTRACT, (tmp_path / "buku").read_bytes())
    assert (found.column("nilai"), found.kinds["nilai"]) == (["[rumus tanpa hasil]", "7"], [5, 1])
    head = b'<row r="1"><c r="A1" t="inlineStr"><is><t>Nama</t></is></c><c r="B1" t="inlineStr"><is><t>Nilai</t></is></c></row>'
    blank = b'<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="str"><f>IF(A2&gt;0,"",1)</f><v></v></c></row>'
    workbooks.raw_xlsx(tmp_path / "buku", head + blank)
    assert read(tmp_path, CONTRACT, (tmp_path / "buku").read_bytes()).column("nilai") == [None]


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ([("123", ""), ("1", '<vertAlign val="superscript"/>')], "123¹"), ([("123", ""), ("1)", '<vertAlign val="superscript"/>')], "123¹)"),
        ([("1", '<vertAlign val="superscript"/>'), ("123", "<b/>")], "¹123"), ([("123", ""), ("2", '<vertAlign val="subscript"/>')], "123₂"),
        ([("120", "<strike/>"), (" 125", "")], "~~120~~ 125"), ([("120", '<strike val="0"/>'), ("5", "<b/>")], "1205"),
        ([("m", "<b/>"), ("2", '<vertAlign val="superscript"/>')], "m2"), ([("lama", "<strike/>"), (" baru", "")], "lama baru"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("is_shared", [True, False])
def test_the_runs_of_a_cell_are_told_apart(tmp_path: Path, runs: list[tuple[str, str]], text: str, is_shared: bool) -> None:
    """Fails when 123 with note 1 becomes 1231, or a figure struck out is joined to the one that replaces it."""
    rich = "".join(f'<r><rPr>{setting}</rPr><t xml:space="preserve">{part}</t></r>' for part, setting in runs).encode()
    head = b'<row r="1"><c r="A1" t="inlineStr"><is><t>Nama</t></is></c><c r="B1" t="inlineStr"><is><t>Nilai</t></is></c></row>'
    cell = b'<c r="B2" t="s"><v>0</v></c>' if is_shared else b'<c r="B2" t="inlineStr"><is>' + rich + b"</is></c>"
    workbooks.raw_xlsx(tmp_path / "buku", head + b'<row r="2"><c r="A2"><v>1</v></c>' + cell + b"</row>", texts=b"<si>" + rich + b"</si>")
    assert read(tmp_path, CONTRACT, (tmp_path / "buku").read_bytes()).column("nilai") == [text]


@pytest.mark.parametrize(
    ("held", "code", "shown"),
    [
        (0.12, "0.00%", "12"), (0.5, "0%", "50"), (0.07, "0%", "7"), (0.125, "0%", "12.5"), (1.05, "#,##0.0 %;[Red]-0%", "105"), (12.5, '0.0"%"', "12.5"),
        (12.5, r"0.0\%", "12.5"), (1234567, "#,##0,", "1234.567"), (1500000, '0.0,,"jt"', "1.5"), (1234567, "#,##0", "1234567"), (5, "0.00", "5"),
        (1234567, '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)', "1234567"), (0.25, "General", "0.25"),
    ],
)  # fmt: skip
def test_a_number_is_what_its_cell_shows(tmp_path: Path, held: float, code: str, shown: str) -> None:
    """Fails when 0.12 shown as 12% stands beside the text 12,5 % in one column."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Nama", "Nilai"])
    sheet.append(["a", held])
    sheet["B2"].number_format = code
    book.save(tmp_path / "buku")
    found = read(tmp_path, CONTRACT, (tmp_path / "buku").read_bytes())
    assert (found.column("nilai"), found.kinds["nilai"]) == ([shown], [1])


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_a_time_that_has_passed_is_no_number_of_days(tmp_path: Path, kind: str) -> None:
    """Fails when 30:00 of a day and a quarter becomes the figure 1.25."""
    if kind == "xlsx":
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(["Nama", "Nilai"])
        sheet.append(["a", 1.25])
        sheet["B2"].number_format = "[h]:mm"
        book.save(tmp_path / "buku")
    else:
        old = xlwt.Workbook()
        page = old.add_sheet("Data")
        for i, row in enumerate([("Nama", "Nilai"), ("a", 1.25)]):
            for j, value in enumerate(row):
                page.write(i, j, value, xlwt.easyxf(num_format_str="[h]:mm" if i and j else "General"))
        old.save(str(tmp_path / "buku"))
    found = read(tmp_path, CONTRACT, (tmp_path / "buku").read_bytes())
    assert (found.column("nilai"), found.kinds["nilai"]) == (["30:00:00"], [2])


def test_a_time_beyond_all_days_ends_in_an_answer() -> None:
    reader = SheetReader("buku", SharedTexts(), {"1": Time.ELAPSED, "2": Time.MOMENT, "3": 2}, WINDOWS_EPOCH, 10)
    cells = b"".join(b'<c s="%d"><v>1e308</v></c><c s="%d"><v>nan</v></c>' % (style, style) for style in (1, 2, 3))
    ((_, row),) = reader.rows(BytesIO(b'<x xmlns="x"><row>' + cells + b"</row></x>"), OutOfSight())
    assert len(row) == 6
