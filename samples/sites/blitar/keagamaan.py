"""Religion in Kota Blitar: the places of worship from Kementerian Agama, the teachers and circles from the town hall."""

from __future__ import annotations

from samples.figures import sample, wilayah
from samples.paper import html_table, workbook
from samples.replies import XLSX, Reply, Request

KOTA = "35.72"
RUMAH_IBADAH = (("Masjid", 2, 14), ("Musala", 3, 30), ("Gereja", 0, 4), ("Pura", 0, 1), ("Wihara", 0, 1))
YEARS = (2024, 2025)


def rumah_ibadah(request: Request) -> Reply:
    """A page with one column per kind, a dash where there is none, and a total row."""
    rows: list[list[object]] = []
    total = [0] * len(RUMAH_IBADAH)
    for number, (kode, name) in enumerate(wilayah(KOTA, "desa_kelurahan"), start=1):
        figures = [sample(low, high, jenis, kode) for jenis, low, high in RUMAH_IBADAH]
        rows.append([number, name, *(figure or "-" for figure in figures)])
        total = [a + b for a, b in zip(total, figures, strict=True)]
    rows.append(["", "JUMLAH", *total])
    head = ("No", "Kelurahan", *(jenis for jenis, _, _ in RUMAH_IBADAH))
    return Reply(html_table(head, rows, title="Rumah ibadah, keadaan 31 Desember 2024 (contoh)").encode(), tagged=True)


def lembaga_keagamaan(request: Request) -> Reply:
    """One sheet for each year, each with its title row."""
    sheets: dict[str, list[list[object]]] = {}
    for year in YEARS:
        rows: list[list[object]] = [[f"LEMBAGA KEAGAMAAN TAHUN {year} (CONTOH)"], ["KELURAHAN", "GURU MENGAJI (ORANG)", "MAJELIS TAKLIM"]]
        rows += [
            [name.upper(), sample(4, 60, "guru", kode, year), sample(1, 12, "majelis", kode, year)]
            for kode, name in wilayah(KOTA, "desa_kelurahan")
        ]
        sheets[str(year)] = rows
    return Reply(workbook(dict(sheets)), XLSX, tagged=True)


ROUTES = {"/blitar/kemenag/rumah-ibadah": rumah_ibadah, "/blitar/kesra/lembaga.xlsx": lembaga_keagamaan}
