"""Those who count the same once more: Bulog its stores, the office for food security the market and, on Fridays, four kecamatan, each of the 14 kecamatan
its own need.

Three figures differ from what the Produsen says, each in its own way; all others agree, if with other digits.
"""

from __future__ import annotations

from datetime import date, timedelta
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
    """Three prices of a day and of that day a week ago in the same market: one the same, one a little dearer, and on 1 June beef for a tenth less."""
    asked = date.fromisoformat(request.query.get("tanggal", "2026-06-01"))
    days = [f"{asked - timedelta(days=7)}", f"{asked}"]
    rows = [
        (komoditas, day, price_rp(komoditas, day) + (-15000 if (komoditas, day) == ("Daging Sapi Murni", "2026-06-01") else more))
        for day in days
        for komoditas, more in (("Beras Medium", 0), ("Gula Pasir", 200), ("Daging Sapi Murni", 0))
    ]
    return Reply(semicolons(("Komoditas", "Tanggal", "Harga"), rows), CSV, tagged=True)


def stok_pantauan(request: Request) -> Reply:
    """What four kecamatan had in store on the last three Fridays of May: what they will need until the end of the month more than then."""
    rows = [
        (nama, komoditas, f"{day} Mei 2026", id_number(stock_ton(kode, komoditas) + need_ton(kode, komoditas) * (31 - day) / 31, 1))
        for kode, nama in wilayah(KABUPATEN, "kecamatan")[:4]
        for komoditas in POKOK
        for day in (15, 22, 29)
    ]
    return Reply(semicolons(("Kecamatan", "Komoditas", "Tanggal", "Stok (ton)"), rows), CSV, tagged=True)


def kebutuhan(kode: str, nama: str, request: Request) -> Reply:
    """What one kecamatan needs in a month; Dedai counts a third more sugar than the office for food security."""
    rows = [
        (nama, komoditas, "2026-05", f"{need_ton(kode, komoditas) * (1.3 if (kode, komoditas) == (DEDAI, 'Gula Pasir') else 1):.1f}")
        for komoditas in POKOK
    ]
    return Reply(semicolons(("kecamatan", "komoditas", "bulan", "kebutuhan_ton"), rows), CSV, tagged=True)


ROUTES = {"/sintang/bulog/stok.csv": stok_bulog, "/sintang/pangan/harga.csv": harga_pantauan, "/sintang/pangan/stok.csv": stok_pantauan} | {
    f"/sintang/kecamatan/{kode}/kebutuhan.csv": partial(kebutuhan, kode, nama) for kode, nama in wilayah(KABUPATEN, "kecamatan")
}
