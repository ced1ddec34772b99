"""The contracts of a small registry that reaches every fact, every mart and a dataset without a concept."""

from __future__ import annotations

from datetime import date
from typing import Any

from contracts.references import reference_rows
from tests.conform.conftest import Gudang, hari, tahun

PENDUDUK = """concept: indikator
period: {column: tahun, grain: tahun}
key: [kecamatan, kode_wilayah, tahun]
columns:
  kecamatan: {type: text}
  kode_wilayah: {type: wilayah, level: desa_kelurahan, within: kecamatan}
  tahun: {type: period, format: YYYY}
  pria: {type: integer, unit: jiwa, indikator: penduduk, klasifikasi: {jenis_kelamin: laki-laki}}
  penduduk: {type: decimal, unit: ribu jiwa, indikator: penduduk}
"""
PPKS = """concept: indikator
period: {column: tahun, grain: tahun}
key: [kode_wilayah, jenis_ppks, tahun]
columns:
  kode_wilayah: {type: wilayah, level: desa_kelurahan, within: "35.71"}
  kode_indikator: {type: code, reference: indikator}
  jenis_ppks: {type: text}
  tahun: {type: period, format: YYYY}
  nilai: {type: integer, unit: orang}
"""
HARGA = """concept: harga_komoditas
period: {column: tanggal, grain: hari}
key: [tanggal, pasar, komoditas, kode_wilayah]
columns:
  komoditas: {type: code, reference: komoditas}
  tanggal: {type: date}
  kode_wilayah: {type: wilayah}
  pasar: {type: text}
  harga_rp: {type: integer, unit: Rp/kg}
"""
STOK = """concept: neraca_pangan
period: {column: tanggal, grain: hari}
key: [kode_wilayah, komoditas, tanggal]
columns:
  kode_wilayah: {type: wilayah, level: kecamatan, within: "61.05"}
  komoditas: {type: code, reference: komoditas}
  tanggal: {type: date}
  kebutuhan_ton: {type: decimal, unit: ton}
  stok_ton: {type: decimal, unit: ton}
"""
TITIK = """concept: titik_lokasi
key: [nama, kode_wilayah]
columns:
  nama: {type: text}
  jenis: {value: posyandu, type: text}
  kode_wilayah: {type: wilayah, level: desa_kelurahan, within: "35.71"}
  lintang: {type: latitude}
  bujur: {type: longitude}
"""
SITUS = """concept: situs_opd
period: {column: tanggal, grain: hari}
key: [opd, tanggal]
columns:
  opd: {type: text}
  status: {type: text}
  tanggal: {type: date}
"""
PPID = """concept: informasi_publik
key: [judul, opd]
columns:
  judul: {type: text}
  kategori: {type: text}
  opd: {type: text}
  tanggal: {type: date}
"""
KINERJA = """concept: kinerja
period: {column: tahun, grain: tahun}
key: [indikator_kinerja, opd, tahun]
columns:
  opd: {type: text}
  sasaran: {type: text}
  indikator_kinerja: {type: text}
  tahun: {type: period, format: YYYY}
  target: {type: decimal, unit_from: satuan}
  realisasi: {type: decimal, unit_from: satuan}
  satuan: {type: text}
"""
BANTUAN = """period: {column: tahun, grain: tahun}
key: [nik, tahun]
columns:
  nik: {type: text, pribadi: nik}
  nama: {type: text, pribadi: nama}
  kode_wilayah: {type: wilayah, level: kecamatan, within: "61.05"}
  tahun: {type: period, format: YYYY}
  bantuan_rp: {type: integer, unit: Rp, description: Uang yang diterima selama setahun}
  kali: {from: BERAPA KALI, type: integer, optional: true}
"""


def write_contracts(gudang: Gudang) -> None:
    """One dataset per concept, one without."""
    for dataset, text in {
        "serang.disdukcapil.penduduk": PENDUDUK, "kediri.dinsos.ppks": PPKS, "sintang.disdagin.harga": HARGA, "sintang.dkp.stok": STOK,
        "kediri.dinkes.posyandu": TITIK, "serang.diskominfo.situs": SITUS, "sintang.dinsos.bantuan": BANTUAN,
        "kediri.diskominfo.dip": PPID, "serang.bappeda.kinerja": KINERJA,
    }.items():  # fmt: skip
        gudang.contract(dataset, text)


def accept_first_batches(gudang: Gudang) -> None:
    """Day 1 of that registry, correct in every row but for a commodity nobody knows."""
    gudang.accept("serang.disdukcapil.penduduk", penduduk())
    gudang.accept(
        "kediri.dinsos.ppks", [ppks("Mojoroto", "Anak Terlantar", 4), ppks("Mojoroto", "Pengemis", 2), ppks("PESANTREN", "Pengemis", 3)]
    )
    gudang.accept("sintang.disdagin.harga", [harga("Beras Medium", 13200), harga("Gula Pasir", 17800), harga("Beras Adan", 21000)])
    gudang.accept("sintang.dkp.stok", [stok("Sepauk", "2026-05-18", 40, 25.5), stok("Sepauk", "2026-05-25", 40, 20)])
    gudang.accept("kediri.dinkes.posyandu", [titik("Melati", "Bujel"), titik("Mawar", "Bujel")])
    gudang.accept("serang.diskominfo.situs", [{"opd": "BPBD", "status": "tidak aktif", **hari("2026-05-30")}])
    gudang.accept(
        "sintang.dinsos.bantuan", [bantuan("6105010101010001", "Sepauk"), bantuan("6105010101010002", "Sepauk") | {"flag": "sementara"}]
    )
    gudang.accept("kediri.diskominfo.dip", [informasi("Laporan keuangan"), informasi("Uji konsekuensi", "Dikecualikan")])
    gudang.accept("serang.bappeda.kinerja", [kinerja("Nilai SAKIP", 80, 76), kinerja("Angka kemiskinan", 0, 3.5)])


def penduduk() -> list[dict[str, Any]]:
    """Every kelurahan of Kota Serang by name and kecamatan: 6 of them are named like theirs, Sukawana occurs twice."""
    names = {row["kode"]: row["nama"] for row in reference_rows("wilayah")}
    desa = [row for row in reference_rows("wilayah") if row["level"] == "desa_kelurahan" and row["kode"].startswith("36.73")]
    return [
        {
            "kode_wilayah": row["nama"].upper(),
            "kecamatan": names[row["induk"]].upper(),
            "pria": int(row["kode"][-4:]),
            "penduduk": 2.5,
            **tahun(2025),
        }
        for row in desa
    ]


def ppks(kelurahan: str, jenis: str, nilai: int) -> dict[str, Any]:
    """One row of a long table with a classification of its own."""
    return {"kode_wilayah": kelurahan, "kode_indikator": "PPKS", "jenis_ppks": jenis, "nilai": nilai, **tahun(2025)}


def harga(komoditas: str, harga_rp: int, day: str = "2026-06-01", diambil: str = "2026-06-01T01:00:00Z") -> dict[str, Any]:
    """One price in Sintang."""
    return {"komoditas": komoditas, "kode_wilayah": "61.05", "pasar": "Pasar Masuka", "harga_rp": harga_rp, "diambil": diambil, **hari(day)}


def stok(kecamatan: str, day: str, kebutuhan: float, ada: float) -> dict[str, Any]:
    """Need and stock of rice in one kecamatan."""
    return {"kode_wilayah": kecamatan, "komoditas": "Beras", "kebutuhan_ton": kebutuhan, "stok_ton": ada, **hari(day)}


def titik(nama: str, kelurahan: str, lintang: float = -7.82) -> dict[str, Any]:
    """One posyandu in Kota Kediri."""
    return {"nama": nama, "jenis": "posyandu", "kode_wilayah": kelurahan, "lintang": lintang, "bujur": 112.01}


def bantuan(nik: str, kecamatan: str) -> dict[str, Any]:
    """One person who gets help: two columns of it are nobody's business."""
    return {"nik": nik, "nama": "Seseorang", "kode_wilayah": kecamatan, "tahun": "2025", "bantuan_rp": 200000, **tahun(2025)}


def informasi(judul: str, kategori: str = "Setiap Saat") -> dict[str, Any]:
    """One entry of the list of public information in Kota Kediri."""
    return {"judul": judul, "kategori": kategori, "opd": "Dinas Contoh", "tanggal": date(2026, 1, 31)}


def kinerja(indikator: str, target: float, realisasi: float) -> dict[str, Any]:
    """Target and realisation of one agency in Kota Serang."""
    return {
        "opd": "Bappeda", "sasaran": "Tata kelola", "indikator_kinerja": indikator, "target": target, "realisasi": realisasi, "satuan": "nilai", **tahun(2025),
    }  # fmt: skip
