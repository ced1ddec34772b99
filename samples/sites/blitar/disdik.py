"""The education service of Kota Blitar: pupils and schools in a workbook with merged heads, and who left school in a portal of its own."""

from __future__ import annotations

from samples.figures import sample, wilayah
from samples.paper import workbook
from samples.portals import ckan_package, ckan_rows
from samples.replies import XLSX, Reply, Request

KOTA = "35.72"
YEARS = ("2024", "2025")


def siswa(request: Request) -> Reply:
    """Two rows of merged heads, a grand total at the end, a cover sheet before it."""
    rows: list[list[object]] = [["REKAPITULASI SATUAN PENDIDIKAN DAN SISWA"], ["KOTA BLITAR, TAHUN 2025 (CONTOH)"], []]
    rows += [["No", "Kelurahan", "Siswa", None, "Sekolah", None], [None, None, "SD", "SMP", "SD", "SMP"]]
    body: list[list[int]] = []
    for number, (kode, name) in enumerate(wilayah(KOTA, "desa_kelurahan"), start=1):
        body.append(
            [sample(180, 1400, "siswa sd", kode), sample(0, 900, "siswa smp", kode), sample(1, 6, "sd", kode), sample(0, 3, "smp", kode)]
        )
        rows.append([number, f"Kelurahan {name}", *body[-1]])
    rows.append(["Jumlah", None, *(sum(column) for column in zip(*body, strict=True))])
    return Reply(
        workbook({"Rekap": rows, "Keterangan": [["Sumber: laporan sekolah (contoh)"]]}, merged=["A4:A5", "B4:B5", "C4:D4", "E4:F4"]),
        XLSX,
        tagged=True,
    )


def package(request: Request) -> Reply:
    """The portal's one package."""
    return ckan_package(request, "/blitar/ckan", {"anak-putus-sekolah": "Anak putus sekolah"})


def rows(request: Request) -> Reply:
    """Children who left school, per kelurahan and year."""
    found = [
        {"tahun": year, "kode_kelurahan": kode, "kelurahan": name, "anak_putus_sekolah": str(sample(0, 14, "putus", kode, year))}
        for year in YEARS
        for kode, name in wilayah(KOTA, "desa_kelurahan")
    ]
    return ckan_rows(request, {"anak-putus-sekolah": found})


ROUTES = {
    "/blitar/disdik/siswa.xlsx": siswa, "/blitar/ckan/api/3/action/package_show": package, "/blitar/ckan/api/3/action/datastore_search": rows,
}  # fmt: skip
