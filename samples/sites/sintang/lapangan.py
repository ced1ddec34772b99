"""Those who count the same once more: Bulog its stores, the office for food security the market, each of the 14 kecamatan its own need.

Three figures differ from what the Produsen says, each in its own way; all others agree, if with other digits.
"""

from __future__ import annotations

from functools import partial

from samples.figures import id_number, wilayah
from samples.paper import semicolons
from samples.replies import Reply, Request
from samples.sites.sintang.portal import KABUPATEN, POKOK, need_ton, price_rp, stock_ton

CSV = "text/csv; charset=windows-1252"
GUDANG = ("Beras", "Gula Pasir", "Minyak Goreng Curah")
SEPAUK, DEDAI = "61.05.03", "61.05.07"


def stok_bulog(request: Request) -> Reply:
    """In kilograms. On day 2 the rice in Sepauk has become a quarter more, which nobody else says."""
    rows = []
    for kode, nama in wilayah(KABUPATEN, "kecamatan"):
        for komoditas in GUDANG:
            factor = 1.25 if (kode, komoditas, request.day) == (SEPAUK, "Beras", 2) else 1
            rows.append((nama, komoditas, "Mei 2026", id_number(1000 * stock_ton(kode, komoditas) * factor)))
    return Reply(semicolons(("Kecamatan", "Komoditas", "Bulan", "Stok (kg)"), rows), CSV, tagged=True)


def harga_pantauan(request: Request) -> Reply:
    """Three prices of a day in the same market: one the same, one a little dearer, and on 1 June beef for a tenth less."""
    day = request.query.get("tanggal", "2026-06-01")
    beef = -15000 if day == "2026-06-01" else 0
    rows = [
        (komoditas, day, price_rp(komoditas, day) + more)
        for komoditas, more in (("Beras Medium", 0), ("Gula Pasir", 200), ("Daging Sapi Murni", beef))
    ]
    return Reply(semicolons(("Komoditas", "Tanggal", "Harga"), rows), CSV, tagged=True)


def kebutuhan(kode: str, nama: str, request: Request) -> Reply:
    """What one kecamatan needs in a month; Dedai counts a third more sugar than the office for food security."""
    rows = [
        (nama, komoditas, "2026-05", f"{need_ton(kode, komoditas) * (1.3 if (kode, komoditas) == (DEDAI, 'Gula Pasir') else 1):.1f}")
        for komoditas in POKOK
    ]
    return Reply(semicolons(("kecamatan", "komoditas", "bulan", "kebutuhan_ton"), rows), CSV, tagged=True)


ROUTES = {"/sintang/bulog/stok.csv": stok_bulog, "/sintang/pangan/harga.csv": harga_pantauan} | {
    f"/sintang/kecamatan/{kode}/kebutuhan.csv": partial(kebutuhan, kode, nama) for kode, nama in wilayah(KABUPATEN, "kecamatan")
}
