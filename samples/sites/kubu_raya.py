"""Kab. Kubu Raya (61.12): every office's own application, down to the desa; on day 2 one has moved its columns and one is down."""

from __future__ import annotations

from samples.figures import id_number, sample, wilayah
from samples.paper import semicolons, workbook
from samples.replies import XLSX, Reply, Request, json_reply

KABUPATEN = "61.12"
IZIN = ("Izin Usaha Mikro", "Izin Bangunan", "Izin Reklame", "Izin Trayek")


def penduduk(request: Request) -> Reply:
    """People per desa; a heading with subtotals after each kecamatan's desa and the kabupaten at the end. One desa's parts do not add up."""
    rows: list[tuple[str, int, int, int]] = []
    grand = [0, 0, 0]
    for kode_kecamatan, kecamatan in wilayah(KABUPATEN, "kecamatan"):
        desa = [_people(kode, name) for kode, name in wilayah(kode_kecamatan, "desa_kelurahan")]
        subtotal = [sum(row[column] for row in desa) for column in (1, 2, 3)]  # type: ignore[misc]
        rows += [*desa, (f"KEC. {kecamatan.upper()}", subtotal[0], subtotal[1], subtotal[2])]
        grand = [a + b for a, b in zip(grand, subtotal, strict=True)]
    rows.append(("KUBU RAYA", grand[0], grand[1], grand[2]))
    return Reply(semicolons(("Desa", "Pria", "Wanita", "Penduduk"), ((n, *map(id_number, figures)) for n, *figures in rows)), "text/csv")


def _people(kode: str, name: str) -> tuple[str, int, int, int]:
    pria, wanita = sample(400, 9000, "pria", kode), sample(400, 9000, "wanita", kode)
    slip = 300 if kode == "61.12.01.2003" else 0
    return name, pria, wanita, pria + wanita + slip


def perizinan(request: Request) -> Reply:
    """Permits per kecamatan and month, by offset with a declared total; May is added on day 2. Two rows speak of one key with two figures."""
    months = ["2026-03", "2026-04"] + (["2026-05"] if request.day >= 2 else [])
    rows = [
        {"kecamatan": name, "jenis_izin": jenis, "bulan": bulan, "terbit": sample(0, 60, jenis, kode, bulan)}
        for bulan in months for kode, name in wilayah(KABUPATEN, "kecamatan") for jenis in IZIN
    ]  # fmt: skip
    rows.append({**rows[5], "terbit": 999})
    limit, offset = request.number("limit", 50), request.number("offset", 0)
    return json_reply({"total": len(rows), "items": rows[offset : offset + limit]})


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


def akip(request: Request) -> Reply:
    """Scores of accountability per year; on day 2 the application is down."""
    if request.day >= 2:
        return Reply(b"<html><body><h1>503 Layanan tidak tersedia</h1></body></html>", status=503)
    return json_reply(
        {"nilai": [{"tahun": str(year), "skor": f"{sample(5500, 7900, 'akip', year) / 100:.2f}"} for year in range(2019, 2026)]}
    )


ROUTES = {
    "/kuburaya/disdukcapil/penduduk.csv": penduduk, "/kuburaya/dpmptsp/api/izin": perizinan, "/kuburaya/dlh/kualitas_air.xlsx": kualitas_air,
    "/kuburaya/pupr/jalan.csv": jalan, "/kuburaya/setda/akip.json": akip,
}  # fmt: skip
