"""Prevents the total of a table from being published as one more village where its contract has no rule for it, and a thing from being lost by a word."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from contracts.models.pemda import Pemda
from contracts.registry import load_dataset
from extractors.source_file import SourceFile
from tests.extractors.reading import FETCHED_AT, Read, read, read_dataset
from tests.extractors.table.test_rows import BASE, told, totals

LABELS = ["Jumlah", "TOTAL", "Jumlah Total", "Grand Total", "J U M L A H", "Jml. Seluruhnya", "ＪＵＭＬＡＨ", "*Total*"]
LABELS += [
    "Semua",
    "S E M U A",
    "semuanya",
    "Keseluruhan",
    "Seluruhnya :",
    "Total Keseluruhan",
    "Semua Total",
    "Semua Desa",
    "SELURUH DESA",
]
AVERAGES = ["Rata-rata", "RATA RATA", "Rerata", "Jumlah/Rata-rata", "Rata2", "Average"]
LONG = """source: {kind: file, url: x}
key: [desa, jk]
columns:
  desa: {from: Desa, type: text}
  jk: {from: JK, type: text}
  jiwa: {from: Jiwa, type: integer, numbers: id}
"""


PERMITS = """source: {kind: file, url: x}
key: [kecamatan, bulan, jenis]
columns:
  kecamatan: {from: Kecamatan, type: text}
  bulan: {from: Bulan, type: text}
  jenis: {from: Jenis, type: text}
  jumlah: {from: Jumlah, type: integer}
"""


def read_plain(folder: Path, lines: str, rest: str = "", base: str = BASE) -> Read:
    header = "Desa;JK;Jiwa" if base is LONG else "Desa;Jiwa"
    return read(folder, base + rest, f"{header}\n" + lines.replace(" / ", "\n") + "\n")


@pytest.mark.parametrize("label", LABELS)
def test_a_total_without_a_rule_is_left_out_and_told(tmp_path: Path, label: str) -> None:
    """Fails when the total is one more village, or goes without a word."""
    found = read_plain(tmp_path, f"a;120 / b;77 / {label};197")
    assert told(found, "desa") == [("a",), ("b",)]
    assert found.counts() == {"read": 3, "fetched": 3, "total": 1}
    (finding,) = found.report.findings
    assert (finding.rule_id, finding.severity, finding.outcome, finding.lokasi) == ("total.tanpa_aturan", "warn", "fail", "baris 4")
    assert label in finding.message
    assert "is: total" in finding.message
    assert "is: data" in finding.message


@pytest.mark.parametrize("label", [*LABELS, *AVERAGES])
def test_a_label_whose_figures_say_nothing_is_set_aside(tmp_path: Path, label: str) -> None:
    """Fails when an average or a total that does not add up is one more village."""
    found = read_plain(tmp_path, f"a;120 / b;77 / {label};98")
    assert found.doubts == [None, None, f"jumlah atau rata-rata tanpa aturan: {label}"]
    assert totals(found) == []


def test_totals_of_parts_and_of_all_are_known(tmp_path: Path) -> None:
    """Fails when a total takes part in the next one, so that the second is loaded or set aside."""
    found = read_plain(tmp_path, "a;1 / b;2 / Jumlah;3 / c;4 / d;5 / Jumlah;9 / Total;12 / Rata-rata;3")
    assert told(found, "desa") == [("a",), ("b",), ("c",), ("d",), ("Rata-rata",)]
    assert (found.counts()["total"], found.doubts[-1]) == (3, "jumlah atau rata-rata tanpa aturan: Rata-rata")


def test_a_class_that_sums_up_the_others_is_no_class(tmp_path: Path) -> None:
    """Fails when every place has its people twice: by sex, and once more as the sum of both."""
    found = read_plain(tmp_path, "x;L;3 / x;P;17 / x;Jumlah;20 / y;L;5 / y;P;6 / y;Jumlah;11", base=LONG)
    assert told(found, "desa", "jk") == [("x", "L"), ("x", "P"), ("y", "L"), ("y", "P")]


@pytest.mark.parametrize("label", ["Jumlah Seluruhnya", "Semua", "Semua Jenis", "Keseluruhan", "Semuanya"])
def test_totals_below_the_newest_month_are_set_aside(tmp_path: Path, label: str) -> None:
    """Fails when each kecamatan has its permits of the newest month twice: by kind, and once more in a row at the end that sums them."""
    details = [
        f"{place};{month};{kind};{4 * n + more}"
        for month in (5, 6)
        for n, place in enumerate("xyz")
        for kind, more in (("NIB", 6), ("PBG", 2))
    ]
    sums = [f"{place};6;{label};{8 * n + 8}" for n, place in enumerate("xyz")]
    found = read(tmp_path, PERMITS, "\n".join(["Kecamatan;Bulan;Jenis;Jumlah", *details, *sums, ""]))
    assert found.doubts == [None] * 12 + [f"jumlah atau rata-rata tanpa aturan: {label}"] * 3


@pytest.mark.parametrize(
    "rest", ["rows:\n  - {is: data, where: {JK: ^Jumlah$}}\n", "checks:\n  - {rule: in_set, column: jk, values: [L, P, Jumlah]}\n"]
)
def test_a_contract_says_that_such_a_row_is_data(tmp_path: Path, rest: str) -> None:
    """Fails when nothing an author writes lets the row be loaded."""
    found = read_plain(tmp_path, "x;L;3 / x;P;17 / x;Jumlah;20", rest, LONG)
    assert (found.column("jk"), found.doubts) == (["L", "P", "Jumlah"], [None] * 3)


def test_a_rule_for_other_rows_leaves_no_total_unseen(tmp_path: Path) -> None:
    """Fails when one rule of whatever kind is enough for totals to be data."""
    found = read_plain(
        tmp_path, "a;120 / b;77 / Jumlah;197 / Sumber: OPD;", "rows:\n  - {is: drop, where: {Desa: ^Sumber}, why: catatan kaki}\n"
    )
    assert told(found, "desa") == [("a",), ("b",)]


def test_names_of_things_are_not_labels(tmp_path: Path) -> None:
    """Fails when a village or shop vanishes because its name begins as a total does, where the contract does not speak of totals."""
    names = [
        "Total Jaya",
        "Jumlahan",
        "Ratatotok",
        "Desa Total",
        "Kota",
        "Umum",
        "Seluruh",
        "Raya",
        "Semua Umur",
        "Semuanya Indah",
        "Semu",
        "Kesel",
        "Selur",
    ]
    found = read_plain(tmp_path, " / ".join(f"{name};1" for name in names))
    assert (found.column("desa"), found.doubts) == (names, [None] * len(names))


@pytest.mark.parametrize(("figure", "names"), [("197", ["a", "b"]), ("198", ["a", "b", "KOTA CONTOH"])])
def test_the_name_of_the_pemda_is_a_total_where_its_figures_say_so(tmp_path: Path, figure: str, names: list[str]) -> None:
    """Fails when the city is one more village, or is lost from a table of cities."""
    (tmp_path / "kontrak.yml").write_text(f"id: uji.baca\ntitle: Uji\nwrite: snapshot\n{BASE}")
    (tmp_path / "isi").write_text(f"Desa;Jiwa\na;120\nb;77\nKOTA CONTOH;{figure}\n")
    pemda = Pemda.model_construct(nama="Kota Contoh", timezone="Asia/Jakarta")
    dataset = replace(load_dataset(str(tmp_path / "kontrak.yml")), pemda=pemda)
    found = read_dataset(dataset, SourceFile(tmp_path / "isi", "isi.csv", "https://contoh.go.id/isi.csv", 0, FETCHED_AT))
    assert (found.column("desa"), set(found.doubts)) == (names, {None})
