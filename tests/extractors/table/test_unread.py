"""Prevents the figures of a second table, or of another sheet, from being lost without a word, and harmless neighbours from holding a file."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwt
from openpyxl import Workbook

from extractors.report import Finding
from tests.extractors.reading import Read, read

CONTRACT = """
source: {kind: file, url: x}
key: [nama]
columns:
  nama: {from: Nama, type: text}
  jumlah: {from: Jumlah, type: integer}
"""
HEADER = ("Nama", "Jumlah")
KOTA, PESANTREN = [HEADER, ("Pojok", 120), ("Dermo", 77)], [HEADER, ("Gayam", 5), ("Bujel", 9)]


def unread(found: Read) -> list[Finding]:
    return [finding for finding in found.report.findings if finding.rule == "unread"]


def page(*tables: list[tuple[object, ...]], heading: str = "h3") -> str:
    """A page with these tables, each under a heading."""
    rows = ["".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in table) for table in tables]
    return "<html>" + "".join(f"<{heading}>Kecamatan {i}</{heading}><table>{body}</table>" for i, body in enumerate(rows, 1)) + "</html>"


def book(folder: Path, kind: str, *sheets: tuple[str, list[tuple[object, ...]]], hidden: str = "") -> bytes:
    """A workbook with these sheets."""
    made = Workbook() if kind == "xlsx" else xlwt.Workbook()
    if kind == "xlsx":
        made.remove(made.active)
    for name, rows in sheets:
        sheet = made.create_sheet(name) if kind == "xlsx" else made.add_sheet(name)
        if name == hidden:
            sheet.sheet_state = "hidden"
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                sheet.cell(i + 1, j + 1, value) if kind == "xlsx" else sheet.write(i, j, value)
    made.save(folder / "buku" if kind == "xlsx" else str(folder / "buku"))
    return (folder / "buku").read_bytes()


def test_tables_of_a_page_behind_the_first_are_told_of(tmp_path: Path) -> None:
    found = read(tmp_path, CONTRACT, page(KOTA, PESANTREN, [("Nama", "Alamat"), ("a", "b")], [HEADER, ("Mrican", 1)]))
    assert found.column("nama") == ["Pojok", "Dermo"]
    (finding,) = unread(found)
    assert (finding.rule_id, finding.outcome, finding.failed, finding.severity) == ("unread.tabel", "fail", 2, None)
    assert finding.message.startswith(
        "Berkas berkas punya tabel lain yang berjudul kolom sama dan berisi data, tetapi tidak dibaca: tabel 2, tabel 4. "
    )
    assert "`table: {title: pola judul di atasnya, every: true}`" in finding.message


@pytest.mark.parametrize(
    "others",
    [[KOTA], [[HEADER, KOTA[2]]], [[HEADER]], [[HEADER, ("Mrican", "")]], [[("Nama", "Alamat"), ("a", "b")]], []],
    ids=["shown-twice", "newest-rows-again", "header-alone", "a-form", "another-table", "nothing"],
)
def test_tables_that_hold_nothing_more_are_no_loss(tmp_path: Path, others: list[list[tuple[object, ...]]]) -> None:
    """Fails when a page that draws its table twice, or a form below it, holds every delivery."""
    assert unread(read(tmp_path, CONTRACT, page(KOTA, *others))) == []


def test_rows_told_again_are_known_by_what_the_contract_reads_of_them(tmp_path: Path) -> None:
    """Fails when a table with group headings, whose every column is looked at, holds a page that numbers the same rows anew."""
    rules = "rows:\n  - {is: group, where: {Nama: '^Kec. (.+)$'}, gives: kecamatan}\n"
    tables = [[("No", *HEADER), ("", "Kec. A", ""), (first, "Pojok", 120), (first + 1, "Dermo", 77)] for first in (1, 8)]
    assert unread(read(tmp_path, CONTRACT + "  kecamatan: {group: kecamatan, type: text}\n" + rules, page(*tables))) == []


@pytest.mark.parametrize(
    "table", ["{css: 'table:nth-of-type(1)'}", "{title: Kecamatan 1}", "{title: 'Kecamatan (?P<kecamatan>.)', every: true}"]
)
def test_a_contract_that_picks_or_takes_all_hears_of_none(tmp_path: Path, table: str) -> None:
    found = read(tmp_path, f"{CONTRACT}table: {table}\n", page(KOTA, PESANTREN))
    assert (unread(found), len(found.rows)) == ([], 4 if "every" in table else 2)


def test_each_page_is_compared_with_its_own_table(tmp_path: Path) -> None:
    """Fails when a table that is shown twice on every page is told of from the second page on."""
    assert unread(read(tmp_path, CONTRACT, page(KOTA, KOTA), page(PESANTREN, PESANTREN))) == []
    (finding,) = unread(read(tmp_path, CONTRACT, page(KOTA, PESANTREN), page(PESANTREN, KOTA)))
    assert (finding.failed, finding.checked) == (2, 2)


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_sheets_behind_the_first_are_told_of(tmp_path: Path, kind: str) -> None:
    years = book(tmp_path, kind, ("2025", KOTA), ("2024", PESANTREN), ("Catatan", [("Sumber", "Dinas")]), ("2023", [HEADER, ("Mrican", 1)]))
    found = read(tmp_path, CONTRACT, years)
    assert found.column("nama") == ["Pojok", "Dermo"]
    (finding,) = unread(found)
    assert (finding.rule_id, finding.failed) == ("unread.lembar", 2)
    assert 'tidak dibaca: "2024", "2023". Bila datanya ikut, sebut semua lembarnya di `source: {sheet: [...]}`' in finding.message
    for sheets, rows in (("[2025]", 2), ("[2025, 2024, 2023]", 5)):
        chosen = read(tmp_path, CONTRACT.replace("url: x", f"url: x, sheet: {sheets}"), years)
        assert (unread(chosen), len(chosen.rows)) == ([], rows)


def test_hidden_sheets_and_copies_are_no_loss(tmp_path: Path) -> None:
    hidden = book(tmp_path, "xlsx", ("Data", KOTA), ("Lama", PESANTREN), ("Cetak", KOTA), hidden="Lama")
    assert unread(read(tmp_path, CONTRACT, hidden)) == []


def test_a_sheet_beside_the_one_that_is_read_spoils_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when a drawing board beside the table, wider than any table may be, refuses the file."""
    monkeypatch.setenv("SATUDATA_MAX_COLUMNS", "20")
    for kind in ("xlsx", "xls"):
        wide = book(tmp_path, kind, ("Data", KOTA), ("Papan", [tuple(range(50))]))
        assert len(read(tmp_path, CONTRACT, wide).rows) == 2
