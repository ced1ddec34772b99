"""The contracts and texts by which the warehouse with a past was loaded."""

from __future__ import annotations

ISI, HARGA, TITIK, SALIN, HARGA_LAIN = "uji.dinas.isi", "uji.pasar.harga", "uji.dinas.titik", "uji.dinas.salin", "uji.dagang.harga"
PPKS, BISU, BUBAR, UBAH, BY, WHY = "uji.sosial.ppks", "uji.bisu.data", "uji.bubar.data", "uji.ubah.data", "Ani", "sudah diperiksa"
GANTI, LENYAP = "uji.ganti.data", "uji.lenyap.data"
GOOD = {f"k{n}": n for n in range(10)}
CONTRACTS = {
    ISI: """title: Uji isi
source: {kind: file, url: isi.csv}
columns:
  kode: {from: kode, type: text}
  hari: {from: hari, type: date}
  n: {from: n, type: integer, range: [0, 100]}
period: {column: hari, grain: hari}
write: snapshot
key: [kode, hari]
guards: {max_quarantined: 0.9, min_share: 0.5}
""",
    HARGA: """title: Uji harga
concept: harga_komoditas
source: {kind: file, url: harga.csv}
columns:
  komoditas: {from: nama, type: code, reference: komoditas}
  tanggal: {from: tanggal, type: date}
  kode_wilayah: {value: "35.71", type: wilayah}
  pasar: {value: Pasar Uji, type: text}
  harga_rp: {from: harga, type: integer, unit: Rp/kg, required: true}
period: {column: tanggal, grain: hari}
write: replace_period
key: [tanggal, pasar, komoditas]
""",
    TITIK: """title: Uji titik
for_each: [utara, selatan]
source: {kind: file, url: "titik_{penerbit}.csv"}
publikasi: tinjau
item: [titik]
columns:
  nama: {from: nama, type: text}
  isi: {from: isi, type: integer}
write: snapshot
key: [nama]
""",
    SALIN: """title: Salinan isi
source: {kind: file, url: salin.csv}
columns:
  kode: {from: kode, type: text}
  hari: {from: hari, type: date}
  n: {from: n, type: integer}
period: {column: hari, grain: hari}
write: snapshot
key: [kode, hari]
checks: [{rule: same_as_dataset, dataset: uji.dinas.isi, column: n, other: n, tolerance: 1}]
""",
    PPKS: """title: Uji PPKS
concept: indikator
source: {kind: file, url: ppks.csv}
columns:
  kode_wilayah: {from: kelurahan, type: wilayah, level: desa_kelurahan, within: "35.71"}
  kode_indikator: {value: ppks, type: code, reference: indikator}
  jenis_ppks: {from: jenis, type: text}
  tahun: {value: "2025", type: period, format: YYYY}
  nilai: {from: n, type: integer, unit: orang}
period: {column: tahun, grain: tahun}
write: snapshot
key: [kode_wilayah, jenis_ppks]
""",
}
CONTRACTS[HARGA_LAIN] = CONTRACTS[HARGA]
_PLAIN = """title: Uji sederhana
source: {kind: file, url: data.csv}
columns:
  nama: {from: nama, type: text}
  isi: {from: isi, type: text}
write: snapshot
key: [nama]
"""
CONTRACTS |= dict.fromkeys((BISU, BUBAR, UBAH, GANTI, LENYAP), _PLAIN)
AGENCIES = "dinas: {nama: Dinas Uji, surel: data@dinas.uji.go.id}\npasar: {nama: Dinas Pasar}\n"
ITEM = "- {kode: titik, nama: Titik, produsen_data: dinas, bentuk: variabel}\n"
"""Its metadata are not handed over yet: it is kept back from every release."""
