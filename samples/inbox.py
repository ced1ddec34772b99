"""The inbox of Kota Kediri: each kelurahan hands in its profile as one workbook, or does not.

Day 1: one kelurahan is silent, one has typed letters where a number belongs. Day 2: the silent one delivers, the letters are made good, and
another corrects a figure.
Files are only ever added, as people do.
"""

from __future__ import annotations

from pathlib import Path

from samples.figures import sample, wilayah
from samples.paper import workbook

DATASET = "kediri.kelurahan.profil"
SILENT, TYPO, CORRECTS = "35.71.02.1008", "35.71.01.1004", "35.71.03.1002"
URAIAN = (
    ("Penduduk Laki-laki", "jiwa", 1200, 6500), ("Penduduk Perempuan", "jiwa", 1200, 6500), ("Kepala Keluarga", "keluarga", 700, 4200),
    ("Rukun Tetangga", "unit", 12, 70), ("Rukun Warga", "unit", 3, 15), ("Posyandu", "unit", 2, 14), ("Pos Kamling", "unit", 4, 40),
    ("Sekolah Dasar", "unit", 1, 9), ("Sekolah Menengah Pertama", "unit", 0, 4), ("Masjid", "unit", 1, 14), ("Gereja", "unit", 0, 4),
    ("Puskesmas Pembantu", "unit", 0, 2), ("Apotek", "unit", 0, 6), ("Pasar", "unit", 0, 2), ("Toko Kelontong", "unit", 8, 120),
    ("Usaha Mikro", "unit", 20, 480), ("Penerima PKH", "keluarga", 20, 380), ("Penerima BPNT", "keluarga", 30, 520), ("Balita", "jiwa", 90, 900),
    ("Lanjut Usia", "jiwa", 150, 1400), ("Penyandang Disabilitas", "jiwa", 4, 60), ("Bank Sampah", "unit", 0, 6), ("Taman", "unit", 0, 5),
    ("Lapangan Olahraga", "unit", 0, 5),
)  # fmt: skip


def deliver(inbox: Path, day: int) -> None:
    """Put down what the kelurahan have sent up to this day; a file that is there already is left alone."""
    for kode, name in wilayah("35.71", "desa_kelurahan"):
        if kode != SILENT or day >= 2:
            _put(inbox, kode, "profil 2025.xlsx", profile(kode, name, typo=kode == TYPO))
        if kode == TYPO and day >= 2:
            _put(inbox, kode, "profil 2025 (perbaikan).xlsx", profile(kode, name))
        if kode == CORRECTS and day >= 2:
            _put(inbox, kode, "profil 2025 (perbaikan).xlsx", profile(kode, name, families=2222))


def profile(kode: str, name: str, families: int | None = None, *, typo: bool = False) -> bytes:
    """The form of one kelurahan: a title, its name, 24 lines."""
    rows: list[list[object]] = [
        ["PROFIL KELURAHAN TAHUN 2025 (CONTOH)"],
        [f"KELURAHAN {name.upper()}"],
        ["NO", "URAIAN", "JUMLAH", "SATUAN"],
    ]
    for number, (uraian, satuan, low, high) in enumerate(URAIAN, start=1):
        rows.append([number, uraian, sample(low, high, uraian, kode), satuan])
    if typo:
        rows[3 + 16][2] = "hh"
    if families is not None:
        rows[3 + 2][2] = families
    return workbook({"Profil": rows})


def _put(inbox: Path, kode: str, name: str, data: bytes) -> None:
    """Whole or not at all: written beside the inbox, then moved in."""
    path = inbox / DATASET / kode / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = inbox.parent / "kiriman.tmp"
        partial.write_bytes(data)
        partial.replace(path)
