"""The civil registry of Kota Kediri: who lives in each kelurahan, and in how many families."""

from __future__ import annotations

from samples.figures import id_number, sample, wilayah
from samples.paper import html_table, workbook
from samples.replies import XLSX, Reply, Request

KOTA = "35.71"


def penduduk(request: Request) -> Reply:
    """A heading row before the kelurahan of each kecamatan, the sexes under one merged head, a total at the end."""
    rows: list[list[object]] = [
        ["DATA KEPENDUDUKAN BERSIH (CONTOH)"],
        ["SEMESTER II TAHUN 2025"],
        ["KELURAHAN", "JENIS KELAMIN", None, "JUMLAH"],
        [None, "L", "P", None],
    ]
    total = [0, 0]
    for kode_kecamatan, kecamatan in wilayah(KOTA, "kecamatan"):
        rows.append([f"Kecamatan {kecamatan}", None, None, None])
        for kode, name in wilayah(kode_kecamatan, "desa_kelurahan"):
            pria, wanita = sample(1200, 6500, "Penduduk Laki-laki", kode), sample(1200, 6500, "Penduduk Perempuan", kode)
            rows.append([name.upper(), pria, wanita, pria + wanita])
            total = [total[0] + pria, total[1] + wanita]
    rows.append(["KOTA KEDIRI", *total, sum(total)])
    return Reply(workbook({"DKB": rows}, merged=["A3:A4", "B3:C3", "D3:D4"]), XLSX, tagged=True)


def keluarga(request: Request) -> Reply:
    """Families on a page; numbers with dots, the kelurahan with `Kel.` before its name."""
    rows = [(kode, f"Kel. {name}", id_number(sample(700, 4200, "Kepala Keluarga", kode))) for kode, name in wilayah(KOTA, "desa_kelurahan")]
    return Reply(
        html_table(("Kode", "Kelurahan", "Kepala Keluarga"), rows, title="Kepala keluarga semester II 2025 (contoh)").encode(), tagged=True
    )


ROUTES = {"/kediri/disdukcapil/penduduk.xlsx": penduduk, "/kediri/disdukcapil/keluarga": keluarga}
