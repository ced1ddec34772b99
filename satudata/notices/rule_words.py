"""What a rule found, in the words of whoever has to mend it: no letter to an agency names a rule by its id."""

from __future__ import annotations

import re
from typing import Any

from satudata.notices.plain import plain

FOUND = {
    "castable": "isi{column} yang tidak terbaca", "key": "kolom kunci{column} yang kosong", "required": "isian{column} yang kosong",
    "unique": "kunci yang dipakai lebih dari satu baris", "same_rows": "baris yang ditulis lebih dari sekali",
    "in_set": "isi{column} yang tidak termasuk pilihan", "range": "angka{column} yang di luar batas", "regex": "isi{column} yang salah bentuk",
    "length": "isi{column} yang terlalu pendek atau terlalu panjang", "not_future": "tanggal{column} yang belum terjadi",
    "compare": "kolom{column} yang tidak cocok dengan kolom lain", "sum_of": "jumlah{column} yang berbeda dari bagiannya",
    "mean_of": "rata-rata{column} yang berbeda dari bagiannya", "max_of": "nilai terbesar{column} yang berbeda dari bagiannya",
    "ratio": "perbandingan{column} yang di luar batas", "date_order": "tanggal yang terbalik urutannya",
    "in_box": "titik lokasi yang di luar wilayahnya", "axes_swapped": "lintang dan bujur yang tertukar", "junk": "isian percobaan",
    "personal_data": "data pribadi di kolom yang terbuka", "sql": "baris yang melanggar syarat datanya", "stray": "periode yang tidak semestinya ada",
    "change_within": "perubahan{column} yang terlalu besar", "outlier": "angka{column} yang jauh dari riwayatnya",
    "same_as_dataset": "angka{column} yang berbeda dari data lain", "scale_lost": "angka{column} yang kehilangan ribuannya",
    "unit_shift": "satuan{column} yang berubah", "refiled": "angka{column} periode lama yang dikirim lagi", "code": "kode atau nama{column} yang belum dikenal",
    "code.penerbit_lain": "wilayah{column} di luar wilayah yang mengirimnya",
    "code_unchecked": "kode{column} yang belum termuat di daftar", "code_system": "kode wilayah{column} dari sistem kode yang lain",
    "drift": "kolom{column} yang berubah jenis isinya", "drift.hari_bulan": "tanggal{column} yang hari dan bulannya tertukar", "new_column": "kolom baru",
    "hidden": "baris atau kolom yang tersembunyi", "total": "jumlah total yang tidak cocok",
    "total.kelas": "baris jumlah di antara rinciannya",
    "declared": "jumlah baris yang tidak sesuai pernyataan berkasnya", "empty": "berkas tanpa baris", "volume": "jumlah baris yang menyusut",
    "max_quarantined": "terlalu banyak baris yang salah", "unread": "tabel atau lembar yang tidak dibaca",
    "meaning": "kontrak yang membaca angka lama secara lain", "swapped": "dua kolom yang tertukar",
    "emptied": "angka{column} yang dikosongkan",
    "period": "periode yang tidak terbaca", "parse": "berkas yang tidak dapat dibaca",
    "complete": "data yang belum lengkap", "parts": "bagian yang tidak cocok dengan totalnya",
    "ambil": "sumber yang tidak dapat diambil", "segar": "data yang terlambat", "metadata": "isian metadata yang belum diserahkan",
}  # fmt: skip
"""By rule, or by rule and the end of its id; `{column}` is the name of the column, where the finding has one."""
_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-Z`])")
_ORDER = re.compile(r"`|\bsatudata\b|\bkontrak(nya)?\b|\.yml\b|\bsinonim|\bsatudata |--[a-z]", re.IGNORECASE)
"""What speaks to whoever keeps the contracts: a name of a key or a command, the contract itself, a file of the registry."""


def without_orders(message: str | None) -> str:
    """A message without the sentences that tell a Walidata what to do; its first one says what is wrong, and stays."""
    first, *rest = _SENTENCE.split(message or "")
    return " ".join([first, *(one for one in rest if not _ORDER.search(one))])


def over(about: dict[str, Any]) -> str:
    """How a finding came to its end: it is mended, or its dataset is fetched no more."""
    if about.get("stopped"):
        return f"{found_by(about)} tidak perlu diperbaiki lagi. {plain(about['stopped'])}."
    return f"{found_by(about)} sudah beres."


def found_by(about: dict[str, Any]) -> str:
    """What a finding was about; `about` as it is kept of a cause (`Cause.about`)."""
    rule = str(about.get("rule") or str(about["rule_id"]).partition(".")[0])
    column = f" kolom {plain(about['column_name'], 80)}" if about.get("column_name") else ""
    told = FOUND.get(f"{rule}.{str(about['rule_id']).rpartition('.')[2]}") or FOUND.get(rule, "hasil pemeriksaan{column}")
    return told.replace("kolom{column}", "kolom" + column.removeprefix(" kolom")).format(column=column)
