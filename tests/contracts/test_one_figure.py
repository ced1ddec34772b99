"""Prevents a contract from stating one figure in two columns of a row: which of them was published was left to chance."""

from __future__ import annotations

from pathlib import Path

from contracts.errors import BrokenContract
from contracts.registry import load_dataset

TWICE = """\
title: Sekolah
concept: indikator
source: {kind: file, url: "https://contoh.go.id/s.csv"}
columns:
  kode_wilayah: {from: kode, type: wilayah}
  tahun: {from: tahun, type: period, format: YYYY}
  negeri: {from: negeri, type: integer, indikator: sekolah%s}
  swasta: {from: swasta, type: integer, indikator: sekolah%s}
period: {column: tahun, grain: tahun}
write: replace_period
key: [kode_wilayah, tahun]
"""


def problems_of(text: str, folder: Path) -> dict[str, str]:
    path = folder / "sekolah.yml"
    path.write_text(text)
    try:
        load_dataset(str(path))
    except BrokenContract as error:
        return {problem.key: problem.problem for problem in error.problems}
    return {}


def test_two_columns_of_a_row_do_not_state_one_figure(tmp_path: Path) -> None:
    """Either of them was published, by chance; with classes of their own they are two figures."""
    status = ", klasifikasi: {status_sekolah: %s}"
    assert problems_of(TWICE % ("", ""), tmp_path) == {
        "columns.swasta.indikator": "menyatakan angka yang sama dengan kolom `negeri`: indikator sekolah dengan rincian yang sama"
    }
    assert problems_of(TWICE % (status % "negeri", status % "swasta"), tmp_path) == {}
