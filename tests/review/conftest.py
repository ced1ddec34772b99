"""One dataset whose file a test writes anew each day; `satudata run` plays the day, and the tables tell what came of it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from satudata.run import Outcome, run
from tests.conftest import Database

REPO = Path(__file__).parents[2]
ID = "uji.dinas.harga"
CONTRACT = """
title: Harga uji
source: {kind: file, url: harga.csv}
columns:
  kode: {from: kode, type: text}
  tanggal: {from: tanggal, type: date}
  harga: {from: harga, type: integer, range: [1, 1000]}
key: [kode, tanggal]
"""
DAYS = "period: {column: tanggal, grain: hari}\n"
PEMDA = 'kode: "35.71"\nnama: Kota Uji\npembina: {statistik: [BPS Kota]}\n'
ITEM = """
- {kode: harga, nama: Harga, produsen_data: dinas, prioritas: true, bentuk: variabel, konsep: k, definisi: d, klasifikasi: l, ukuran: u, satuan: s,
   ms_var: [{nama_variabel: Harga, referensi_waktu: hari, tipe_data: bilangan, klasifikasi_isian: tidak ada, aturan_validasi: di atas nol,
             kalimat_pertanyaan: Berapa harganya?, akses_umum: ya}]}
"""


@dataclass(frozen=True)
class Ground:
    """The dataset under test."""

    database: Database
    sources: Path

    def contract(self, more: str, write: str = "snapshot") -> None:
        """Write the contract with these lines besides."""
        (self.sources / "uji" / "dinas" / "harga.yml").write_text(f"{CONTRACT}{DAYS}write: {write}\n{more}")

    def day(self, prices: Mapping[str, Any], date: str = "2026-06-01", more: str = "") -> Outcome:
        """Put the file down and run; `more` are further lines of it."""
        rows = [f"{code};{date};{price}" for code, price in prices.items()]
        (self.sources / "uji" / "dinas" / "harga.csv").write_text("\n".join(["kode;tanggal;harga", *rows]) + f"\n{more}")
        (outcome,) = run([ID])
        return outcome

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.database.url("owner")) as conn:
            return conn.execute(query.encode()).fetchall()

    def seen(self) -> dict[str, int]:
        """Key and price of what conform sees: nothing behind a pin."""
        query = f"""select kode || ' ' || tanggal, harga from raw.uji__dinas__harga,
                    (select coalesce((select min(up_to_no) from ops.pin where dataset = '{ID}'), 1000000) as n) p
                    where _from_batch <= n and (_to_batch is null or _to_batch > n)"""
        found = self.rows(query)
        assert len(found) == len({key for key, _ in found}), found
        return {key.removesuffix(" 2026-06-01"): price for key, price in found}

    def states(self) -> list[str]:
        """Of all batches, oldest first."""
        return [row[0] for row in self.rows("select state from ops.batch order by batch_id")]

    def batches(self) -> list[int]:
        """Numbers of all batches, oldest first."""
        return [row[0] for row in self.rows("select batch_id from ops.batch order by batch_id")]


@pytest.fixture
def ground(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ground:
    """A registry of one dataset; every batch of it waits for a person unless a test writes another contract."""
    made = Ground(database, sources(tmp_path))
    made.contract("publikasi: tinjau")
    monkeypatch.setenv("SATUDATA_SOURCES", str(made.sources))
    monkeypatch.setenv("SATUDATA_ARCHIVE_URL", (tmp_path / "arsip").as_uri())
    return made


def sources(folder: Path) -> Path:
    """A registry with the shipped concepts and references and one pemda."""
    for part in ("concepts", "references"):
        shutil.copytree(REPO / "sources" / part, folder / "sources" / part)
    (folder / "sources" / "uji" / "dinas").mkdir(parents=True)
    (folder / "sources" / "uji" / "pemda.yml").write_text(PEMDA)
    return folder / "sources"
