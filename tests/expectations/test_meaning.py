"""Prevents a contract that is changed from giving figures that stand another meaning, unseen: 35 tons were published as 35000, a month as a year."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from satudata.review.approve import approve
from satudata.run import Outcome, run
from tests.conftest import Database

REPO = Path(__file__).parents[2]
ID = "uji.dinas.stok"
CONTRACT = """
title: Stok
concept: {concept}
source: {{kind: inbox}}
columns:
  kode_wilayah: {{value: "61.05", type: wilayah}}
  {columns}
  bulan: {{from: bulan, type: period, format: {format}}}
period: {{column: bulan, grain: {grain}}}
write: {write}
key: [kode_wilayah, {key}, bulan]
"""
STOCK = {
    "concept": "neraca_pangan", "format": "YYYY-MM", "grain": "bulan", "write": "replace_period", "key": "komoditas",
    "columns": "komoditas: {from: barang, type: code, reference: komoditas}\n  stok_ton: {from: angka, type: decimal, numbers: plain, unit: kg}",
}  # fmt: skip
FIGURE = STOCK | {
    "concept": "indikator",
    "key": "barang",
    "columns": "barang: {from: barang, type: text}\n  n: {from: angka, type: integer, indikator: penduduk, unit: jiwa}",
}
Said = dict[str, str]


class Registry:
    """One contract, and files that its agency puts down."""

    def __init__(self, root: Path) -> None:
        self.path, self.inbox = root / "sources" / "uji" / "dinas" / "stok.yml", root / "inbox" / ID

    def says(self, words: Said) -> None:
        self.path.write_text(CONTRACT.format(**words))

    def gets(self, bulan: str, angka: int) -> Outcome:
        for old in self.inbox.iterdir():  # else it is judged again by the contract of today, before the new one
            old.unlink()
        (self.inbox / f"{bulan}.csv").write_text(f"barang,bulan,angka\nBeras,{bulan},{angka}\n")
        return run([ID])[0]


@pytest.fixture
def registry(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    for part in ("concepts", "references"):
        shutil.copytree(REPO / "sources" / part, tmp_path / "sources" / part)
    made = Registry(tmp_path)
    made.path.parent.mkdir(parents=True)
    made.inbox.mkdir(parents=True)
    for name, folder in (("SOURCES", "sources"), ("INBOX", "inbox")):
        monkeypatch.setenv(f"SATUDATA_{name}", str(tmp_path / folder))
    monkeypatch.setenv("SATUDATA_ARCHIVE_URL", (tmp_path / "arsip").as_uri())
    return made


CHANGED = {
    "unit": (STOCK, {"columns": STOCK["columns"].replace("kg", "ton")}, "meaning.stok_ton", "dalam ton, sebelumnya kg; 1 baris"),
    "grain": (FIGURE, {"format": "YYYY", "grain": "tahun"}, "meaning.grain", "angka per tahun, sebelumnya per bulan; 1 baris"),
    "indicator": (
        FIGURE, {"columns": FIGURE["columns"].replace("penduduk", "dtks_individu")}, "meaning.n",
        "sebagai indikator dtks_individu, sebelumnya penduduk; 1 baris",
    ),
    "class": (
        FIGURE, {"columns": FIGURE["columns"].replace("penduduk", "penduduk, klasifikasi: {jenis_kelamin: laki-laki}")}, "meaning.n",
        "dengan rincian jenis_kelamin laki-laki, sebelumnya tidak ada; 1 baris",
    ),
    "renamed": (FIGURE, {"columns": FIGURE["columns"].replace("n: {", "m: {")}, "meaning.n", "tidak lagi memuat kolom n; 1 baris"),
}  # fmt: skip


@pytest.mark.parametrize(("first", "then", "rule", "words"), CHANGED.values(), ids=CHANGED)
def test_what_stands_keeps_its_meaning_until_somebody_says_otherwise(
    registry: Registry, database: Database, first: Said, then: Said, rule: str, words: str
) -> None:
    """Held, and once approved by its rule the new baseline: the next delivery passes."""
    registry.says(first)
    assert registry.gets("2026-08", 35000).state == "accepted"
    registry.says(first | then)
    held = registry.gets("2027" if "grain" in then else "2026-09", 36)
    assert held.state == "held"
    assert words in (held.message or "")
    assert f"--terima {rule}" in (held.message or "")
    approve(int(held.batches[-1]["batch_id"]), "walidata", "Walidata", "kontrak lama keliru", [rule])
    assert registry.gets("2028" if "grain" in then else "2026-10", 37).state == "accepted"


def test_a_contract_may_say_more_or_the_same_in_other_words(registry: Registry) -> None:
    """Another spelling of the unit, a unit where there was none, a column that had no figure."""
    bare = FIGURE["columns"] + "\n  lain: {from: lain, type: integer, optional: true}"
    spelt = FIGURE["columns"].replace("unit: jiwa", "unit: Jiwa")
    for month, columns in enumerate([bare.replace(", unit: jiwa", ""), bare, spelt], start=1):
        registry.says(FIGURE | {"columns": columns})
        assert registry.gets(f"2026-0{month}", 5).state == "accepted"


def test_a_column_may_go_with_the_rows_that_had_it(registry: Registry) -> None:
    """A list that is replaced whole leaves no row behind that loses something."""
    registry.says(FIGURE | {"write": "snapshot"})
    assert registry.gets("2026-08", 5).state == "accepted"
    registry.says(FIGURE | {"write": "snapshot", "columns": FIGURE["columns"].replace("n: {", "m: {")})
    assert registry.gets("2026-08", 6).state == "accepted"
