"""Where a redirect may lead, and what may travel along.

A site may move its file, but never make us read a local file, leave encryption, reach into our own network, or hand our credentials on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import SplitResult, urldefrag, urljoin, urlsplit

from contracts.errors import UnsafeUrl
from extractors.http.link_local import REASON, ip_of, is_link_local
from extractors.http.request import Request

MAX_REDIRECTS = 10
_TRAVELLING = ("accept", "accept-language", "content-type")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def redirected(request: Request, status: int, location: str) -> Request:
    """The request that follows `status` (301, 302, 303, 307, 308) and `location`.

    303, and 301/302 after POST, go on as GET without a body (RFC 9110 15.4). To another site only harmless headers go along.
    Raises: `UnsafeUrl`.
    """
    target = joined(request.url, location)
    check_target(request.address, target)
    is_get = status == 303 or (status in (301, 302) and request.method == "POST")
    method, body = ("GET", None) if is_get else (request.method, request.body)
    moved = replace(request, url=target, params={}, method=method, body=body)
    return moved if is_same_site(request.url, target) else replace(moved, headers=_harmless(request.headers), credentials=None)


def joined(url: str, reference: str) -> str:
    """The absolute address a page at `url` means by `reference`. Raises: `UnsafeUrl`."""
    try:
        return urldefrag(urljoin(url, reference)).url
    except ValueError:
        raise UnsafeUrl(reference, "bukan alamat yang sah") from None


def check_target(source: str, target: str) -> None:
    """Refuse an address that a site must not lead us to: other schemes, from https to http, from outside to inside, link-local.

    Raises: `UnsafeUrl`.
    """
    before, after = parts_of(source), parts_of(target)
    if before.scheme == "https" and after.scheme == "http":
        raise UnsafeUrl(target, f"{source} mengalihkan ke alamat tanpa enkripsi")
    if _is_inside(after) and not _is_inside(before):
        raise UnsafeUrl(target, f"{source} mengalihkan ke jaringan dalam")


def parts_of(url: str) -> SplitResult:
    """The parts of an address with a host, over http or https, without a user and not link-local. Raises: `UnsafeUrl`."""
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in _DEFAULT_PORTS and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        is_web = False
    if not is_web:
        raise UnsafeUrl(url, "bukan alamat http(s)")
    if parts.username is not None or parts.password is not None:
        raise UnsafeUrl(url, "memuat nama pengguna; pakai `credentials:`")
    if is_link_local(_host(parts)):
        raise UnsafeUrl(url, REASON)
    return parts


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port. Raises: `UnsafeUrl`."""
    parts = parts_of(url)
    return parts.scheme, _host(parts), parts.port or _DEFAULT_PORTS[parts.scheme]


def is_same_site(source: str, target: str) -> bool:
    """Same host and port, or the same host gone from http to https."""
    before, after = origin(source), origin(target)
    is_upgraded = (before[0], before[2], after[0], after[2]) == ("http", 80, "https", 443)
    return before[1] == after[1] and (before == after or is_upgraded)


def _harmless(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() in _TRAVELLING}


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").lower().rstrip(".")


def _is_inside(parts: SplitResult) -> bool:
    """Whether the host is this machine or a private network, as far as its name tells."""
    host = _host(parts)
    ip = ip_of(host)
    return not ip.is_global if ip else host == "localhost" or host.endswith((".localhost", ".local", ".internal"))
