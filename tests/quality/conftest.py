"""Two nights in the life of a small pemda, played by the real command: what comes in, what is set aside, held, refused and missing.

On the first night all is well but one site, which has no file. On the second a price is negative and a note holds what looks like a NIK, the list of
the poor has shrunk to a tenth, and the roads have lost a column. What was published after the first night stays.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import psycopg
import pytest

from satudata.run import run
from tests.conftest import Database, new_database

REPO = Path(__file__).parents[2]
FIRST, SECOND = date(2026, 6, 1), date(2026, 6, 2)
NIK, NAME = "9971014107900001", "Siti Rahmawati"
"""A number of no region that is listed: it is masked as any NIK is, and refuses no batch."""
PRICES = """
title: Harga pasar
source: {kind: file, url: harga.csv}
freshness: {warn_after: 1d, error_after: 5d, days: kerja}
columns:
  barang: {from: barang, type: text}
  harga_rp: {from: harga, type: integer, range: [0, 1000000]}
  pencatat: {from: pencatat, type: text, pribadi: nama}
  catatan: {from: catatan, type: text}
write: snapshot
key: [barang]
guards: {max_quarantined: 0.9}
"""
POOR = """
title: Warga miskin
item: [D-1]
source: {kind: file, url: miskin.csv}
columns: {kode: {from: kode, type: text}, jiwa: {from: jiwa, type: integer}}
write: snapshot
key: [kode]
"""
ROADS = """
title: Panjang jalan
item: [D-2]
source: {kind: file, url: jalan.csv}
columns: {ruas: {from: ruas, type: text}, km: {from: km, type: decimal, numbers: en}}
write: snapshot
key: [ruas]
"""
FORM = """
title: Profil kelurahan
for_each: ["35.71.01.1001", "35.71.02.1008"]
source: {kind: file, url: "profil_{penerbit}.csv"}
columns: {jenis: {from: jenis, type: text}, jiwa: {from: jiwa, type: integer}}
period: {value: "2025", grain: tahun}
write: replace_period
key: [jenis]
"""
ITEMS = """
- {kode: D-1, nama: Penduduk miskin, produsen_data: sosial, konsep: Penduduk, definisi: Orang miskin, klasifikasi: Wilayah, ukuran: Jumlah, satuan: Orang}
- {kode: D-2, nama: Panjang jalan, produsen_data: dagang, konsep: Jalan, definisi: Jalan kota, klasifikasi: Ruas, ukuran: Panjang, bentuk: indikator}
"""
AGENCIES = "dagang: {nama: Dinas Perdagangan}\nsosial: {nama: Dinas Sosial}\n"
PEMDA = 'kode: "35.71"\nnama: Kota Uji\ntimezone: Asia/Jakarta\nwalidata: dagang\n'
DATASETS = ["uji.dagang.harga", "uji.sosial.miskin", "uji.dagang.jalan", "uji.sosial.profil"]


@dataclass
class City:
    """The registry and the files of its agencies, and the warehouse they ended in."""

    database: Database
    folder: Path
    conn: psycopg.Connection

    def settle(self, patch: pytest.MonkeyPatch) -> None:
        """Make the settings name this city."""
        root = self.folder.parents[1]
        patch.setenv("SATUDATA_DATABASE", self.database.name)
        patch.setenv("SATUDATA_SOURCES", str(root / "sources"))
        patch.setenv("SATUDATA_ARCHIVE_URL", (root / "arsip").as_uri())

    def night(self, day: date, files: dict[str, str]) -> None:
        """Put files in place and run everything."""
        for name, text in files.items():
            agency = "sosial" if name.startswith(("miskin", "profil")) else "dagang"
            (self.folder / agency / name).write_text(text)
        run(DATASETS, day)

    def ask(self, query: str, day: date = SECOND) -> list[tuple[object, ...]]:
        """The answer as of a day."""
        self.conn.execute("select set_config('satudata.hari_ini', %s, false)", [day.isoformat()])
        return self.conn.execute(query.encode()).fetchall()


def prices(milk: int = 18000, note: str = "ramai") -> str:
    return f"barang;harga;pencatat;catatan\nberas;12000;{NAME};\nsusu;{milk};{NAME};{note}\n"


@pytest.fixture(scope="session")
def _two_nights(server: Path, _template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """The city after two nights; its settings are put back before anybody reads it."""
    root = tmp_path_factory.mktemp("kota")
    for part in ("concepts", "references"):
        shutil.copytree(REPO / "sources" / part, root / "sources" / part)
    folder = root / "sources" / "uji"
    for agency, contracts in {"dagang": {"harga": PRICES, "jalan": ROADS}, "sosial": {"miskin": POOR, "profil": FORM}}.items():
        (folder / agency).mkdir(parents=True)
        for name, text in contracts.items():
            (folder / agency / f"{name}.yml").write_text(text)
    (folder / "opd.yml").write_text(AGENCIES)
    (folder / "pemda.yml").write_text(PEMDA)
    (folder / "daftar_data.yml").write_text(ITEMS)
    with new_database(server) as database, pytest.MonkeyPatch.context() as patch, database.connect("steward", autocommit=True) as conn:
        made = City(database, folder, conn)
        made.settle(patch)
        poor = "kode;jiwa\n" + "".join(f"k{n};{n}\n" for n in range(20))
        form = "jenis;jiwa\npria;10\nwanita;11\n"
        made.night(FIRST, {"harga.csv": prices(), "miskin.csv": poor, "jalan.csv": "ruas;km\nA;1.5\n", "profil_35.71.01.1001.csv": form})
        with database.connect("owner", autocommit=True) as owner:  # as a transform would, without dbt
            owner.execute(
                "insert into ops.release (cut_no, run_date, published_at, state) select max(accept_no), %s, %s, 'published' from ops.batch",
                [FIRST, "2026-06-01T20:00:00Z"],
            )
        made.night(
            SECOND, {"harga.csv": prices(-5, f"NIK {NIK}"), "miskin.csv": "kode;jiwa\nk0;0\nk1;1\n", "jalan.csv": "ruas;panjang\nA;1.5\n"}
        )
        patch.undo()
        yield made


@pytest.fixture(scope="module")
def city(_two_nights: City) -> Iterator[City]:
    """The city after two nights, read only; a module's settings name it."""
    with pytest.MonkeyPatch.context() as patch:
        _two_nights.settle(patch)
        yield _two_nights
