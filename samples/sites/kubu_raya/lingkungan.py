"""Rivers, waste, roads and water of Kubu Raya; on day 2 the road office has renamed a column."""

from __future__ import annotations

from samples.figures import id_number, sample, wilayah
from samples.paper import semicolons, workbook
from samples.portals import ckan_package, ckan_rows
from samples.replies import XLSX, Reply, Request

KABUPATEN = "61.12"
PORTAL = "/kuburaya/ckan"


def kualitas_air(request: Request) -> Reply:
    """A workbook with numbers as text in Indonesian spelling and dates in words; a dash where nobody measured."""
    rows: list[list[object]] = [["KUALITAS AIR SUNGAI (CONTOH)"], ["Titik Pantau", "Kecamatan", "Tanggal", "pH", "BOD (mg/l)"]]
    for kode, name in wilayah(KABUPATEN, "kecamatan"):
        for number in (1, 2, 3):
            ph, bod = sample(580, 790, "ph", kode, number) / 100, sample(100, 620, "bod", kode, number) / 100
            rows.append([f"{name} {number}", name, "12 Mei 2026", id_number(ph, 2), "-" if number == 3 else id_number(bod, 2)])
    return Reply(workbook({"Pantau": rows}), XLSX, tagged=True)


def jalan(request: Request) -> Reply:
    """Kilometres of road by condition; on day 2 the office has renamed the column everybody reads."""
    last = "Baik (km)" if request.day == 1 else "Kondisi Mantap"
    rows = []
    for kode, name in wilayah(KABUPATEN, "kecamatan"):
        good, bad = sample(100, 900, "baik", kode) / 10, sample(20, 300, "rusak", kode) / 10
        rows.append((kode, name, id_number(bad, 1), id_number(good, 1)))
    return Reply(semicolons(("Kode", "Kecamatan", "Rusak (km)", last), rows, "utf-8-sig"), "text/csv", tagged=True)


def sampah(request: Request) -> Reply:
    """Waste per kecamatan and year, the year in the heads."""
    rows = [
        (name, sample(1, 9, "bank", kode), *(id_number(sample(800, 9600, "sampah", kode, year) / 10, 1) for year in (2024, 2025)))
        for kode, name in wilayah(KABUPATEN, "kecamatan")
    ]
    return Reply(semicolons(("Kecamatan", "Bank Sampah 2025", "Sampah 2024 (ton)", "Sampah 2025 (ton)"), rows), "text/csv", tagged=True)


def package(request: Request) -> Reply:
    """The kabupaten's CKAN portal, which holds one table of the road office."""
    return ckan_package(request, PORTAL, {"air-minum-layak": "Rumah tangga berakses air minum layak"})


def rows(request: Request) -> Reply:
    """Households with safe water per desa, each code written twice."""
    found = [
        {"kode_bps": "", "kode_kemendagri": kode, "desa": name, "tahun": "2025", "rumah_tangga": str(sample(90, 3900, "air minum", kode))}
        for kode, name in wilayah(KABUPATEN, "desa_kelurahan")
    ]
    return ckan_rows(request, {"air-minum-layak": found})


ROUTES = {
    "/kuburaya/dlh/kualitas_air.xlsx": kualitas_air, "/kuburaya/dlh/sampah.csv": sampah, "/kuburaya/pupr/jalan.csv": jalan,
    f"{PORTAL}/api/3/action/package_show": package, f"{PORTAL}/api/3/action/datastore_search": rows,
}  # fmt: skip
