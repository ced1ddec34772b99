"""From one page to the next, for each manner of paging."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlsplit, urlunsplit

from contracts.errors import UnsafeUrl
from contracts.models.source import Pages
from extractors.fetching.walked import Walked
from extractors.http import Request
from extractors.http.redirects import check_target, is_same_site, joined

Step = Callable[[Walked, Request], Request | None]
DEFAULT_PARAM = {"page": "page", "offset": "offset", "cursor": "cursor"}
DEFAULT_SIZE_PARAM = "limit"


def first_request(pages: Pages, request: Request) -> Request:
    """The request for the first page: its number or offset, and the size, where the contract names one."""
    if pages.size is not None:
        request = _asking(request, pages.size_param or DEFAULT_SIZE_PARAM, str(pages.size))
    start = _first(pages)
    return request if start is None else _asking(request, _param(pages), str(start))


def next_request(walked: Walked, request: Request) -> Request | None:
    """The request for the page after the newest one, None behind the last. Raises: `UnsafeUrl` for a link to another host."""
    return STEPS[walked.pages.by](walked, request)


def _by_page(walked: Walked, request: Request) -> Request | None:
    number = (_first(walked.pages) or 0) + len(walked.fetched)
    goes_on = number <= walked.last if walked.last is not None else _is_more(walked)
    return _asking(request, _param(walked.pages), str(number)) if goes_on else None


def _by_offset(walked: Walked, request: Request) -> Request | None:
    """On by what came, not by what was asked for: servers cap the size without a word."""
    offset = (_first(walked.pages) or 0) + walked.received
    return _asking(request, _param(walked.pages), str(offset)) if _is_more(walked) else None


def _by_cursor(walked: Walked, request: Request) -> Request | None:
    cursor = walked.next_value()
    return None if cursor is None else _asking(request, _param(walked.pages), cursor)


def _by_next(walked: Walked, request: Request) -> Request | None:
    link = walked.next_value()
    if link is None:
        return None
    target = joined(request.address, link)
    check_target(request.url, target)
    if not is_same_site(request.url, target):
        raise UnsafeUrl(target, "tautan halaman berikutnya menuju situs lain")
    return replace(request, url=target, params={})


STEPS: dict[str, Step] = {"page": _by_page, "offset": _by_offset, "cursor": _by_cursor, "next": _by_next}


def _is_more(walked: Walked) -> bool:
    """Until the declared total is there; where none is declared, until a page is empty."""
    return walked.latest.records > 0 and (not walked.totals or walked.received < walked.totals[-1])


def _first(pages: Pages) -> int | None:
    if pages.first is not None:
        return pages.first
    return {"page": 1, "offset": 0}.get(pages.by)


def _param(pages: Pages) -> str:
    return pages.param or DEFAULT_PARAM[pages.by]


def _asking(request: Request, name: str, value: str) -> Request:
    """With one parameter more: in the fields of the body where there are any, else in the address."""
    if request.method == "POST" and not isinstance(request.body, str | None):
        return replace(request, body={**request.body, name: value})
    return replace(request, url=_without(request.url, name), params={**request.params, name: value})


def _without(url: str, name: str) -> str:
    """An address that no longer names a parameter: of two pages in one address a server takes the one it likes."""
    parts = urlsplit(url)
    kept = [pair for pair in parts.query.split("&") if pair.partition("=")[0] != name]
    return urlunsplit(parts._replace(query="&".join(kept)))
