"""Prevents villages from being published under the group before theirs because their heading is spelt in a way the contract does not know."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extractors.reading import Read, read
from tests.extractors.table.test_rows import told

COLUMNS = """source: {kind: file, url: x}
key: [kecamatan, desa]
columns:
  kecamatan: {group: kecamatan, type: text}
  desa: {from: Desa, type: text}
  jiwa: {from: Jiwa, type: integer, numbers: id, optional: true}
"""
BEFORE = "rows:\n  - {is: group, where: {Desa: '^Kecamatan (.+)$'}, gives: kecamatan, position: before}\n"
AFTER = BEFORE.replace("before", "after")
FILE = "Kecamatan A;; / a1;1;1 / a2;2;2 / Kec. B;; / b1;3;1 / b2;4;2 / Kecamatan C;; / c1;5;1"


def read_groups(folder: Path, lines: str, rules: str = BEFORE, header: str = "Desa;Jiwa;No") -> Read:
    return read(folder, COLUMNS + rules, f"{header}\n" + lines.replace(" / ", "\n") + "\n")


def aside(found: Read) -> dict[str | None, str]:
    return {row["desa"]: doubt for row, doubt in zip(found.rows, found.doubts, strict=True) if doubt}


@pytest.mark.parametrize("chunk_rows", [50_000, 2])
def test_an_unknown_heading_and_its_rows_are_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk_rows: int) -> None:
    """Fails when the rows of an unknown heading are those of the one before, or rows of known ones are lost with them."""
    monkeypatch.setenv("SATUDATA_CHUNK_ROWS", str(chunk_rows))
    found = read_groups(tmp_path, FILE)
    under = "judul kelompoknya tidak dikenal: Kec. B"
    assert aside(found) == {"Kec. B": "judul kelompok?: Kec. B", "b1": under, "b2": under}
    sound = [row for row, doubt in zip(told(found, "kecamatan", "desa"), found.doubts, strict=True) if doubt is None]
    assert sound == [("A", "a1"), ("A", "a2"), ("C", "c1")]


def test_a_heading_after_its_rows_doubts_those_above_it(tmp_path: Path) -> None:
    """Fails when rows above an unknown heading are given to the next one below."""
    found = read_groups(tmp_path, "a1;1;1 / Kecamatan A;; / b1;3;1 / Kec. B;; / c1;5;1 / Kecamatan C;;", AFTER)
    assert list(aside(found)) == ["b1", "Kec. B"]


def test_a_letter_to_count_by_makes_no_village_of_a_heading(tmp_path: Path) -> None:
    """Fails when a heading passes as data because its group is numbered: A, B or I, II."""
    found = read_groups(tmp_path, "A;Kecamatan A; / 1;a1;1 / II.;Kec. B; / 1;b1;2", header="No;Desa;Jiwa")
    assert list(aside(found)) == ["Kec. B", "b1"]


@pytest.mark.parametrize("row", ["a3;;3", "a3;-;", "a3;0;", "a3;...;"])
def test_a_village_without_figures_is_a_village(tmp_path: Path, row: str) -> None:
    """Fails when a village of which nothing is reported takes those below it out of the table."""
    found = read_groups(tmp_path, f"Kecamatan A;; / a1;1;1 / {row} / a4;2;4")
    assert (told(found, "kecamatan", "desa"), aside(found)) == ([("A", "a1"), ("A", "a3"), ("A", "a4")], {})


def test_a_contract_says_that_a_row_without_figures_is_data(tmp_path: Path) -> None:
    """Fails when nothing an author writes lets the row be loaded."""
    found = read_groups(tmp_path, "Kecamatan A;; / a1;1;1 / a3;; / a4;2;4", BEFORE + "  - {is: data, where: {Desa: ^a3$}}\n")
    assert (found.column("kecamatan"), aside(found)) == (["A", "A", "A"], {})


def test_a_list_of_names_has_no_figures_to_lack(tmp_path: Path) -> None:
    """Fails when every row of a table of names is taken for a heading."""
    found = read(tmp_path, COLUMNS.rpartition("  jiwa")[0] + BEFORE, "Desa;Jiwa\nKecamatan A;\na1;\na2;\n")
    assert (found.column("desa"), aside(found)) == (["a1", "a2"], {})
