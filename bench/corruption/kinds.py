"""Every kind of corruption, its variants, and what it is: of rows or of a whole file, with an exact definition or a statistical one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bench.corruption import personal, wrong_bytes, wrong_days, wrong_feeds, wrong_figures, wrong_rows
from bench.corruption.case import ByteVariant, Variant


@dataclass(frozen=True)
class Kind:
    """`rows`: single rows are hurt, in four doses. `exact`: the file itself proves it wrong, no history is needed to suspect it."""

    name: str
    variants: Mapping[str, Variant] | None = None
    bytes_variants: Mapping[str, ByteVariant] | None = None
    rows: bool = True
    exact: bool = True


KINDS = (
    Kind("bukan_angka", wrong_figures.LETTERS),
    Kind("tanda_kosong_lain", wrong_figures.SIGNS),
    Kind("angka_negatif", wrong_figures.NEGATIVE),
    Kind("isi_wajib_kosong", wrong_rows.EMPTY),
    Kind("baris_uji_coba", wrong_rows.JUNK),
    Kind("baris_bertentangan", wrong_rows.RIVALS),
    Kind("total_di_antara_data", wrong_rows.TOTALS),
    Kind("kode_wilayah_lain", wrong_rows.REGIONS),
    Kind("di_luar_daftar", wrong_rows.CATEGORIES),
    Kind("koordinat_salah", wrong_rows.AXES),
    Kind("bagian_tak_cocok_jumlah", wrong_rows.PARTS),
    Kind("data_pribadi", personal.PERSONAL),
    Kind("tanggal_mendatang", wrong_days.FUTURE),
    Kind("bukan_tanggal", wrong_days.NO_DAY),
    Kind("tanggal_lain", wrong_days.SHIFTED, exact=False),
    Kind("pemisah_ribuan_hilang_sebagian", wrong_figures.SCALE, exact=False),
    Kind("satuan_bergeser_sebagian", wrong_figures.UNITS, exact=False),
    Kind("koma_desimal_salah", wrong_figures.DECIMALS, exact=False),
    Kind("angka_pencilan", wrong_figures.DIGITS, exact=False),
    Kind("pemisah_ribuan_hilang", wrong_feeds.SCALE, rows=False, exact=False),
    Kind("satuan_bergeser", wrong_feeds.UNITS, rows=False, exact=False),
    Kind("kelompok_hilang", wrong_feeds.GONE, rows=False, exact=False),
    Kind("lama_di_bawah_tanggal_baru", wrong_feeds.REFILED, rows=False),
    Kind("baris_terpotong", wrong_feeds.CUT, rows=False),
    Kind("baris_ganda", wrong_feeds.DOUBLED, rows=False),
    Kind("kolom_ganti_nama", wrong_feeds.RENAMED, rows=False),
    Kind("kolom_bergeser", wrong_feeds.MOVED, rows=False),
    Kind("berkas_terputus", bytes_variants=wrong_bytes.CUT_OFF, rows=False),
    Kind("berkas_kosong", bytes_variants=wrong_bytes.EMPTY, rows=False),
    Kind("halaman_galat", bytes_variants=wrong_bytes.PAGES, rows=False),
)
