"""A small registry in which several agencies speak of the same objects, each with what was agreed about it in daftar_data.yml."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import yaml

from tests.conform.conftest import Gudang, hari, tahun

OPD = {
    "dkp": {"nama": "Dinas Ketahanan Pangan"},
    "bulog": {"nama": "Perum Bulog"},
    "disdagin": {"nama": "Dinas Perdagangan"},
    "kecamatan": {"nama": "Kecamatan"},
    "bps": {"nama": "Badan Pusat Statistik"},
    "diskominfo": {"nama": "Dinas Komunikasi dan Informatika"},
}
STANDARD = {"jenis_data": "keuangan", "konsep": "x", "definisi": "x", "klasifikasi": "x", "ukuran": "x", "satuan": "x"}
ITEMS: dict[str, dict[str, Any]] = {
    "stok_beras": {"produsen_data": "dkp", "rekonsiliasi": {"policy": "hold", "tolerance": 0, "deadline": "7d"}},
    "stok_longgar": {"produsen_data": "dkp", "rekonsiliasi": {"policy": "hold", "tolerance": 0.01, "deadline": "7d"}},
    "harga_acuan": {"produsen_data": "disdagin", "rekonsiliasi": {"policy": "publish", "tolerance": 0.01}},
    "penduduk": {"produsen_data": "bps"},
}
STOK = """concept: neraca_pangan
item: [{item}]
period: {{column: tanggal, grain: hari}}
key: [kode_wilayah, komoditas, tanggal]
columns:
  kode_wilayah: {{type: wilayah, level: kecamatan, within: "61.05"}}
  komoditas: {{type: code, reference: komoditas}}
  tanggal: {{type: date}}
  stok_ton: {{type: decimal, unit: ton}}
"""
HARGA = """concept: harga_komoditas
item: [harga_acuan]
period: {{column: tanggal, grain: hari}}
key: [tanggal, komoditas, kode_wilayah]
columns:
  komoditas: {{type: code, reference: komoditas}}
  tanggal: {{type: date}}
  kode_wilayah: {{type: wilayah}}
  harga_rp: {{type: decimal, unit: {unit}}}
"""
PENDUDUK = """concept: indikator
item: [penduduk]
period: {{column: tahun, grain: tahun}}
key: [kode_wilayah, tahun]
columns:
  kode_wilayah: {{type: wilayah, level: desa_kelurahan, within: "36.73"}}
  kode_indikator: {{value: penduduk, type: code, reference: indikator}}
  tahun: {{type: period, format: YYYY}}
  nilai: {{type: decimal, unit: {unit}}}
"""


def write_registry(gudang: Gudang, item: str = "stok_beras") -> None:
    """Sintang with stock from three agencies, of which the kecamatan hand in each by itself, prices from two, and people from two of Serang."""
    for pemda in ("sintang", "serang"):
        items = [{"kode": kode, "nama": kode, **STANDARD, **more} for kode, more in ITEMS.items()]
        (gudang.sources / pemda / "daftar_data.yml").write_text(yaml.safe_dump(items))
        (gudang.sources / pemda / "opd.yml").write_text(yaml.safe_dump(OPD))
    (gudang.sources / "sintang" / "pemda.yml").write_text(
        'kode: "61.05"\nnama: Kabupaten Sintang\ntimezone: Asia/Pontianak\nwalidata: diskominfo\n'
    )
    gudang.contract("sintang.dkp.stok", STOK.format(item=item))
    gudang.contract("sintang.bulog.stok", STOK.format(item=item))
    gudang.contract("sintang.kecamatan.stok", STOK.format(item=item) + "for_each: kecamatan\n")
    path = gudang.sources / "sintang" / "kecamatan" / "stok.yml"
    path.write_text(path.read_text().replace("berkas.csv", "{penerbit}.csv"))
    gudang.contract("sintang.disdagin.harga", HARGA.format(unit="Rp/kg"))
    gudang.contract("sintang.dkp.harga", HARGA.format(unit="Rp/ton"))
    gudang.contract("serang.bps.penduduk", PENDUDUK.format(unit="jiwa"))
    gudang.contract("serang.disdukcapil.penduduk", PENDUDUK.format(unit="ribu jiwa"))


def stok(
    kecamatan: str, nilai: object, komoditas: str = "Beras", day: str = "2026-06-01", diambil: str = "2026-06-01T00:00:00Z"
) -> dict[str, Any]:
    """One stock, as published: the digits of `nilai` are those of the source."""
    return {"kode_wilayah": kecamatan, "komoditas": komoditas, "stok_ton": Decimal(str(nilai)), "diambil": diambil, **hari(day)}


def harga(komoditas: str, nilai: object, day: str = "2026-06-01", diambil: str = "2026-06-01T00:00:00Z") -> dict[str, Any]:
    """One price of the kabupaten."""
    return {"kode_wilayah": "61.05", "komoditas": komoditas, "harga_rp": Decimal(str(nilai)), "diambil": diambil, **hari(day)}


def penduduk(kelurahan: str, nilai: object) -> dict[str, Any]:
    """People of one kelurahan."""
    return {"kode_wilayah": kelurahan, "kode_indikator": "penduduk", "nilai": Decimal(str(nilai)), **tahun(2025)}
