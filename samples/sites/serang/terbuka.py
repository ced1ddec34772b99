"""What Kota Serang owes the public: the list of its PPID, and what its OPD promised and reached in each quarter."""

from __future__ import annotations

from itertools import product

from samples.figures import sample
from samples.paper import workbook
from samples.portals import by_offset
from samples.replies import XLSX, Reply, Request

OPD = ("Dinas Kesehatan", "Dinas Sosial", "Dinas Kependudukan dan Pencatatan Sipil", "Dinas Komunikasi dan Informatika")
INDIKATOR = (("Layanan yang selesai tepat waktu", "persen", 60, 99), ("Dokumen yang diterbitkan", "dokumen", 40, 900))
INFORMASI = (("Profil badan publik", "Berkala"), ("Peringatan dini", "Serta Merta"), ("Daftar aset", "Setiap Saat"))
QUARTERS = ("Triwulan III 2025", "Triwulan IV 2025", "Triwulan I 2026")


def kinerja(request: Request) -> Reply:
    """Target and realisation per quarter, by offset; numbers as numbers."""
    rows = [
        {"perangkat_daerah": opd, "indikator": name, "satuan": satuan, "triwulan": quarter, "target": sample(low, high, "target", opd, name),
         "realisasi": sample(low, high, opd, name, quarter)}
        for quarter, opd, (name, satuan, low, high) in product(QUARTERS, OPD, INDIKATOR)
    ]  # fmt: skip
    return by_offset(request, rows, 10)


def daftar_informasi(request: Request) -> Reply:
    """A workbook with a title of two rows; dates as the office writes them."""
    rows: list[list[object]] = [
        ["DAFTAR INFORMASI PUBLIK"],
        ["PPID KOTA SERANG (CONTOH)"],
        ["No", "Judul Informasi", "Penguasa Informasi", "Klasifikasi", "Tanggal"],
    ]
    for number, (opd, (judul, kelas)) in enumerate(product(OPD, INFORMASI), start=1):
        rows.append([number, f"{judul} {opd}", opd, kelas, f"{sample(1, 28, 'dip', opd, judul)} Januari 2026"])
    return Reply(workbook({"DIP": rows}), XLSX, tagged=True)


ROUTES = {"/serang/setda/api/kinerja": kinerja, "/serang/ppid/dip.xlsx": daftar_informasi}
