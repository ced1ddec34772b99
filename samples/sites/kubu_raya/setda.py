"""The town hall of Kubu Raya: how accountable it finds itself; on day 2 the application is down."""

from __future__ import annotations

from samples.figures import sample
from samples.replies import Reply, Request, json_reply


def akip(request: Request) -> Reply:
    """Scores of accountability per year; on day 2 the application is down."""
    if request.day >= 2:
        return Reply(b"<html><body><h1>503 Layanan tidak tersedia</h1></body></html>", status=503)
    return json_reply(
        {"nilai": [{"tahun": str(year), "skor": f"{sample(5500, 7900, 'akip', year) / 100:.2f}"} for year in range(2019, 2026)]}
    )


ROUTES = {"/kuburaya/setda/akip.json": akip}
