"""Prevents the rows below a second header from being read under the first one where it names the columns in another order."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extractors.formats import workbooks
from tests.extractors.reading import Read, read

CONTRACT = """source: {kind: file, url: x}
key: [nama]
columns:
  nama: {from: Nama, type: text}
  jumlah: {from: Jumlah, type: integer, numbers: id}
  target: {from: Target, type: integer, numbers: id}
"""
OTHER = "judul kolom di atasnya berurutan lain: baris 4"


def read_lines(folder: Path, lines: str, contract: str = CONTRACT) -> Read:
    return read(folder, contract, lines.replace(" / ", "\n") + "\n")


def aside(found: Read) -> dict[str | None, str]:
    return {row["nama"]: doubt for row, doubt in zip(found.rows, found.doubts, strict=True) if doubt}


@pytest.mark.parametrize(
    "header", ["Nama;Target;Jumlah", "Target;Nama;Jumlah", "NAMA;TARGET;JUMLAH", "Nama;Satuan;Jumlah;Target", "Nama;Target;Sisa"]
)
@pytest.mark.parametrize("chunk_rows", [50_000, 2])
def test_rows_below_a_header_in_another_order_are_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, header: str, chunk_rows: int
) -> None:
    """Fails when the figures of one column are published as those of another."""
    monkeypatch.setenv("SATUDATA_CHUNK_ROWS", str(chunk_rows))
    found = read_lines(tmp_path, f"Nama;Jumlah;Target / A;1;10 / B;2;20 / {header} / C;30;3 / D;40;4 / Nama;Jumlah;Target / E;5;50")
    header_doubt = found.doubts.pop(2)
    assert header_doubt is not None
    assert "judul kolom terulang: baris 4" in header_doubt
    assert found.doubts == [None, None, OTHER, OTHER, "judul kolom terulang: baris 7", None]


def test_a_header_in_the_same_order_costs_no_other_row(tmp_path: Path) -> None:
    """Fails when a table that prints its header on every page loses its pages, or loads a header as a thing."""
    found = read_lines(tmp_path, "Nama;Jumlah;Target / A;1;10 / Nama;Jumlah;Target / B;2;20 /  nama ;JUMLAH;Target / C;3;30")
    assert list(aside(found).values()) == ["judul kolom terulang: baris 3", "judul kolom terulang: baris 5"]


def test_a_contract_drops_the_header(tmp_path: Path) -> None:
    found = read_lines(
        tmp_path,
        "Nama;Jumlah;Target / A;1;10 / Nama;Jumlah;Target / B;2;20",
        CONTRACT + "rows:\n  - {is: drop, where: {Nama: ^Nama$}, why: uji}\n",
    )
    assert (found.column("nama"), found.doubts, found.counts()["drop"]) == (["A", "B"], [None, None], 1)


@pytest.mark.parametrize("row", ["Jumlah;1;2", "Nama;1;2", "A;Jumlah;2", "Target;7;7"])
def test_a_single_word_is_no_header(tmp_path: Path, row: str) -> None:
    """Fails when a thing that is called as a column is, or a row with one odd cell, takes the rows below it out of the table."""
    found = read_lines(tmp_path, f"Nama;Jumlah;Target / {row} / B;2;20")
    assert not any("judul kolom" in doubt for doubt in aside(found).values())
    assert "B" not in aside(found)


LEVELS = """source: {kind: file, url: x}
key: [nama]
table: {header_rows: 2}
columns:
  nama: {from: Nama, type: text}
  l23: {from: 2023 > L, type: integer}
  p23: {from: 2023 > P, type: integer}
  l24: {from: 2024 > L, type: integer}
  p24: {from: 2024 > P, type: integer}
"""
YEARS, SEXES = ("Nama", "2023", "2023", "2024", "2024"), (None, "L", "P", "L", "P")


@pytest.mark.parametrize(
    ("years", "sexes", "others"),
    [
        (("Nama", "2023", None, "2024", None), SEXES, 0),
        (("Nama", "2024", None, "2023", None), SEXES, 1),
        (YEARS, (None, "P", "L", "P", "L"), 1),
    ],
)
def test_a_header_of_two_rows_is_one(tmp_path: Path, years: tuple[str, ...], sexes: tuple[str, ...], others: int) -> None:
    """Fails when a header of several rows is known by none of them, or its last row forgets what the first one said."""
    workbooks.xlsx(tmp_path / "buku", [YEARS, SEXES, ("A", 1, 2, 3, 4), years, sexes, ("B", 3, 4, 5, 6)])
    found = read(tmp_path, LEVELS, (tmp_path / "buku").read_bytes())
    assert found.doubts[:1] == [None]
    assert [doubt.partition(":")[0] for doubt in found.doubts[1:3] if doubt] == ["judul kolom terulang"] * 2
    assert len([doubt for doubt in found.doubts if doubt and "berurutan lain" in doubt]) == others
