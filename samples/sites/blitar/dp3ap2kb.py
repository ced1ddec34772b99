"""The service for women and children of Kota Blitar: cases of violence per quarter."""

from __future__ import annotations

from samples.figures import sample, wilayah
from samples.paper import semicolons
from samples.replies import Reply, Request

KOTA = "35.72"
QUARTERS = ("Triwulan IV 2025", "Triwulan I 2026")


def kekerasan(request: Request) -> Reply:
    """Cases against women and children; nought is left empty, as the form says."""
    rows = [
        (quarter, kode, name, *(sample(0, 6, who, kode, quarter) or "" for who in ("perempuan", "anak")))
        for quarter in QUARTERS
        for kode, name in wilayah(KOTA, "desa_kelurahan")
    ]
    return Reply(semicolons(("Triwulan", "Kode", "Kelurahan", "Perempuan", "Anak"), rows), "text/csv")


ROUTES = {"/blitar/dp3ap2kb/kekerasan.csv": kekerasan}
