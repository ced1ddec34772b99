"""Prevents a late agency that nobody sees, a catalogue that says less than the daftar data, and a release every night for the sake of a calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from satudata.releases.rollback import resume, rollback
from satudata.transform import transform
from tests.conform.conftest import Gudang, hari, tahun

DAY = date(2026, 6, 2)
OPD = """disdukcapil:
  nama: Dinas Kependudukan dan Pencatatan Sipil
"""
DAFTAR = """- kode: penduduk
  nama: Penduduk
  produsen_data: disdukcapil
  jadwal_rilis: tahunan
  urusan: "2.12"
  kode_dssd: "2.12.000001"
  prioritas: true
  konsep: Penduduk
  definisi: Orang yang tercatat
  klasifikasi: Kecamatan
  ukuran: Jumlah
  satuan: jiwa
  ms_var:
    - nama_variabel: Penduduk
      referensi_waktu: tahun
      tipe_data: bilangan bulat
      klasifikasi_isian: bilangan
      aturan_validasi: tidak negatif
      kalimat_pertanyaan: Berapa penduduk?
      akses_umum: ya
"""
PENDUDUK = """item: [penduduk]
concept: indikator
for_each: ["61.05.03", "61.05.04"]
period: {column: tahun, grain: tahun}
freshness: {warn_after: 3d, error_after: 6d}
key: [kode_wilayah, tahun]
columns:
  kode_wilayah: {type: wilayah, level: kecamatan, within: "61.05"}
  tahun: {type: period, format: YYYY}
  jumlah: {type: integer, unit: jiwa, indikator: penduduk}
"""
TERTUTUP = """akses: tertutup
period: {column: tanggal, grain: hari}
key: [tanggal]
columns:
  tanggal: {type: date}
  jumlah: {type: integer, unit: orang}
"""


def penduduk(kecamatan: str, jumlah: int) -> dict[str, Any]:
    return {"kode_wilayah": kecamatan, "jumlah": jumlah, **tahun(2025)}


@pytest.fixture
def terisi(gudang: Gudang) -> Gudang:
    """One dataset of two publishers, of which one has sent something, fetched on the day before; and one that is closed."""
    folder = gudang.sources / "sintang"
    (folder / "opd.yml").write_text(OPD)
    (folder / "daftar_data.yml").write_text(DAFTAR)
    gudang.contract("sintang.disdukcapil.penduduk", PENDUDUK)
    each = folder / "disdukcapil" / "penduduk.yml"
    each.write_text(each.read_text().replace("berkas.csv", "{penerbit}.csv"))
    gudang.contract("sintang.disdukcapil.rahasia", TERTUTUP)
    gudang.accept("sintang.disdukcapil.penduduk", [penduduk("Sepauk", 1200)], penerbit="61.05.03")
    gudang.accept("sintang.disdukcapil.rahasia", [{"tanggal": DAY, "jumlah": 3, **hari("2026-06-01")}])
    with gudang.database.connect("owner") as conn:
        conn.execute(
            """insert into ops.fetch (dataset, penerbit, url, run_date, started_at, ended_at, outcome) values
               ('sintang.disdukcapil.penduduk', '61.05.03', 'https://opd.contoh.go.id', '2026-06-01', '2026-06-01', '2026-06-01', 'new')"""
        )
        conn.execute(
            "insert into ops.batch_fetch select b.batch_id, f.fetch_id, f.halaman from ops.batch b join ops.fetch f using (dataset, penerbit)"
        )
    return gudang


def score(gudang: Gudang, day: str, value: float) -> None:
    with gudang.database.connect("loader") as conn:
        conn.execute(
            """insert into ops.opd_score (pemda, opd, day, formula, inputs, kesegaran, score, grade, datasets, computed_at)
               values ('61.05', 'disdukcapil', %s, '1', '{}', %s, %s, 'emas', 1, %s)""",
            [day, value, value, day],
        )


def test_the_catalogue_counts_every_part_of_what_is_asked_for_in_parts(terisi: Gudang) -> None:
    """`each` makes a batch of every part, and all of them stand: the last one alone is not what is published."""
    for part, years in (("awal", (2023, 2024)), ("akhir", (2025,))):
        rows = [penduduk("Ketungau Hilir", 900) | tahun(year) for year in years]
        no = terisi.accept("sintang.disdukcapil.penduduk", rows, penerbit="61.05.04")
        periods = f"{{[{years[0]}-01-01,{years[-1]}-12-31]}}"
        terisi.rows(f"update ops.batch set nilai = '{part}', periods = '{periods}' where accept_no = {no} returning 1", "owner")
    transform(DAY)
    listed = "select jumlah_baris, periode_dari::text, periode_sampai::text from mart.katalog_dataset where dataset like '%penduduk'"
    assert terisi.rows(listed) == [(1 + 2 + 1, "2023-01-01", "2025-12-31")]


def test_the_catalogue_counts_months_that_stand_beside_the_last(terisi: Gudang) -> None:
    """A file of one month replaces that month: the ones before it are published, too; what a later file has replaced is not."""
    dataset = "sintang.disdukcapil.penduduk"
    may, june = (penduduk("Sepauk", 10) | hari(f"2026-0{month}-01") for month in (5, 6))
    first = terisi.accept(dataset, [may, penduduk("Tempunak", 11) | hari("2026-05-01")], penerbit="61.05.03")
    second = terisi.accept(dataset, [june], penerbit="61.05.03")
    terisi.rows(f"update raw.indikator set _to_batch = null where _from_batch = {first} and kode_wilayah = 'Sepauk' returning 1", "owner")
    for no, month in ((first, 5), (second, 6)):
        terisi.rows(f"update ops.batch set periods = '{{[2026-0{month}-01,2026-0{month}-02)}}' where accept_no = {no} returning 1", "owner")
    transform(DAY)
    assert terisi.value(f"select jumlah_baris from mart.katalog_dataset where dataset = '{dataset}'") == 2


def schedule(gudang: Gudang) -> list[tuple[Any, ...]]:
    return gudang.rows("select penerbit, nama_penerbit, jadwal_rilis, jatuh_tempo::text, status from mart.jadwal_rilis order by 1")


def test_what_is_due_and_late_is_published_on_the_day_it_becomes_so(terisi: Gudang) -> None:
    """And on the days between nothing is released: neither the calendar nor a score that stands still is news."""
    score(terisi, "2026-06-01", 90)
    score(terisi, "2026-06-02", 90)
    assert transform(DAY)["release_id"] == 1
    never = ("61.05.04", "Ketungau Hilir", "tahunan", None, "belum_pernah")
    assert schedule(terisi) == [("61.05.03", "Sepauk", "tahunan", "2026-06-07", "tepat_waktu"), never]
    assert terisi.rows("select berlaku_sejak::text, terkini, skor::float, peringkat, versi_rumus from mart.skor_opd") == [
        ("2026-06-01", True, 90, "emas", "1")
    ]
    _the_catalogue_says_what_the_list_says(terisi)
    assert transform(date(2026, 6, 3))["skipped"]
    score(terisi, "2026-06-03", 90)
    assert transform(date(2026, 6, 3))["skipped"]
    assert not transform(date(2026, 6, 5))["skipped"]
    assert [row[4] for row in schedule(terisi)] == ["segera", "belum_pernah"]
    _a_delivery_that_was_taken_back_is_not_called_published(terisi)
    score(terisi, "2026-06-08", 81)
    assert not transform(date(2026, 6, 8))["skipped"]
    assert [row[4] for row in schedule(terisi)] == ["terlambat", "belum_pernah"]
    assert terisi.rows("select berlaku_sejak::text, berlaku_sampai::text, terkini from mart.skor_opd order by 1") == [
        ("2026-06-01", "2026-06-08", False),
        ("2026-06-08", None, True),
    ]


def _a_delivery_that_was_taken_back_is_not_called_published(gudang: Gudang) -> None:
    """The publisher has delivered and is not late, the catalogue speaks of the delivery that readers see; both say that the newest one is not published."""
    said = """select j.penerbit, j.status_terbit, k.status_terbit, k.jumlah_baris
              from mart.jadwal_rilis j join mart.katalog_dataset k using (_dataset_id) order by 1"""
    assert gudang.rows(said) == [("61.05.03", "terbaru", "terbaru", 1), ("61.05.04", "belum_terbit", "terbaru", 1)]
    gudang.accept("sintang.disdukcapil.penduduk", [penduduk("Sepauk", 99999), penduduk("Sepauk", 1) | tahun(2024)], penerbit="61.05.03")
    with gudang.database.connect("owner") as conn:  # brought by the fetch of that day, too
        conn.execute(
            "insert into ops.batch_fetch select max(b.batch_id), f.fetch_id, f.halaman from ops.batch b join ops.fetch f using (penerbit) group by 2, 3"
        )
    before = transform(date(2026, 6, 5))["release_id"]
    rollback(before - 1, "Walidata", "salah ketik")
    at_once = [("61.05.03", "dikembalikan", "dikembalikan", 1), ("61.05.04", "belum_terbit", "dikembalikan", 1)]
    assert gudang.rows(said) == at_once
    transform(date(2026, 6, 5))
    assert gudang.rows(said) == at_once
    resume([], "Walidata", "dibetulkan")
    transform(date(2026, 6, 5))
    assert [row[1:3] for row in gudang.rows(said)] == [("terbaru", "terbaru"), ("belum_terbit", "terbaru")]


def _the_catalogue_says_what_the_list_says(gudang: Gudang) -> None:
    assert gudang.rows(
        """select dataset, produsen_data, akses, tabel, jadwal_rilis, status_jadwal, jumlah_penerbit, jumlah_baris, baris_lolos_persen::float, kode_dssd,
                  konsep, satuan, prioritas from mart.katalog_dataset"""
    ) == [
        (
            "sintang.disdukcapil.penduduk", "Dinas Kependudukan dan Pencatatan Sipil", "terbuka", "fct_indikator", "tahunan", "belum_pernah", 2, 1, 100,
            "2.12.000001", "Penduduk", "jiwa", True,
        )
    ]  # fmt: skip
    assert gudang.rows("select layanan, nama_wilayah, tahun, nilai::integer from mart.layanan_publik") == [
        ("kependudukan", "Sepauk", 2025, 1200)
    ]
