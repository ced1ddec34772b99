"""Prevents rows from losing the region that an agency wrote once above several of them, or from getting that of another region."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extractors.formats import workbooks
from tests.extractors.reading import read

CONTRACT = """
source: {kind: file, url: berkas}
rows: [{is: total, where: {Kecamatan: ^JUMLAH$}, of: [jiwa]}]
key: [desa]
columns:
  kecamatan: {from: Kecamatan, type: text, blank: above}
  kelurahan: {from: Kelurahan, type: text}
  tempat: {join: [Kelurahan, Desa], type: text, blank: above}
  desa: {from: Desa, type: text}
  jiwa: {from: Jiwa, type: integer}
"""
HEADER = ("Kecamatan", "Kelurahan", "Desa", "Jiwa")
ROWS = (
    (None, None, "o", 1), ("A", "x", "a", 2), (None, " ", "b", 3), (None, "y", "c", 4), (None, None, "d", 5),
    ("B", None, "e", 6), (None, "z", "f", 7), ("JUMLAH", None, None, 28), (None, None, "g", 0),
)  # fmt: skip
EXPECTED = [
    (None, None, "o"), ("A", "x", "a"), ("A", "x", "b"), ("A", "y", "c"), ("A", "y", "d"),
    ("B", None, "e"), ("B", "z", "f"), ("B", "z", "g"),
]  # fmt: skip


@pytest.mark.parametrize("chunk_rows", [50_000, 1, 2])
@pytest.mark.parametrize("is_workbook", [True, False])
def test_an_empty_cell_is_the_one_above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk_rows: int, *, is_workbook: bool) -> None:
    """Fails when filling stops at the edge of a chunk, takes the text of a total row, or carries a part into the next whole."""
    monkeypatch.setenv("SATUDATA_CHUNK_ROWS", str(chunk_rows))
    content: bytes | str = "".join(";".join(str("" if cell is None else cell) for cell in row) + "\n" for row in (HEADER, *ROWS))
    if is_workbook:
        workbooks.xlsx(tmp_path / "buku", [HEADER, *ROWS])
        content = (tmp_path / "buku").read_bytes()
    found = read(tmp_path, CONTRACT, content)
    assert [(row["kecamatan"], row["kelurahan"] or None, row["desa"]) for row in found.rows] == EXPECTED
    assert [finding.outcome for finding in found.report.findings] == ["pass"]
    assert found.counts() == {"read": 9, "fetched": 9, "total": 1}
