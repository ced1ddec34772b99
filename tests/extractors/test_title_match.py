"""Prevents last year's file, or one in thousands, from being published as what its contract says, and ordinary titles from being accused."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.report import Finding
from tests.extractors.formats import workbooks
from tests.extractors.reading import read

CONTRACT = """source: {kind: file, url: x}
period: {value: "2025", grain: tahun}
key: [nama]
columns:
  nama: {from: Nama, type: text}
  n: {from: Jumlah, type: integer, numbers: id}
"""


def findings(folder: Path, *titles: str, contract: str = CONTRACT) -> list[Finding]:
    workbooks.xlsx(folder / "buku", [*((title,) for title in titles), ("Nama", "Jumlah"), ("A", 1), ("B", 3)])
    return read(folder, contract, (folder / "buku").read_bytes()).report.findings


OTHER_YEARS = ["DATA POSYANDU TAHUN 2024", "Keadaan 31 Desember 2024", "Semester II 2023", "POSYANDU 2026"]


@pytest.mark.parametrize("title", OTHER_YEARS)
def test_a_title_of_another_year_waits_for_a_person(tmp_path: Path, title: str) -> None:
    """Fails when the file of another year is published as that of the contract."""
    (finding,) = findings(tmp_path, "PEMERINTAH KOTA CONTOH", title)
    assert (finding.rule_id, finding.severity, finding.outcome) == ("period.judul", "hold", "fail")
    assert title in finding.message
    assert "periode 2025" in finding.message
    assert "--terima period.judul" in finding.message


def test_several_other_years_are_a_warning(tmp_path: Path) -> None:
    assert [finding.severity for finding in findings(tmp_path, "POSYANDU TAHUN 2023 DAN 2024")] == ["warn"]


@pytest.mark.parametrize(
    "title",
    [
        "POSYANDU TAHUN 2025", "Tahun ajaran 2024/2025", "Tahun 2023-2025", "Posyandu", "31 Desember 2024", "2024", "Dicetak 5 Januari 2026",
        "Sumber: Dinas Contoh, 2026", "Peraturan Wali Kota Nomor 7 Tahun 2024", "Kota Contoh Dalam Angka 2026", "Visi 2045", "Jalan 17 Agustus 1945",
    ],
)  # fmt: skip
def test_what_names_no_other_year_of_the_figures(tmp_path: Path, title: str) -> None:
    """Fails when a title that is right, or a text that is none, stops a batch."""
    assert findings(tmp_path, title) == []


@pytest.mark.parametrize("period", ['{value: "2025", grain: tahun, must_match: title}', None])
def test_only_a_fixed_period_is_compared(tmp_path: Path, period: str | None) -> None:
    """Fails when a title contradicts a period that the rows have of their own, or is told twice."""
    lines = (
        CONTRACT.replace('{value: "2025", grain: tahun}', period)
        if period
        else CONTRACT.replace('period: {value: "2025", grain: tahun}\n', "")
    )
    assert "period.judul" not in [finding.rule_id for finding in findings(tmp_path, "POSYANDU TAHUN 2024", contract=lines)]


def test_cells_of_another_table_are_no_title(tmp_path: Path) -> None:
    """Fails when a table is accused of what the rows of the one above it say."""
    workbooks.xlsx(tmp_path / "buku", [("Uraian", "Satuan", "2024"), ("Nilai 2024", "Juta Rp", 7), (), ("Nama", "Jumlah"), ("A", 1)])
    assert read(tmp_path, CONTRACT, (tmp_path / "buku").read_bytes()).report.findings == []


SCALED = {
    "POSYANDU (dalam ribuan)": "ribu", "Penduduk (000 jiwa)": "ribu", "Produksi x 1.000": "ribu", "APBD (Juta Rupiah)": "juta", "Nilai dalam Rp. juta": "juta",
    "Satuan: Milyar Rp": "miliar", "APBD x 1.000.000": "juta", "Penduduk, ribu jiwa": "ribu",
}  # fmt: skip


@pytest.mark.parametrize(("title", "scale"), SCALED.items())
def test_a_title_in_thousands_is_told(tmp_path: Path, title: str, scale: str) -> None:
    """Fails when figures in thousands are published as whole ones and nobody hears of it."""
    (finding,) = findings(tmp_path, title)
    assert (finding.rule_id, finding.severity, finding.observed) == ("unit_shift.judul", "warn", scale)
    assert title in finding.message
    known = CONTRACT.replace("numbers: id}", f"numbers: id, description: 'jumlahnya, dalam {scale}'}}")
    assert findings(tmp_path, title, contract=known) == []


@pytest.mark.parametrize(
    "title", ["Kepulauan Seribu", "Bantuan 1 juta pohon", "Program Sejuta Rumah", "Jalur 1000", "Telepon (021) 5000", "Desa (001)"]
)
def test_words_that_are_no_scale(tmp_path: Path, title: str) -> None:
    assert findings(tmp_path, title) == []


def test_the_heading_of_a_page_is_a_title(tmp_path: Path) -> None:
    """Fails when a page is believed whatever its heading says, or accused of what stands elsewhere in it."""
    table = "<table><tr><th>Nama</th><th>Jumlah</th></tr><tr><td>A</td><td>1</td></tr></table>"
    pages = [f"<p>Berita tahun 2023</p><h2>Posyandu tahun {year} (dalam ribuan)</h2>{table}<p>Hak cipta 2022</p>" for year in (2025, 2024)]
    told = [[finding.rule_id for finding in read(tmp_path, CONTRACT, page).report.findings] for page in pages]
    assert told == [["unit_shift.judul"], ["period.judul", "unit_shift.judul"]]
