"""Prevents a row that lost a separator from being published with its figures moved or empty, and files that leave out empty ends from being accused."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.formats import csv as lane
from tests.extractors.reading import read

CONTRACT = """
source: {kind: file, url: x}
key: [nama]
columns:
  nama: {from: Nama, type: text}
  jumlah: {from: Jumlah, type: text}
"""
FIGURES = [f"{number},nama {number},{number * 7},{number % 5}" for number in range(30)]
NOTED = [f"{number},nama {number},{number * 7},baik" for number in range(30)]
HEADER = "No,Nama,Jumlah,Lain"


def doubts(folder: Path, lines: list[str], contract: str = CONTRACT) -> dict[str, str]:
    """Place -> why the row is set aside."""
    found = read(folder, contract, "\n".join(lines) + "\n")
    return {str(row["_lokasi"]): doubt for row, doubt in zip(found.rows, found.doubts, strict=True) if doubt}


@pytest.mark.parametrize("head_bytes", [lane.HEAD_BYTES, 64])
@pytest.mark.parametrize(("line", "cells"), [("99,Dermo", 2), ("99,Dermo 70,3", 3), ("99,Dermo,70", 3), ("Sumber Dinas", 1), ("99", 1)])
def test_a_row_that_lacks_a_figure_all_others_have_is_doubted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, cells: int, head_bytes: int
) -> None:
    monkeypatch.setattr(lane, "HEAD_BYTES", head_bytes)
    found = doubts(tmp_path, ["DATA POSYANDU", "", HEADER, *FIGURES, line, *FIGURES[:2], line])
    assert found == dict.fromkeys(("baris 34", "baris 37"), f"sel kurang: {cells} dari 4")


def test_a_row_is_doubted_where_others_write_their_empty_last_cells(tmp_path: Path) -> None:
    assert doubts(tmp_path, [HEADER, *NOTED, "98,Gayam,5,", "99,Dermo,70"]) == {"baris 33": "sel kurang: 3 dari 4"}


@pytest.mark.parametrize(
    "lines",
    [
        [HEADER, *(line if number % 3 else line.rpartition(",")[0] for number, line in enumerate(FIGURES))],
        [HEADER, *NOTED, "99,Dermo,70"],
        [HEADER, *(f"{line.rpartition(',')[0]}," for line in FIGURES[:9]), FIGURES[9], "99,Dermo,70"],
        [f"{line}," for line in (HEADER, *FIGURES)] + FIGURES[:3],
        [HEADER, *FIGURES, "98,Gayam,5,", *FIGURES[:16], *(line.rpartition(",")[0] for line in FIGURES[:2])],
        [HEADER, *FIGURES, "", " ", "99,Dermo,70,5"],
    ],
    ids=["many-are-short", "a-remark-left-out", "mostly-empty", "no-header", "a-spreadsheets-last-rows", "blank"],
)
def test_empty_ends_that_are_left_out_are_no_fault(tmp_path: Path, lines: list[str]) -> None:
    assert doubts(tmp_path, lines) == {}


def test_tables_under_titles_need_not_be_as_wide_as_each_other(tmp_path: Path) -> None:
    """Fails when the narrower of two tables in one file is set aside whole."""
    contract = CONTRACT + "table: {title: ^PUSTU, ends_at: blank_row}\n"
    narrow = ["", "PUSTU", "Nama,Jumlah", "Gayam,5", "Dermo,6"]
    assert doubts(tmp_path, ["POSYANDU", HEADER, *FIGURES, *narrow], contract) == {}
