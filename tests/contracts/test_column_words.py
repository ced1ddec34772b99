"""Prevents a published column of which its readers learn nothing but its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from contracts.column_words import column_meaning
from contracts.errors import BrokenContract
from contracts.registry import load_dataset

WIDE = """\
title: Penduduk
concept: indikator
source: {kind: file, url: penduduk.xlsx}
write: snapshot
key: [kode_wilayah, tahun]
period: {column: tahun, grain: tahun}
columns:
  kode_wilayah: {from: DESA, type: wilayah, level: desa_kelurahan}
  tahun: {from: TAHUN, type: period, format: YYYY}
  pria: {from: L, type: integer, unit: jiwa, indikator: penduduk, klasifikasi: {jenis_kelamin: laki-laki}}
"""
CONTRACT = """\
title: Bantuan
source: {kind: file, url: bantuan.xlsx}
write: snapshot
key: [kode, tahun]
rows: [{is: group, where: {Kode: ^DESA}, gives: desa}]
unpivot: {headers: '^(?P<tahun>\\d{4})$', value: nilai}
columns:
  kode: {from: [KODE DESA, Kode], type: wilayah, level: desa_kelurahan}
  kode_bps: {parts: [prov, kab], type: wilayah, system: bps}
  tahun: {header: tahun, type: period, format: YYYY}
  bulan: {join: [BULAN, {title: 'TAHUN (\\d{4})'}], type: period, format: MMMM YYYY}
  jenis: {from: JENIS, type: code, reference: ppks}
  status: {type: text, codes: {1: baik, 2: rusak}}
  sumber: {value: DTKS, type: text}
  dibuat: {document: lastUpdate, type: timestamp}
  desa: {group: desa, type: text}
  nilai: {type: decimal, unit_from: satuan}
  satuan: {type: unit}
  besar_rp: {type: integer, unit: Rp, description: "  Uang yang diterima,  setahun\u200b "}
"""
SAID = {
    "kode": 'Kolom "KODE DESA" di sumbernya; kode wilayah Kemendagri desa/kelurahan; bagian dari kunci baris.',
    "kode_bps": 'Disusun dari kolom "prov", "kab" di sumbernya; kode wilayah BPS.',
    "tahun": "Dari judul kolom angka di sumbernya; periode; bagian dari kunci baris.",
    "bulan": 'Gabungan "BULAN" dan tulisan di atas tabel di sumbernya; periode.',
    "jenis": 'Kolom "JENIS" di sumbernya; kode menurut daftar acuan ppks.',
    "status": 'Kolom "status" di sumbernya; teks; isinya baik, rusak.',
    "sumber": 'Selalu "DTKS"; teks.',
    "dibuat": 'Keterangan "lastUpdate" yang berlaku untuk seluruh berkas sumbernya; tanggal dan jam.',
    "desa": "Dari judul kelompok baris di sumbernya; teks.",
    "nilai": "Isi sel di bawah judul-judul kolom angka sumbernya; angka desimal dalam satuan menurut kolom satuan.",
    "satuan": 'Kolom "satuan" di sumbernya; satuan.',
    "besar_rp": "Uang yang diterima, setahun",
}


def test_each_column_is_explained_by_its_author_else_by_what_its_contract_says(tmp_path: Path) -> None:
    (tmp_path / "bantuan.yml").write_text(CONTRACT)
    dataset = load_dataset(tmp_path / "bantuan.yml")
    assert {name: column_meaning(dataset, name) for name in dataset.contract.columns} == SAID


def test_a_column_of_a_concept_means_what_the_concept_says(tmp_path: Path) -> None:
    (tmp_path / "penduduk.yml").write_text(WIDE)
    dataset = load_dataset(tmp_path / "penduduk.yml")
    assert dataset.concept is not None
    assert column_meaning(dataset, "kode_wilayah") == dataset.concept.columns["kode_wilayah"].description
    assert (
        column_meaning(dataset, "pria")
        == 'Kolom "L" di sumbernya; bilangan bulat dalam jiwa; indikator penduduk (jenis_kelamin: laki-laki).'
    )


@pytest.mark.parametrize("empty", ['""', '"  "', '"\\u200b"'])
def test_a_description_that_says_nothing_is_named(tmp_path: Path, empty: str) -> None:
    (tmp_path / "bantuan.yml").write_text(CONTRACT.replace("type: text}", f"type: text, description: {empty}}}", 1))
    with pytest.raises(BrokenContract, match="columns.sumber.description: kosong"):
        load_dataset(tmp_path / "bantuan.yml")
