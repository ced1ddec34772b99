"""Points on the map of Kota Kediri, from three offices: posyandu and pustu, pos kamling, the kelurahan's offices and the heads of the RT."""

from __future__ import annotations

from samples.figures import sample, wilayah
from samples.paper import html_table, semicolons, workbook
from samples.replies import XLSX, Reply, Request, json_reply

KOTA = "35.71"


def _point(kode: str, *name: object) -> tuple[str, str]:
    """A sample point near the city (7.85 S, 112.02 E), in decimal degrees as text."""
    return f"-7.{sample(790000, 880000, 'lat', kode, *name)}", f"112.{sample(10000, 60000, 'lon', kode, *name):06d}"


def posyandu(request: Request) -> Reply:
    """A paged API with a next link, two posyandu per kelurahan; one has latitude and longitude in each other's place."""
    rows = []
    for kode, name in wilayah(KOTA, "desa_kelurahan"):
        for number in (1, 2):
            lintang, bujur = _point(kode, "posyandu", number)
            rows.append({"nama": f"Posyandu {name} {number}", "kelurahan": name, "lintang": lintang, "bujur": bujur})
    rows[30]["lintang"], rows[30]["bujur"] = rows[30]["bujur"], rows[30]["lintang"]
    start, size = request.number("mulai", 0), 40
    more = f"/kediri/api/posyandu?mulai={start + size}" if start + size < len(rows) else None
    return json_reply({"hasil": rows[start : start + size], "berikut": more, "jumlah": len(rows)})


def pos_kamling(request: Request) -> Reply:
    """A plain CSV, five posts per kelurahan; on day 2 it ends after a tenth, as exports do when a disk is full."""
    lines = ["nama,kelurahan,rw,latitude,longitude"]
    for kode, name in wilayah(KOTA, "desa_kelurahan"):
        for rw in range(1, 6):
            lintang, bujur = _point(kode, "kamling", rw)
            lines.append(f"Pos Kamling RW {rw:02d} {name},{name},{rw},{lintang},{bujur}")
    kept = lines if request.day == 1 else lines[:24]
    return Reply(("\n".join(kept) + "\n").encode(), "text/csv", tagged=True)


def kantor_kelurahan(request: Request) -> Reply:
    """A page saved with the ending .xls: HTML inside, one office per kelurahan."""
    rows = []
    for number, (kode, name) in enumerate(wilayah(KOTA, "desa_kelurahan"), start=1):
        lintang, bujur = _point(kode, "kantor")
        rows.append((number, f"Kantor Kelurahan {name}", name, lintang.replace(".", ","), bujur.replace(".", ",")))
    page = html_table(("No", "Nama Kantor", "Kelurahan", "Lintang", "Bujur"), rows, title="Kantor kelurahan (contoh)")
    return Reply(page.encode(), "application/vnd.ms-excel", tagged=True)


def rukun_tetangga(request: Request) -> Reply:
    """Three RT per kelurahan: semicolons, decimal commas, a byte order mark before the head."""
    rows = []
    for kode, name in wilayah(KOTA, "desa_kelurahan"):
        for number in (1, 2, 3):
            lintang, bujur = _point(kode, "rt", number)
            rows.append((kode, name, f"RT {number:03d} RW 001", lintang.replace(".", ","), bujur.replace(".", ",")))
    return Reply(semicolons(("KODE", "KELURAHAN", "RT", "LINTANG", "BUJUR"), rows, "utf-8-sig"), "text/csv", tagged=True)


def puskesmas_pembantu(request: Request) -> Reply:
    """A workbook with a title: one pustu per kelurahan with its address, coordinates as numbers."""
    rows: list[list[object]] = [["PUSKESMAS PEMBANTU KOTA KEDIRI (CONTOH)"], ["No", "Nama", "Alamat", "Kelurahan", "Latitude", "Longitude"]]
    for number, (kode, name) in enumerate(wilayah(KOTA, "desa_kelurahan"), start=1):
        lintang, bujur = _point(kode, "pustu")
        rows.append([number, f"Pustu {name}", f"Jl. {name} No. {sample(1, 90, 'pustu', kode)}", name.upper(), float(lintang), float(bujur)])
    return Reply(workbook({"Pustu": rows}), XLSX, tagged=True)


ROUTES = {
    "/kediri/api/posyandu": posyandu, "/kediri/satpolpp/pos_kamling.csv": pos_kamling, "/kediri/pemerintahan/kantor_kelurahan.xls": kantor_kelurahan,
    "/kediri/pemerintahan/rt.csv": rukun_tetangga, "/kediri/dinkes/pustu.xlsx": puskesmas_pembantu,
}  # fmt: skip
