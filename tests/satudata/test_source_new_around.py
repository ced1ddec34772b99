"""Prevents what stands around a table, its title and its footnotes, from being misread in a drafted contract."""

from __future__ import annotations

from pathlib import Path

import pytest

from satudata.source_new import new_contract


@pytest.mark.parametrize(
    ("title", "notation", "period"),
    [
        ("SEMESTER II TAHUN 2023", "Semester S Tahun YYYY", "2023-S2"), ("SEMESTER II 2023", "Semester S YYYY", "2023-S2"),
        ("TRIWULAN IV TAHUN 2023", "Triwulan Q Tahun YYYY", "2023-T4"), ("MARET TAHUN 2023", "MMMM Tahun YYYY", "2023-03"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("server")
def test_a_part_of_a_year_and_a_footnote_are_read_as_such(title: str, notation: str, period: str, tmp_path: Path) -> None:
    """A semester was taken for its year, and `*) angka sementara` for one more desa."""
    rows = "".join(f"{number};Desa {chr(64 + number)};{number * 7};{number * 9}\n" for number in range(1, 9))
    (tmp_path / "penduduk.csv").write_text(f"PENDUDUK {title};;;\n;;;\nNo;Desa;Pria;Wanita\n{rows}*) angka sementara;;;\n")
    found = new_contract(str(tmp_path / "penduduk.csv"), beside=tmp_path)
    assert notation in found.text
    assert found.tried is not None
    assert {row["_lokasi"] for row in found.tried.rows} == {"baris 4", "baris 5", "baris 6"}
    assert found.tried.accepted % 8 == 0, found.text
    assert period in {str(value) for value in found.tried.rows[0].values()}
