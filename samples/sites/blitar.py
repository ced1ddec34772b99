"""Kota Blitar (35.72): social figures per kelurahan, from three offices in three manners."""

from __future__ import annotations

from samples.figures import sample, wilayah
from samples.paper import semicolons, workbook
from samples.replies import XLSX, Reply, Request, json_reply

KOTA = "35.72"
PPKS = ("Anak Terlantar", "Lanjut Usia Terlantar", "Penyandang Disabilitas", "Gelandangan", "Pengemis")
LAYANAN = (("posyandu_aktif", "unit"), ("balita_stunting", "balita"), ("sekolah_dasar", "unit"), ("tempat_ibadah", "unit"))


def warga_miskin(request: Request) -> Reply:
    """A workbook with three title rows, a head of two merged rows, a running number and a total row."""
    rows: list[list[object]] = [["PEMERINTAH KOTA BLITAR"], ["DATA WARGA MISKIN PER KELURAHAN (CONTOH)"], ["PER 31 MEI 2026"], []]
    rows += [["NO", "KELURAHAN", "WARGA MISKIN", None], [None, None, "INDIVIDU", "KELUARGA"]]
    people = [(name, sample(180, 2400, "miskin", kode)) for kode, name in wilayah(KOTA, "desa_kelurahan")]
    body = [[number, name.upper(), jiwa, jiwa // 3 - 7] for number, (name, jiwa) in enumerate(people, start=1)]
    total = ["JUMLAH", None, sum(row[2] for row in body), sum(row[3] for row in body)]  # type: ignore[misc]
    return Reply(workbook({"Data": [*rows, *body, total]}, merged=["A5:A6", "B5:B6", "C5:D5"]), XLSX, tagged=True)


def ppks(request: Request) -> Reply:
    """Semicolons, cp1252 (the dash of the title), one column per kind; two cells hold junk somebody typed to try the form."""
    names = wilayah(KOTA, "desa_kelurahan")
    rows: list[list[object]] = [[name, *(sample(0, 45, "ppks", kode, jenis) for jenis in PPKS)] for kode, name in names]
    rows[4][2], rows[9][5] = "fd", "-3"
    table = semicolons(["Kelurahan", *PPKS], rows).decode("cp1252")
    return Reply(f"PPKS menurut kelurahan – tahun 2025 (contoh);;;;;\r\n{table}".encode("cp1252"), "text/csv")


def layanan(request: Request) -> Reply:
    """A paged API that declares its total; on day 2 two figures are corrected. One row names a kelurahan that does not exist."""
    rows = [
        {"kelurahan": name, "indikator": kode_indikator, "tahun": 2025, "nilai": sample(1, 60, kode_indikator, kode), "satuan": satuan}
        for kode, name in wilayah(KOTA, "desa_kelurahan") for kode_indikator, satuan in LAYANAN
    ]  # fmt: skip
    rows[11]["kelurahan"] = "Kebonagung Lor"
    if request.day >= 2:
        rows[20]["nilai"], rows[21]["nilai"] = 77, 78
    size, page = 25, request.number("page", 1)
    pages = -(-len(rows) // size)
    return json_reply({"meta": {"page": page, "last_page": pages, "total": len(rows)}, "data": rows[(page - 1) * size : page * size]})


ROUTES = {"/blitar/dinsos/warga-miskin.xlsx": warga_miskin, "/blitar/dinsos/ppks.csv": ppks, "/blitar/api/layanan": layanan}
