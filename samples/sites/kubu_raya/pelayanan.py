"""Permits, social aid and health in Kubu Raya."""

from __future__ import annotations

from samples.figures import id_number, sample, wilayah
from samples.paper import semicolons
from samples.portals import by_offset, by_page
from samples.replies import Reply, Request

KABUPATEN = "61.12"
IZIN = ("Izin Usaha Mikro", "Izin Bangunan", "Izin Reklame", "Izin Trayek")
YEARS = (2024, 2025)


def perizinan(request: Request) -> Reply:
    """Permits per kecamatan and month, by offset with a declared total; May is added on day 2. Two rows speak of one key with two figures."""
    months = ["2026-03", "2026-04"] + (["2026-05"] if request.day >= 2 else [])
    rows = [
        {"kecamatan": name, "jenis_izin": jenis, "bulan": bulan, "terbit": sample(0, 60, jenis, kode, bulan)}
        for bulan in months for kode, name in wilayah(KABUPATEN, "kecamatan") for jenis in IZIN
    ]  # fmt: skip
    rows.append({**rows[5], "terbit": 999})
    return by_offset(request, rows)


def nib(request: Request) -> Reply:
    """Business numbers per desa and month, by offset; the desa by its code alone."""
    rows = [
        {"kode_desa": kode, "bulan": "April 2026", "nib_terbit": sample(0, 40, "nib", kode)}
        for kode, _ in wilayah(KABUPATEN, "desa_kelurahan")
    ]
    return by_offset(request, rows)


def bansos(request: Request) -> Reply:
    """Families that receive aid; the kecamatan's total after its desa, in capitals, as everywhere in this kabupaten."""
    rows: list[tuple[object, ...]] = []
    grand = [0, 0]
    for kode_kecamatan, kecamatan in wilayah(KABUPATEN, "kecamatan"):
        desa = [
            (name, sample(20, 900, "pkh", kode), sample(40, 1400, "bpnt", kode)) for kode, name in wilayah(kode_kecamatan, "desa_kelurahan")
        ]
        sums = [sum(row[1] for row in desa), sum(row[2] for row in desa)]
        rows += [(name.upper(), id_number(pkh), id_number(bpnt)) for name, pkh, bpnt in desa]
        rows.append((f"KEC. {kecamatan.upper()}", *map(id_number, sums)))
        grand = [a + b for a, b in zip(grand, sums, strict=True)]
    rows.append(("KUBU RAYA", *map(id_number, grand)))
    return Reply(semicolons(("DESA", "KPM PKH", "KPM BPNT"), rows), "text/csv", tagged=True)


def stunting(request: Request) -> Reply:
    """Children weighed and stunted per desa for two years, by page number."""
    rows = [
        {"tahun": str(year), "kecamatan": kecamatan, "desa": name, "balita_diukur": sample(60, 900, "ukur", kode, year),
         "balita_stunting": sample(1, 90, "stunting", kode, year)}
        for year in YEARS for kode_kecamatan, kecamatan in wilayah(KABUPATEN, "kecamatan")
        for kode, name in wilayah(kode_kecamatan, "desa_kelurahan")
    ]  # fmt: skip
    return by_page(request, rows, 60)


ROUTES = {
    "/kuburaya/dpmptsp/api/izin": perizinan, "/kuburaya/dpmptsp/api/nib": nib, "/kuburaya/dinsos/bansos.csv": bansos,
    "/kuburaya/dinkes/api/stunting": stunting,
}  # fmt: skip
