"""Which rules each kind of corruption is meant for: being stopped by another one is luck, and counted apart."""

from __future__ import annotations

from bench.corruption.kinds import KINDS

FIGURE = {"scale_lost", "unit_shift", "outlier", "change_within", "range", "ratio", "sum_of", "same_as_dataset", "castable"}
UNREAD = {"parse", "empty", "declared"}
MEANT: dict[str, set[str]] = {
    "bukan_angka": {"castable"},
    "tanda_kosong_lain": {"castable", "required"},
    "angka_negatif": {"range", "compare"},
    "isi_wajib_kosong": {"required", "key"},
    "baris_uji_coba": {"junk", "castable", "in_set"},
    "baris_bertentangan": {"unique", "total"},
    "total_di_antara_data": {"code", "unique", "castable", "outlier", "range", "total", "same_rows"},
    "kode_wilayah_lain": {"code", "castable"},
    "di_luar_daftar": {"in_set"},
    "koordinat_salah": {"in_box", "axes_swapped", "range", "castable"},
    "bagian_tak_cocok_jumlah": {"sum_of", "total"},
    "data_pribadi": {"personal_data"},
    "tanggal_mendatang": {"not_future"},
    "bukan_tanggal": {"castable", "junk", "parse", "new_column"},
    "tanggal_lain": {"not_future", "period", "stray", "date_order", "unique", "same_rows"},
    "pemisah_ribuan_hilang_sebagian": FIGURE,
    "satuan_bergeser_sebagian": FIGURE,
    "koma_desimal_salah": FIGURE,
    "angka_pencilan": FIGURE,
    "pemisah_ribuan_hilang": {"scale_lost", "unit_shift", "range", "drift"},
    "satuan_bergeser": {"unit_shift", "scale_lost", "range", "drift"},
    "kelompok_hilang": {"completeness", "volume"},
    "lama_di_bawah_tanggal_baru": {"refiled"},
    "baris_terpotong": UNREAD | {"volume", "completeness", "total"},
    "baris_ganda": {"same_rows", "total"},
    "kolom_ganti_nama": {"parse", "new_column"},
    "kolom_bergeser": {"drift", "castable", "parse", "total", "key", "required", "in_set", "in_box", "range", "code"},
    "berkas_terputus": UNREAD | {"volume", "completeness", "total"},
    "berkas_kosong": UNREAD | {"volume"},
    "halaman_galat": UNREAD,
}
WHOLE_BATCH = {"personal_data", "same_rows", "total", "parse", "new_column"}
"""Rules that stop the whole batch over single rows, and name them in their sentence."""
assert set(MEANT) == {kind.name for kind in KINDS}
