"""The people of Kota Serang: who lives in each of the 67 kelurahan, in how many families, how their children and the needy fare."""

from __future__ import annotations

from samples.figures import id_number, sample, wilayah
from samples.paper import html_table, semicolons, workbook
from samples.portals import by_page
from samples.replies import XLSX, Reply, Request

KOTA = "36.73"
PPKS = ("Anak Terlantar", "Lanjut Usia Terlantar", "Penyandang Disabilitas", "Pemulung")


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


def keluarga(request: Request) -> Reply:
    """A page saved with the ending .xls; names repeat between kecamatan, so both stand in the row."""
    rows = [
        (kecamatan, name, id_number(sample(800, 5200, "keluarga", kode)))
        for kode_kecamatan, kecamatan in wilayah(KOTA, "kecamatan")
        for kode, name in wilayah(kode_kecamatan, "desa_kelurahan")
    ]
    page = html_table(("Kecamatan", "Kelurahan", "Kepala Keluarga"), rows, title="Kepala keluarga semester II 2025 (contoh)")
    return Reply(page.encode(), "application/vnd.ms-excel", tagged=True)


def kesehatan(request: Request) -> Reply:
    """Children under five and the posyandu, by page number with codes of the Kemendagri."""
    rows = [
        {"kode_kelurahan": kode, "tahun": 2025, "balita": sample(120, 1400, "balita", kode), "balita_stunting": sample(2, 130, "stunting", kode),
         "posyandu": sample(2, 16, "posyandu", kode)}
        for kode, _ in wilayah(KOTA, "desa_kelurahan")
    ]  # fmt: skip
    return by_page(request, rows, 30)


def ppks(request: Request) -> Reply:
    """One column per kind, an empty cell where there is nobody."""
    rows = [(kode, *(sample(0, 60, "ppks", kode, jenis) or "" for jenis in PPKS)) for kode, _ in wilayah(KOTA, "desa_kelurahan")]
    return Reply(semicolons(("Kode Kelurahan", *PPKS), rows), "text/csv")


ROUTES = {
    "/serang/disdukcapil/penduduk.xlsx": penduduk, "/serang/disdukcapil/keluarga.xls": keluarga, "/serang/dinkes/api/balita": kesehatan,
    "/serang/dinsos/ppks.csv": ppks,
}  # fmt: skip
