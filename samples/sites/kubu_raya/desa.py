"""The desa of Kubu Raya: how far each has come, and how many RT, RW and dusun it has."""

from __future__ import annotations

from samples.figures import id_number, sample, wilayah
from samples.paper import html_table, workbook
from samples.replies import XLSX, Reply, Request

KABUPATEN = "61.12"
STATUS = ((8000, "MANDIRI"), (7000, "MAJU"), (0, "BERKEMBANG"))


def indeks_desa(request: Request) -> Reply:
    """The index per desa with decimal commas as text, and the words that follow from it."""
    rows: list[list[object]] = [
        ["INDEKS DESA KABUPATEN KUBU RAYA"],
        ["TAHUN 2025 (CONTOH)"],
        ["NO", "KODE DESA", "KECAMATAN", "DESA", "NILAI", "STATUS"],
    ]
    names = dict(wilayah(KABUPATEN, "kecamatan"))
    for number, (kode, name) in enumerate(wilayah(KABUPATEN, "desa_kelurahan"), start=1):
        score = sample(5600, 9100, "indeks", kode)
        status = next(word for low, word in STATUS if score >= low)
        rows.append([number, kode, names[kode[:8]], name, id_number(score / 100, 2), status])
    return Reply(workbook({"Indeks": rows}), XLSX, tagged=True)


def lembaga(request: Request) -> Reply:
    """RT, RW and dusun per desa on a page, a total of each kecamatan after its desa."""
    rows: list[tuple[object, ...]] = []
    for kode_kecamatan, kecamatan in wilayah(KABUPATEN, "kecamatan"):
        desa = [
            (name, sample(2, 6, "dusun", kode), sample(3, 18, "rw", kode), sample(8, 96, "rt", kode))
            for kode, name in wilayah(kode_kecamatan, "desa_kelurahan")
        ]
        rows += [(kecamatan, *row) for row in desa]
        rows.append(("JUMLAH", "", *(sum(int(row[column]) for row in desa) for column in (1, 2, 3))))
    head = ("Kecamatan", "Desa", "Dusun", "RW", "RT")
    return Reply(html_table(head, rows, title="Lembaga kemasyarakatan desa tahun 2025 (contoh)").encode(), tagged=True)


ROUTES = {"/kuburaya/bappeda/indeks_desa.xlsx": indeks_desa, "/kuburaya/dpmd/lembaga": lembaga}
