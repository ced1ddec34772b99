"""The social service of Kota Blitar: the poor, those in need of social services by kind, and who receives aid."""

from __future__ import annotations

from itertools import product

from samples.figures import id_number, sample, wilayah
from samples.paper import html_table, semicolons, workbook
from samples.replies import XLSX, Reply, Request

KOTA = "35.72"
PPKS = ("Anak Terlantar", "Lanjut Usia Terlantar", "Penyandang Disabilitas", "Gelandangan", "Pengemis")
PPKS_BEFORE = ("Anak Terlantar", "Lanjut Usia Terlantar", "Penyandang Disabilitas", "Pemulung")
BEFORE = (2023, 2024)
MONTHS = ("April 2026", "Mei 2026")


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


def ppks_riwayat(request: Request) -> Reply:
    """The years before on a page: one row per kelurahan and kind, one column per year, the kind written as the law names it."""
    rows = [
        (f"Kel. {name}", jenis, *(sample(0, 48, "ppks", kode, jenis, year) for year in BEFORE))
        for (kode, name), jenis in product(wilayah(KOTA, "desa_kelurahan"), PPKS_BEFORE)
    ]
    head = ("Kelurahan", "Jenis PPKS", *(f"Tahun {year}" for year in BEFORE))
    return Reply(html_table(head, rows, title="PPKS Kota Blitar 2023 sampai 2024 (contoh)").encode(), tagged=True)


def bansos(request: Request) -> Reply:
    """Who receives aid in a month, the months one below the other, each with its total."""
    rows: list[list[object]] = []
    for month in MONTHS:
        body = [
            (name, sample(30, 1900, "pkh", kode, month), sample(40, 2600, "bpnt", kode, month))
            for kode, name in wilayah(KOTA, "desa_kelurahan")
        ]
        rows += [[month, name, id_number(pkh), id_number(bpnt)] for name, pkh, bpnt in body]
        rows.append(["JUMLAH", "", id_number(sum(row[1] for row in body)), id_number(sum(row[2] for row in body))])
    return Reply(semicolons(("Bulan", "Kelurahan", "PKH (KPM)", "BPNT (KPM)"), rows), "text/csv")


ROUTES = {
    "/blitar/dinsos/warga-miskin.xlsx": warga_miskin, "/blitar/dinsos/ppks.csv": ppks, "/blitar/dinsos/ppks-riwayat": ppks_riwayat,
    "/blitar/dinsos/bansos.csv": bansos,
}  # fmt: skip
