"""The civil registry of Kubu Raya: people, families and birth certificates per desa."""

from __future__ import annotations

from samples.figures import id_number, sample, wilayah
from samples.paper import semicolons, workbook
from samples.replies import XLSX, Reply, Request

KABUPATEN = "61.12"
SEMESTERS = ("SEMESTER I 2025", "SEMESTER II 2025")


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


def keluarga(request: Request) -> Reply:
    """Families per desa: the code cut into its four parts, as the national application exports it."""
    rows = [(*map(int, kode.split(".")), name, sample(180, 4600, "keluarga", kode)) for kode, name in wilayah(KABUPATEN, "desa_kelurahan")]
    return Reply(semicolons(("PROV", "KAB", "KEC", "DESA", "NAMA DESA", "KEPALA KELUARGA"), rows), "text/csv", tagged=True)


def akta_kelahiran(request: Request) -> Reply:
    """A column for each semester, the kecamatan only in the first of its rows."""
    rows: list[list[object]] = [["AKTA KELAHIRAN YANG TERBIT (CONTOH)"], ["KECAMATAN", "DESA", *SEMESTERS]]
    for kode_kecamatan, kecamatan in wilayah(KABUPATEN, "kecamatan"):
        for number, (kode, name) in enumerate(wilayah(kode_kecamatan, "desa_kelurahan")):
            rows.append([None if number else kecamatan, name, *(sample(4, 190, "akta", kode, semester) for semester in SEMESTERS)])
    return Reply(workbook({"Akta": rows}), XLSX, tagged=True)


ROUTES = {
    "/kuburaya/disdukcapil/penduduk.csv": penduduk, "/kuburaya/disdukcapil/keluarga.csv": keluarga, "/kuburaya/disdukcapil/akta.xlsx": akta_kelahiran,
}  # fmt: skip
