"""The sites of the OPD of Kota Serang, assessed twice: by the press in 2024 (facts) and by the city itself in 2026 (samples)."""

from __future__ import annotations

import re

from samples.figures import facts, sample
from samples.paper import semicolons
from samples.replies import Reply, Request, json_reply

STATUS = (("Aktif", 200), ("Kurang Aktif", 200), ("Tidak Aktif", 503))


def situs_opd(request: Request) -> Reply:
    """The 32 sites as the press counted them in December 2024: facts, not samples."""
    return json_reply({"sumber": "titiknol.co.id", "situs": facts("situs_serang_2024")}, tagged=True)


def penilaian(request: Request) -> Reply:
    """A sheet of the second assessment: address, what it answered, the newest item seen; one OPD still has no site."""
    rows: list[tuple[object, ...]] = []
    for number, site in enumerate(facts("situs_serang_2024"), start=1):
        if site["status"].startswith("tanpa"):
            rows.append((number, site["opd"], "-", "-", "-", "Tanpa Situs"))
            continue
        status, answer = STATUS[sample(0, 2, "penilaian", site["opd"])]
        name = re.sub(r"[^a-z0-9]+", "-", site["opd"].lower()).strip("-")
        newest = f"{sample(1, 28, 'hari', site['opd'])}/{sample(1, 4, 'bulan', site['opd'])}/2026"
        rows.append((number, site["opd"], f"https://{name}.serang.example", answer, newest, status))
    head = ("No", "Perangkat Daerah", "Alamat Situs", "Jawaban", "Isi Terakhir", "Penilaian")
    table = semicolons(head, rows).decode("cp1252")
    return Reply(f"PENILAIAN SITUS PERANGKAT DAERAH, 15 MEI 2026 (CONTOH);;;;;\r\n{table}".encode("cp1252"), "text/csv", tagged=True)


ROUTES = {"/serang/diskominfo/situs.json": situs_opd, "/serang/diskominfo/penilaian.csv": penilaian}
