"""The town hall of Kubu Raya: how accountable it finds itself, what each OPD promised and reached, and its regulations; on day 2 one is down."""

from __future__ import annotations

from samples.figures import id_number, sample
from samples.paper import html_table, workbook
from samples.replies import XLSX, Reply, Request, json_reply

OPD = (
    "Badan Perencanaan Pembangunan, Riset dan Inovasi Daerah", "Dinas Kesehatan", "Dinas Sosial", "Dinas Kependudukan dan Pencatatan Sipil",
    "Dinas Komunikasi dan Informatika", "Dinas Lingkungan Hidup", "Dinas Pemberdayaan Masyarakat dan Desa",
    "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu", "Dinas Pekerjaan Umum dan Penataan Ruang",
)  # fmt: skip
INDIKATOR = (("Nilai evaluasi akuntabilitas kinerja", "nilai", 60, 85), ("Indeks kepuasan masyarakat", "indeks", 76, 92))
TENTANG = (
    "Pajak daerah dan retribusi daerah",
    "Pengelolaan sampah",
    "Satu data tingkat kabupaten",
    "Bangunan gedung",
    "Pemilihan kepala desa",
)


def akip(request: Request) -> Reply:
    """Scores of accountability per year; on day 2 the application is down."""
    if request.day >= 2:
        return Reply(b"<html><body><h1>503 Layanan tidak tersedia</h1></body></html>", status=503)
    return json_reply(
        {"nilai": [{"tahun": str(year), "skor": f"{sample(5500, 7900, 'akip', year) / 100:.2f}"} for year in range(2019, 2026)]}
    )


def lakip(request: Request) -> Reply:
    """One sheet per year, figures as text with decimal commas, the OPD only in the first of its rows."""
    sheets: dict[str, list[list[object]]] = {}
    for year in (2024, 2025):
        rows: list[list[object]] = [
            ["LAPORAN KINERJA PERANGKAT DAERAH (CONTOH)"],
            [f"TAHUN {year}"],
            ["Perangkat Daerah", "Indikator Kinerja", "Satuan", "Target", "Realisasi", "Capaian (%)"],
        ]
        for opd in OPD:
            for number, (name, satuan, low, high) in enumerate(INDIKATOR):
                target, reached = (
                    sample(low * 10, high * 10, "target", opd, name, year) / 10,
                    sample(low * 10, high * 10, opd, name, year) / 10,
                )
                share = id_number(100 * reached / target, 2)
                rows.append([None if number else opd, name, satuan, id_number(target, 1), id_number(reached, 1), share])
        sheets[str(year)] = rows
    return Reply(workbook(dict(sheets)), XLSX, tagged=True)


def peraturan(request: Request) -> Reply:
    """The regulations of three years, newest first, dates in words."""
    rows = [
        (number, f"Nomor {number} Tahun {year}", f"{tentang} ({year})", f"{sample(1, 28, 'tanggal', tentang, year)} Maret {year}")
        for year in (2025, 2024, 2023)
        for number, tentang in enumerate(TENTANG, start=1)
    ]
    page = html_table(("No", "Peraturan", "Tentang", "Diundangkan"), rows, title="Peraturan daerah (contoh)")
    return Reply(page.encode(), tagged=True)


ROUTES = {"/kuburaya/setda/akip.json": akip, "/kuburaya/setda/lakip.xlsx": lakip, "/kuburaya/hukum/peraturan": peraturan}
