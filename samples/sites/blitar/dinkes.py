"""The health service of Kota Blitar: two APIs, one by page number and one by offset."""

from __future__ import annotations

from samples.figures import sample, wilayah
from samples.portals import by_offset, by_page
from samples.replies import Reply, Request

KOTA = "35.72"
LAYANAN = (("posyandu_aktif", "unit"), ("balita_stunting", "balita"), ("sekolah_dasar", "unit"), ("tempat_ibadah", "unit"))
SEMESTERS = ("I 2025", "II 2025")


def layanan(request: Request) -> Reply:
    """A paged API that declares its total; on day 2 two figures are corrected. One row names a kelurahan that does not exist."""
    rows = [
        {"kelurahan": name, "indikator": kode_indikator, "tahun": 2025, "nilai": sample(1, 60, kode_indikator, kode), "satuan": satuan}
        for kode, name in wilayah(KOTA, "desa_kelurahan") for kode_indikator, satuan in LAYANAN
    ]  # fmt: skip
    rows[11]["kelurahan"] = "Kebonagung Lor"
    if request.day >= 2:
        rows[20]["nilai"], rows[21]["nilai"] = 77, 78
    return by_page(request, rows, 25)


def kesehatan_ibu_anak(request: Request) -> Reply:
    """Two semesters of what the posyandu report, by offset with a declared total."""
    rows = [
        {"kode": kode, "kelurahan": name.upper(), "semester": semester, "ibu_hamil": sample(20, 160, "ibu hamil", kode, semester),
         "gizi_kurang": sample(0, 24, "gizi", kode, semester), "peserta_jkn": str(sample(2400, 9800, "jkn", kode, semester))}
        for semester in SEMESTERS for kode, name in wilayah(KOTA, "desa_kelurahan")
    ]  # fmt: skip
    return by_offset(request, rows, 20)


ROUTES = {"/blitar/api/layanan": layanan, "/blitar/dinkes/api/kia": kesehatan_ibu_anak}
