"""Prevents a rule that is skipped, or a due day that falls on a holiday, because of a list, without anybody being told which list and line."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from contracts.registry import load_registry
from satudata.cli import satudata
from satudata.source_check import check_sources
from satudata.source_notes import calendar_notes
from satudata.status import status

REPO = Path(__file__).parents[2]
POINTS = """title: Pos
source: {kind: file, url: pos.csv}
columns:
  nama: {from: nama, type: text}
  lintang: {from: lintang, type: latitude}
  bujur: {from: bujur, type: longitude}
write: snapshot
key: [nama]
checks:
  - {rule: in_box, latitude: lintang, longitude: bujur, within: "35.71"}
"""


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "sources"
    for part in ("concepts", "references"):
        shutil.copytree(REPO / "sources" / part, root / part)
    (root / "uji" / "dinas").mkdir(parents=True)
    (root / "uji" / "dinas" / "pos.yml").write_text(POINTS)
    (root / "uji" / "dinas" / "pos.csv").write_text("nama;lintang;bujur\nA;-7.8;112.0\n")
    monkeypatch.setenv("SATUDATA_SOURCES", str(root))
    monkeypatch.setenv("SATUDATA_ARCHIVE_URL", (tmp_path / "arsip").as_uri())
    monkeypatch.setenv("SATUDATA_HARI_INI", "2026-06-01")
    return root


def box(sources: Path, kotak: str) -> None:
    """Give every region the rectangle, as a person adds the column."""
    path = sources / "references" / "wilayah.csv"
    head, *lines = path.read_text().splitlines()
    path.write_text("\n".join([f"{head},kotak", *(f"{line},{kotak}" for line in lines)]))


def test_a_region_without_a_rectangle_is_named_with_list_and_line(sources: Path, database) -> None:
    (note,) = check_sources().notes
    place = re.match(r".*/wilayah\.csv:(\d+): kotak: wilayah 35\.71 .*pos\.yml dilewati.*-7\.90", note)
    assert place
    assert (sources / "references" / "wilayah.csv").read_text().splitlines()[int(place[1]) - 1].startswith("35.71,")
    assert check_sources().exit_code == 0
    box(sources, "-7.9 111.9 -7.7")  # one number is missing: the warehouse does not understand it
    assert len(check_sources().notes) == 1
    shutil.copy(REPO / "sources" / "references" / "wilayah.csv", sources / "references")
    box(sources, "-7.9 111.9 -7.7 112.1")
    assert not check_sources().notes


def test_a_column_of_regions_asks_for_them_all(sources: Path) -> None:
    text = POINTS.replace("columns:\n", 'columns:\n  kode_wilayah: {from: kel, type: wilayah, level: desa_kelurahan, within: "35.71"}\n')
    contract = text[: text.index("checks:")] + "checks:\n  - {rule: in_box, latitude: lintang, longitude: bujur, within: kode_wilayah}\n"
    (sources / "uji" / "dinas" / "pos.yml").write_text(contract)
    (note,) = check_sources().notes
    assert "wilayah 35.71.01.1001 (dan 45 wilayah lain)" in note


def test_a_skipped_rule_is_told_by_run_and_status(sources: Path, database) -> None:
    said = CliRunner().invoke(satudata, ["run", "uji.dinas.pos"], catch_exceptions=False).output
    sentence = "uji.dinas.pos: dilewati in_box.lintang_bujur: Daftar wilayah belum memuat kotak (batas) untuk 35.71."
    assert sentence in said
    assert sentence in CliRunner().invoke(satudata, ["status"], catch_exceptions=False).output
    with database.connect() as conn:
        (one,) = status(conn)["datasets"]
    assert list(one["skipped"]) == ["in_box.lintang_bujur"]
    box(sources, "-7.9 111.9 -7.7 112.1")
    assert "dilewati" not in CliRunner().invoke(satudata, ["run", "uji.dinas.pos"], catch_exceptions=False).output
    assert "dilewati" not in CliRunner().invoke(satudata, ["status"], catch_exceptions=False).output


def test_a_year_without_its_moving_holidays_is_told(sources: Path, database, monkeypatch: pytest.MonkeyPatch) -> None:
    datasets = load_registry().datasets.values()
    assert calendar_notes(datasets, date(2026, 9, 30)) == []
    (note,) = calendar_notes(datasets, date(2026, 10, 1))
    assert "hari_libur.csv: tanggal: tahun 2027 memuat 5 hari libur" in note
    (note,) = calendar_notes(datasets, date(2028, 3, 1))
    assert "tahun 2028 memuat 0 hari libur" in note
    monkeypatch.setenv("SATUDATA_HARI_INI", "2027-02-01")
    assert any("tahun 2027" in line for line in check_sources().lines())
    assert "tahun 2027" in CliRunner().invoke(satudata, ["status"], catch_exceptions=False).output


def drop_years(sources: Path, *years: int) -> None:
    path = sources / "references" / "hari_libur.csv"
    path.write_text("\n".join(line for line in path.read_text().splitlines() if not line.startswith(tuple(map(str, years)))) + "\n")


def test_past_years_of_which_data_is_asked_for_are_told_in_one_sentence(sources: Path) -> None:
    """Their market days and due days were counted as if nobody had had a holiday, and nothing said so."""
    daily = POINTS.replace("url: pos.csv", 'url: "pos_{bulan}.csv", each: {bulan: 60}').replace("write: snapshot", "write: append")
    (sources / "uji" / "dinas" / "harian.yml").write_text(daily)
    drop_years(sources, 2022, 2023, 2025)

    def told() -> list[str]:
        return [note for note in calendar_notes(load_registry().datasets.values(), date(2026, 6, 1)) if "hari_libur" in note]

    (note,) = told()
    assert "hari_libur.csv: tanggal: tahun 2022-2023, 2025 belum memuat hari liburnya" in note
    assert "Tambahkan menurut SKB" in note
    (sources / "uji" / "dinas" / "harian.yml").write_text(daily.replace("{bulan}", "{tahun}").replace("bulan: 60", "tahun: 9"))
    assert told() == []  # a figure of a whole year is counted by no holiday


def test_past_years_of_which_figures_were_loaded_are_told(sources: Path, database) -> None:
    dated = POINTS.replace("key: [nama]", "period: {column: hari, grain: hari}\nkey: [nama, hari]").replace(
        "columns:", "columns:\n  hari: {from: hari, type: date}"
    )
    (sources / "uji" / "dinas" / "pos.yml").write_text(dated[: dated.index("checks:")])
    (sources / "uji" / "dinas" / "pos.csv").write_text("nama;hari;lintang;bujur\nA;2019-05-02;-7.8;112.0\nA;2026-05-04;-7.8;112.0\n")
    assert CliRunner().invoke(satudata, ["run", "uji.dinas.pos"], catch_exceptions=False).exit_code == 0
    drop_years(sources, 2019, 2020)
    assert [note for note in check_sources().notes if "tahun 2019-2020 belum memuat hari liburnya" in note]
    assert "2019-2020" in CliRunner().invoke(satudata, ["status"], catch_exceptions=False).output
