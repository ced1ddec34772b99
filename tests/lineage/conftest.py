"""A small registry whose files are really fetched, judged, archived and published: every table of mart has rows in it."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from satudata.conflicts.acts import Asked, decide
from satudata.run import run
from satudata.score.daily import score_all
from satudata.transform import transform
from tests.conform.conftest import PEMDA
from tests.conform.registry import BANTUAN, HARGA, KINERJA, PENDUDUK, PPID, PPKS, SITUS, STOK, TITIK
from tests.conftest import Database, new_database

DAY = date(2026, 6, 2)
CENSUS, PRICES, OTHER_PRICES, STOCK, OTHER_STOCK, AID = (
    "serang.disdukcapil.penduduk", "sintang.disdagin.harga", "sintang.bps.harga", "sintang.dkp.stok", "sintang.bulog.stok", "sintang.dinsos.bantuan",
)  # fmt: skip
CONTRACTS = {
    CENSUS: PENDUDUK, "kediri.dinsos.ppks": PPKS, PRICES: HARGA, OTHER_PRICES: HARGA, STOCK: STOK, OTHER_STOCK: STOK, "kediri.dinkes.posyandu": TITIK,
    "serang.diskominfo.situs": SITUS, AID: BANTUAN, "kediri.diskominfo.dip": PPID, "serang.bappeda.kinerja": KINERJA,
}  # fmt: skip
Rows = Sequence[Mapping[str, Any]]
FILES: dict[str, Rows] = {
    CENSUS: [
        {"kecamatan": "Serang", "kode_wilayah": "Serang", "tahun": 2025, "pria": 1200, "penduduk": 2.5},
        {"kecamatan": "Curug", "kode_wilayah": "Sukawana", "tahun": 2025, "pria": 900, "penduduk": 1.9},
    ],
    "kediri.dinsos.ppks": [
        {"kode_wilayah": "Bujel", "kode_indikator": "PPKS", "jenis_ppks": "Pengemis", "tahun": 2025, "nilai": 4},
        {"kode_wilayah": "Betet", "kode_indikator": "PPKS", "jenis_ppks": "Pengemis", "tahun": 2025, "nilai": 2},
    ],
    PRICES: [
        {"komoditas": "Beras", "tanggal": f"2026-05-{day}", "kode_wilayah": "61.05", "pasar": "Pasar Masuka", "harga_rp": 13000 + int(day)}
        for day in ("18", "19", "20")
    ],
    OTHER_PRICES: [{"komoditas": "Beras", "tanggal": "2026-05-20", "kode_wilayah": "61.05", "pasar": "Pasar Masuka", "harga_rp": 12900}],
    STOCK: [
        {"kode_wilayah": "Sepauk", "komoditas": "Beras", "tanggal": "2026-05-18", "kebutuhan_ton": 40, "stok_ton": 25},
        {"kode_wilayah": "Tempunak", "komoditas": "Beras", "tanggal": "2026-05-18", "kebutuhan_ton": 30, "stok_ton": 11},
        {"kode_wilayah": "Dedai", "komoditas": "Gula Pasir", "tanggal": "2026-05-18", "kebutuhan_ton": 5, "stok_ton": 3},
    ],
    OTHER_STOCK: [{"kode_wilayah": "Dedai", "komoditas": "Gula Pasir", "tanggal": "2026-05-18", "kebutuhan_ton": 5, "stok_ton": 4}],
    "kediri.dinkes.posyandu": [{"nama": "Melati", "kode_wilayah": "Bujel", "lintang": -7.82, "bujur": 112.01}],
    "serang.diskominfo.situs": [{"opd": "BPBD", "status": "tidak aktif", "tanggal": "2026-05-30"}],
    "kediri.diskominfo.dip": [{"judul": "Laporan keuangan", "kategori": "Setiap Saat", "opd": "BPKAD", "tanggal": "2026-01-31"}],
    "serang.bappeda.kinerja": [
        {
            "opd": "Bappeda",
            "sasaran": "Tata kelola",
            "indikator_kinerja": "Nilai SAKIP",
            "tahun": 2025,
            "target": 80,
            "realisasi": 76,
            "satuan": "nilai",
        }
    ],
    AID: [{"nik": "6105010101010001", "nama": "Seseorang", "kode_wilayah": "Sepauk", "tahun": 2025, "bantuan_rp": 200000}],
}


@dataclass(frozen=True)
class Kota:
    """The registry on disk and what came of it."""

    database: Database
    sources: Path
    archive: Path

    def publish(self, dataset: str, rows: Rows) -> None:
        """The agency puts these rows on its site, and they are fetched and judged."""
        path = self.sources.joinpath(*dataset.split(".")).with_suffix(".csv")
        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        (outcome,) = run([dataset], DAY)
        assert outcome.state == "accepted", outcome

    def rows(self, query: str, role: str = "steward") -> list[tuple[Any, ...]]:
        with self.database.connect(role) as conn:
            return conn.execute(query.encode()).fetchall()

    def bytes_of(self, sha256: str) -> bytes:
        return (self.archive / "sha256" / sha256[:2] / sha256).read_bytes()


@contextmanager
def in_force(database: Database, folder: Path) -> Iterator[Kota]:
    """The settings name this warehouse."""
    found = Kota(database, folder / "sources", folder / "arsip")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SATUDATA_DATABASE", database.name)
        patch.setenv("SATUDATA_SOURCES", str(found.sources))
        patch.setenv("SATUDATA_ARCHIVE_URL", str(found.archive))
        yield found


@pytest.fixture(scope="session")
def first(server: Path, _template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Everything accepted and published once: a database and a folder that are only copied."""
    folder = tmp_path_factory.mktemp("kota")
    for name, (kode, nama) in PEMDA.items():
        (folder / "sources" / name).mkdir(parents=True)
        (folder / "sources" / name / "pemda.yml").write_text(f'kode: "{kode}"\nnama: {nama}\n')
    with new_database(server) as database:
        with in_force(database, folder) as made:
            for dataset, text in CONTRACTS.items():
                contract = made.sources.joinpath(*dataset.split(".")).with_suffix(".yml")
                contract.parent.mkdir(parents=True, exist_ok=True)
                contract.write_text(f"title: {dataset}\nsource: {{kind: file, url: {contract.stem}.csv}}\nwrite: snapshot\n{text}")
                made.publish(dataset, FILES[dataset])
            score_all()
            transform(DAY)
            decide(1, Asked("bulog", None, "kesepakatan", "BA/1"), "Walidata Sintang")
            transform(DAY)
        yield database.name, folder


@pytest.fixture(scope="module")
def kota(server: Path, first: tuple[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kota]:
    """A warehouse with everything published, of the module's own: a test that needs more publishes more."""
    name, made = first
    folder = tmp_path_factory.mktemp("salinan") / "kota"
    shutil.copytree(made, folder)
    with new_database(server, name) as database, in_force(database, folder) as found:
        yield found
