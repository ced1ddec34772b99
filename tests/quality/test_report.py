"""Prevents an agency from getting a report that names the wrong row, somebody's NIK, or a formula that runs when it is opened."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from contracts.errors import WrongUsage
from satudata.cli import satudata
from satudata.finding_report import files
from satudata.finding_report.cells import cell
from satudata.finding_report.report import write_reports
from satudata.finding_report.sheets import SHEETS
from tests.quality.conftest import NAME, NIK, City


@pytest.fixture(scope="module")
def reports(city: City, tmp_path_factory: pytest.TempPathFactory) -> Path:
    city.ask("select 1")
    out = tmp_path_factory.mktemp("laporan")
    assert [(agency.nama, agency.clean) for agency in write_reports(city.conn, out)] == [
        ("Dinas Perdagangan", False),
        ("Dinas Sosial", False),
    ]
    return out


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_list_of_reports_names_the_pemda_of_each_agency(city: City, tmp_path: Path) -> None:  # noqa: ARG001 - the city is what is asked
    """Agencies of several pemda share their names."""
    said = CliRunner().invoke(satudata, ["report", "--out", str(tmp_path)], catch_exceptions=False).output
    assert "35.71 Dinas Sosial: " in said


def test_a_wrong_row_is_named_by_file_row_key_column_value_and_what_was_expected(reports: Path) -> None:
    (row,) = table(reports / "35.71_dagang" / "3_baris_yang_salah.csv")
    assert (row["Berkas"], row["Baris pertama"], row["Kunci baris pertama"], row["Kolom"], row["Isi"], row["Seharusnya"], row["Banyaknya"]) == (
        "harga.csv", "3", "barang: susu", "harga_rp", "-5", "antara 0 dan 1000000", "1",
    )  # fmt: skip


def test_the_six_questions_are_answered(reports: Path) -> None:
    """What failed, whose (the folder), which rows, new or old, who by when, what is published meanwhile."""
    folder = reports / "35.71_sosial"
    assert [row["Putusan"] for row in table(folder / "1_yang_gagal.csv")] == ["ditahan", "gagal diambil"]
    assert [row["Aturan"] for row in table(folder / "2_aturan_yang_gagal.csv")] == ["volume", "ambil"]
    assert table(folder / "3_baris_yang_salah.csv") == []
    down, metadata, finding = table(folder / "4_temuan_dan_tenggat.csv")
    assert [(row["Aturan"], row["Tenggat"]) for row in (down, metadata)] == [("ambil", "2026-06-22"), ("metadata.D-1", "2026-06-23")]
    assert (finding["Baru atau lama"], finding["Penanggung jawab"], finding["Tenggat"]) == ("baru", "Dinas Sosial", "2026-06-23")
    assert [row["Yang terbit"][:33] for row in table(folder / "5_yang_tetap_terbit.csv")] == [
        "Tetap terbit: data yang diambil 1",
        "Belum ada angka yang terbit.",
    ]


def test_the_workbook_says_the_same_as_the_csv(reports: Path) -> None:
    for folder in reports.iterdir():
        book = load_workbook(folder / "temuan.xlsx")
        assert book.sheetnames == [sheet.title for sheet in SHEETS]
        for sheet in SHEETS:
            header, *rows = book[sheet.title].values
            rows = [row for row in rows if row[0] != files.EMPTY]
            assert [[shown(value) for value in row] for row in rows] == [list(row.values()) for row in table(folder / f"{sheet.file}.csv")]


def shown(value: object) -> str:
    return "" if value is None else value.strftime("%Y-%m-%d") if hasattr(value, "strftime") else str(value)


def test_nothing_personal_is_in_it(reports: Path) -> None:
    for path in reports.rglob("*.csv"):
        text = path.read_text(encoding="utf-8-sig")
        assert NAME not in text
        assert NIK not in text


def test_identical_findings_are_one_line(city: City, tmp_path: Path) -> None:
    """Thirty rows with the same fault are one thing to mend."""
    city.conn.execute(
        """insert into ops.quarantined_row (batch_id, lokasi, key, raw, rule_ids, messages)
           select (select min(batch_id) from ops.quarantined_row), 'baris ' || n, jsonb_build_object('barang', 'b' || n), '{"harga_rp": -1}',
                  array['range.harga_rp'], array['sama'] from generate_series(101, 130) n"""
    )
    write_reports(city.conn, tmp_path, "dagang")
    city.conn.execute("update ops.quarantined_row set state = 'fixed' where messages = array['sama']")
    found = [row for row in table(tmp_path / "35.71_dagang" / "3_baris_yang_salah.csv") if row["Penjelasan"] == "sama"]
    assert [(row["Banyaknya"], row["Baris pertama"]) for row in found] == [("30", "101")]
    assert found[0]["Semua baris"].endswith("120, dan 10 lagi")


def test_an_agency_that_is_not_known_is_a_sentence(city: City, tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match="dagang, sosial"):
        write_reports(city.conn, tmp_path, "tidak_ada")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"), ("+62 812", "'+62 812"), ("-", "'-"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"), (" =1", "' =1"), ("-5", "-5"),
        ("-5,5", "-5,5"), ("biasa", "biasa"), ("a\x00b", "a b"), (None, None), (Decimal("1.5"), 1.5), (date(2026, 6, 1), date(2026, 6, 1)),
    ],
)  # fmt: skip
def test_a_cell_is_never_a_formula(value: object, written: object) -> None:
    assert cell(value) == written


def test_the_workbook_holds_no_formula(tmp_path: Path) -> None:
    """Also where a text begins with `=` in spite of all: it is stored as text."""
    book = files.Book()
    list(book.add("Uji", ["a"], [["=1+1"]]))
    book.save(tmp_path / "uji.xlsx")
    assert load_workbook(tmp_path / "uji.xlsx")["Uji"]["A2"].data_type == "s"


def test_a_sheet_can_be_filtered_and_read_without_dragging_columns(reports: Path) -> None:
    """The header stays in sight and filters all rows below it; no header is cut off, and a text wraps in a column wide enough for words."""
    for path in reports.rglob("temuan.xlsx"):
        for sheet in load_workbook(path):
            titles = [head.value for head in sheet[1]]
            assert sheet.freeze_panes == "A2"
            assert sheet.auto_filter.ref in (sheet.dimensions, f"A1:{sheet.cell(1, len(titles)).coordinate}")
            for head in sheet[1]:
                assert sheet.column_dimensions[head.column_letter].width >= len(str(head.value)) + 3
            for row in sheet.iter_rows(min_row=2):
                assert all(one.alignment.wrap_text for one in row if isinstance(one.value, str))
