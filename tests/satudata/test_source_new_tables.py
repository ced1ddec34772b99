"""Prevents a drafted contract from leaving out sheets and tables of the same kind without saying how they come in."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from satudata.new_contract.survey import survey
from satudata.source_new import new_contract
from tests.extractors.table.test_unread import HEADER, KOTA, PESANTREN, book, page


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_a_workbook_of_years_names_the_sheet_that_is_read(tmp_path: Path, kind: str) -> None:
    years = book(tmp_path, kind, ("2025", KOTA), ("2024", PESANTREN), ("Catatan", [("Kode", "Arti"), ("a", "b"), ("c", "d")]))
    (tmp_path / f"data.{kind}").write_bytes(years)
    text = new_contract(str(tmp_path / f"data.{kind}"), beside=tmp_path, trial=False).text
    assert yaml.load(text, yaml.BaseLoader)["source"]["sheet"] == "2025"
    assert "lembar 2024 berjudul kolom sama dan tidak dibaca; bila datanya ikut, sebut semua lembarnya di `sheet: [...]`" in text
    assert "ada 1 tabel lain: Catatan" in text


def test_a_page_of_tables_is_told_how_to_read_all_or_one(tmp_path: Path) -> None:
    (tmp_path / "data.html").write_text(page(KOTA, PESANTREN, [HEADER, ("Mrican", 1), ("Ngampel", 2)]))
    (note,) = (note for note in survey(tmp_path / "data.html", "data.html", "").notes if "berjudul kolom sama" in note)
    assert note.startswith("tabel 2, tabel 3 berjudul kolom sama dan tidak dibaca; bila datanya ikut, tulis `table: {title: ")
    assert note.endswith("every: true}`, bila tidak, pilih satu tabel dengan `css` atau `title`")


def test_a_single_sheet_is_not_named(tmp_path: Path) -> None:
    """Fails when a contract stops reading a file whose only sheet is called by the month."""
    (tmp_path / "data.xlsx").write_bytes(book(tmp_path, "xlsx", ("Mei", KOTA)))
    assert survey(tmp_path / "data.xlsx", "data.xlsx", "").source == {}
