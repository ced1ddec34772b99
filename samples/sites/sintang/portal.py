"""The portals of the kabupaten: prices of the market, need and stock of staples, poverty from BPS."""

from __future__ import annotations

from samples.figures import id_number, sample, wilayah
from samples.paper import PNG, html_table
from samples.replies import Reply, Request, json_reply

KABUPATEN = "61.05"
HARGA = (
    ("Beras", "kg", (("Beras Premium", 15500), ("Beras Medium", 13200))),
    ("Gula", "kg", (("Gula Pasir", 17800),)),
    ("Minyak Goreng", "liter", (("Minyak Goreng Curah", 16500), ("Minyak Goreng Kemasan", 19500))),
    ("Daging Sapi", "kg", (("Daging Sapi Murni", 142000),)),
    ("Daging Ayam", "kg", (("Daging Ayam Ras", 38500),)),
    ("Telur", "kg", (("Telur Ayam Ras", 29800),)),
    ("Cabe", "kg", (("Cabe Merah Keriting", 52000), ("Cabe Rawit Merah", 68000))),
    ("Bawang", "kg", (("Bawang Merah", 41000), ("Bawang Putih", 39500))),
    ("Tepung Terigu", "kg", (("Tepung Terigu Curah", 12500),)),
    ("Kedelai", "kg", (("Kedelai Impor", 14200),)),
    ("Ikan Segar", "kg", (("Ikan Kembung", 46000), ("Ikan Tongkol", 38000), ("Ikan Bandeng", 35500))),
)
POKOK = ("Beras", "Gula Pasir", "Minyak Goreng Curah", "Daging Ayam Ras", "Telur Ayam Ras")


def price_rp(komoditas: str, day: str) -> int:
    """What a kind costs on a day."""
    base = next(price for _, _, kinds in HARGA for name, price in kinds if name == komoditas)
    return base + 100 * sample(-8, 8, komoditas, day)


def need_ton(kode: str, komoditas: str) -> float:
    """What a kecamatan needs in a month, with one digit."""
    return sample(120, 900, "butuh", kode, komoditas) / 10


def stock_ton(kode: str, komoditas: str) -> float:
    """What it has in store at the end of the month, with one digit."""
    return sample(50, 1100, "stok", kode, komoditas) / 10


def harga_sembako(request: Request) -> Reply:
    """A page with one table a day: group rows with the number, kinds with a dash; one price of 1 June lost its zeros."""
    day = request.query.get("tanggal", "2026-06-01")
    rows: list[tuple[object, ...]] = []
    for number, (group, satuan, kinds) in enumerate(HARGA, start=1):
        rows.append((number, group, "", "", "", ""))
        for name, base in kinds:
            price, before = price_rp(name, day), base + 100 * sample(-8, 8, name, "kemarin", day)
            if (name, day) == ("Telur Ayam Ras", "2026-06-01"):
                price = 22
            rows.append(("", f"- {name}", satuan, id_number(before), id_number(price), f"{id_number(100 * (price - before) / before, 2)}%"))
    head = ("NO", "NAMA BAHAN POKOK", "SATUAN", "HARGA KEMARIN", "HARGA SEKARANG", "PERUBAHAN (%)")
    return Reply(html_table(head, rows, title=f"Harga bahan pokok Pasar Masuka, {day} (contoh)", css="harga").encode())


def _stok() -> list[dict[str, object]]:
    return [
        {"_id": number, "kode_kecamatan": kode, "komoditas": komoditas, "bulan": "2026-05", "kebutuhan_ton": f"{need_ton(kode, komoditas):.1f}",
         "stok_ton": f"{stock_ton(kode, komoditas):.1f}"}
        for number, (kode, komoditas) in enumerate(((kode, k) for kode, _ in wilayah(KABUPATEN, "kecamatan") for k in POKOK), start=1)
    ]  # fmt: skip


def datastore_search(request: Request) -> Reply:
    """CKAN's datastore: rows in pages, with the total it declares."""
    rows, limit, offset = _stok(), request.number("limit", 100), request.number("offset", 0)
    result = {"resource_id": request.query.get("resource_id"), "fields": [{"id": name, "type": "text"} for name in rows[0]],
              "records": rows[offset : offset + limit], "limit": limit, "offset": offset, "total": len(rows)}  # fmt: skip
    return json_reply(
        {"help": f"{request.host}/sintang/ckan/api/3/action/help_show?name=datastore_search", "success": True, "result": result}
    )


def package_show(request: Request) -> Reply:
    """CKAN's package: the resource of `stok-pangan` is in the datastore, that of `stok-gudang` is a picture that calls itself CSV."""
    name = request.query.get("id", "stok-pangan")
    live = name == "stok-pangan"
    number = "5f0c3a52-7e0b-4c0e-9d3f-2b6f1a9d0001" if live else "5f0c3a52-7e0b-4c0e-9d3f-2b6f1a9d0002"
    resource = {"id": number, "name": "Stok pangan" if live else "Stok gudang",
                "format": "CSV", "mimetype": "text/csv" if live else "image/png", "datastore_active": live, "position": 0,
                "url": f"{request.host}/sintang/ckan/unduh/{name}.csv"}  # fmt: skip
    return json_reply({"success": True, "result": {"id": name, "name": name, "title": resource["name"], "resources": [resource]}})


def stok_gudang(request: Request) -> Reply:
    """The picture."""
    return Reply(PNG, "text/csv", tagged=True)


def kemiskinan(request: Request) -> Reply:
    """A BPS dynamic table: keys of vervar, var, turvar, tahun and turtahun without separators; one combination is absent."""
    years, places = {"val": [122, 123, 124, 125]}, [(6107, "Sintang"), (9999, "<b>Kalimantan Barat</b>")]
    content = {f"{place}4110{year}0": sample(600, 980, "miskin", place, year) / 100 for place, _ in places for year in years["val"]}
    del content["99994110" + "1220"]
    return json_reply({
        "status": "OK", "data-availability": "available", "last_update": "2026-03-01 08:00:00", "subject": [{"val": 23, "label": "Kemiskinan"}],
        "var": [{"val": 411, "label": "Persentase Penduduk Miskin (contoh)", "unit": "Persen", "subj": "Kemiskinan", "def": "", "decimal": 2, "note": ""}],
        "turvar": [{"val": "0", "label": "Tidak ada"}], "labelvervar": "Kabupaten", "vervar": [{"val": val, "label": label} for val, label in places],
        "tahun": [{"val": year, "label": str(1900 + year)} for year in years["val"]], "turtahun": [{"val": 0, "label": "Tahun"}], "datacontent": content,
    })  # fmt: skip


ROUTES = {
    "/sintang/disdagin/harga": harga_sembako, "/sintang/ckan/api/3/action/datastore_search": datastore_search,
    "/sintang/ckan/api/3/action/package_show": package_show, "/sintang/ckan/unduh/stok-gudang.csv": stok_gudang,
    "/sintang/bps/v1/api/list/model/data/domain/6107/var/411": kemiskinan,
}  # fmt: skip
