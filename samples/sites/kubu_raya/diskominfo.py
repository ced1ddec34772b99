"""What Kubu Raya tells the public: the press releases of its humas and the list that its PPID keeps."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

from samples.paper import semicolons
from samples.portals import by_page
from samples.replies import Reply, Request
from samples.sites.kubu_raya.setda import OPD

ACARA = (
    "Musrenbang kecamatan",
    "Pasar murah",
    "Posyandu serentak",
    "Perbaikan jalan desa",
    "Pelayanan akta keliling",
    "Gotong royong sungai",
)
INFORMASI = (
    ("Rencana kerja", "Berkala"),
    ("Laporan keuangan", "Berkala"),
    ("Prosedur pelayanan", "Setiap Saat"),
    ("Rancangan pengadaan", "Dikecualikan"),
)


def siaran_pers(request: Request) -> Reply:
    """Four weeks of press releases, by page number; two more on day 2."""
    days = [date(2026, 5, 1) + timedelta(days=7 * week) for week in range(4)]
    rows = [
        {
            "judul": f"{acara} {day.strftime('%d-%m-%Y')}",
            "terbit": day.isoformat(),
            "tautan": f"https://humas.kuburaya.example/siaran/{day:%Y%m%d}-{number}",
        }
        for day, (number, acara) in product(days, enumerate(ACARA, start=1))
    ]
    if request.day >= 2:
        rows += [
            {"judul": f"{acara} 02-06-2026", "terbit": "2026-06-02", "tautan": "https://humas.kuburaya.example/siaran/20260602"}
            for acara in ACARA[:2]
        ]
    return by_page(request, rows, 10)


def daftar_informasi(request: Request) -> Reply:
    """The list of public information, four for each OPD, with its class."""
    rows = [(number, opd, f"{judul} {opd} 2025", kelas) for number, (opd, (judul, kelas)) in enumerate(product(OPD, INFORMASI), start=1)]
    return Reply(semicolons(("Nomor", "Badan Publik", "Informasi", "Kategori"), rows), "text/csv", tagged=True)


ROUTES = {"/kuburaya/humas/api/siaran": siaran_pers, "/kuburaya/ppid/dip.csv": daftar_informasi}
