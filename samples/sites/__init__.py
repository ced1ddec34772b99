"""Which site of the city answers which path."""

from __future__ import annotations

from collections.abc import Callable

from samples.replies import Reply, Request
from samples.sites import blitar, kediri, kubu_raya, serang, sintang

Site = Callable[[Request], Reply]

ROUTES: dict[str, Site] = {
    path: site for pemda in (blitar, kediri, sintang, serang, kubu_raya) for path, site in pemda.ROUTES.items()
}  # fmt: skip


def route(request: Request) -> Reply:
    """The answer of the site at the request's path; 404 as a page where there is none."""
    if request.path == "/robots.txt":
        return Reply(b"User-agent: *\nAllow: /\n", "text/plain")
    site = ROUTES.get(request.path)
    return site(request) if site else Reply(b"<html><body><h1>404 Halaman tidak ditemukan</h1></body></html>", status=404)
