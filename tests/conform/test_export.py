"""Prevents an export that invents a code, adds figures up by itself, or sends one that nobody published."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from satudata.cli import satudata
from satudata.transform import transform
from tests.conform.conftest import Gudang, tahun

CONTRACT = """concept: indikator
period: {column: tahun, grain: tahun}
key: [kode_wilayah, kode_indikator, tahun]
columns:
  kode_wilayah: {type: wilayah}
  kode_indikator: {type: code, reference: indikator}
  tahun: {type: period, format: YYYY}
  nilai: {type: decimal}
"""
DAFTAR = """- kode: {kode}
  nama: {kode}
  produsen_data: bps
  kode_dssd: "{dssd}"
"""


def figure(kode: str, nilai: float, wilayah: str = "35.71", year: int = 2025) -> dict[str, Any]:
    return {"kode_wilayah": wilayah, "kode_indikator": kode, "nilai": nilai, **tahun(year)}


def asked(*arguments: str) -> Result:
    return CliRunner().invoke(satudata, ["export", "ewalidata", *arguments])


def test_only_published_figures_of_the_pemda_with_a_known_code_go_to_ewalidata(gudang: Gudang, tmp_path: Path) -> None:
    folder = gudang.sources / "kediri"
    (folder / "opd.yml").write_text("bps:\n  nama: BPS\n")
    (folder / "daftar_data.yml").write_text(
        DAFTAR.format(kode="penduduk", dssd="2.12.000002") + DAFTAR.format(kode="keluarga", dssd="2.12.000001")
    )
    gudang.contract("kediri.bps.angka", CONTRACT)
    rows = [figure("penduduk", 290000), figure("penduduk", 289000, year=2024), figure("keluarga", 98000.5), figure("inflasi", 2.31)]
    gudang.accept("kediri.bps.angka", [*rows, figure("penduduk", 5000, wilayah="35.71.01.1006")])
    transform(date(2026, 6, 2))
    body = [
        {"kodeindikator": "2.12.000001", "kodepemda": "35.71", "tahun": "2025", "data": "98000.5"},
        {"kodeindikator": "2.12.000002", "kodepemda": "35.71", "tahun": "2025", "data": "290000"},
    ]
    done = asked("--pemda", "35.71", "--tahun", "2025")
    assert (done.exit_code, json.loads(done.stdout)) == (0, {"data": body})
    assert "1 angka belum punya kode DSSD" in done.stderr
    assert "inflasi  Inflasi" in done.stderr
    assert asked("--pemda", "35.71", "--tahun", "2025", "--out", str(tmp_path / "kirim.csv")).exit_code == 0
    lines = (tmp_path / "kirim.csv").read_text().splitlines()
    assert lines == ["kodeindikator,kodepemda,tahun,data", "2.12.000001,35.71,2025,98000.5", "2.12.000002,35.71,2025,290000"]
    assert json.loads(asked("--pemda", "35.71", "--tahun", "2023").stdout) == {"data": []}
    assert "Yang ada: 35.71" in str(asked("--pemda", "35.99", "--tahun", "2025").exception)
