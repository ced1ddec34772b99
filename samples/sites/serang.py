"""Kota Serang (36.73): which OPD keeps its site alive (published facts of 2024), and who lives where."""

from __future__ import annotations

from samples.figures import facts, sample, wilayah
from samples.paper import workbook
from samples.replies import XLSX, Reply, Request, json_reply

KOTA = "36.73"


def situs_opd(request: Request) -> Reply:
    """The 32 sites as the press counted them in December 2024: facts, not samples."""
    return json_reply({"sumber": "titiknol.co.id", "situs": facts("situs_serang_2024")}, tagged=True)


def penduduk(request: Request) -> Reply:
    """Two sheets, the first a cover; people per kelurahan with a heading row before each kecamatan and a grand total."""
    rows: list[list[object]] = [
        ["JUMLAH PENDUDUK MENURUT KELURAHAN SEMESTER II 2025 (CONTOH)"],
        [],
        ["NO", "KELURAHAN", "LAKI-LAKI", "PEREMPUAN", "JUMLAH"],
    ]
    total = [0, 0]
    for kode_kecamatan, kecamatan in wilayah(KOTA, "kecamatan"):
        rows.append(["KECAMATAN " + kecamatan.upper(), None, None, None, None])
        for number, (kode, name) in enumerate(wilayah(kode_kecamatan, "desa_kelurahan"), start=1):
            pria, wanita = sample(1500, 9000, "pria", kode), sample(1500, 9000, "wanita", kode)
            rows.append([number, name, pria, wanita, pria + wanita])
            total = [total[0] + pria, total[1] + wanita]
    rows.append(["TOTAL", None, *total, sum(total)])
    return Reply(workbook({"Sampul": [["Profil kependudukan (contoh)"]], "Penduduk": rows}, merged=["A1:B1"]), XLSX)


ROUTES = {"/serang/diskominfo/situs.json": situs_opd, "/serang/disdukcapil/penduduk.xlsx": penduduk}
