"""Kind `bps_webapi`: a dynamic table of BPS (https://webapi.bps.go.id/documentation/); only fetched here, decoded by the parser.

The API answers errors with status 200, and gives a table only for years that are named, few at a time. A contract that names none gets all
there are, one page per year. Its `url` may also be a whole address (or a kept answer): then that is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote, urlsplit

from contracts.errors import ErrorPage, ZeroRows
from extractors.fetching.error_page import Expected
from extractors.fetching.fetched import Fetched
from extractors.fetching.job import Job
from extractors.fetching.json_api import ACCEPT
from extractors.fetching.landing import land
from extractors.fetching.page_facts import declared
from extractors.fetching.small_json import at, small_json
from extractors.http import Request

MAX_LIST_PAGES = 100


def fetch_bps_webapi(job: Job) -> list[Fetched]:
    """The table of `domain` and `var`; `params` (th, turvar, ...) become parts of the path.

    Raises: as `land`; `ErrorPage` where the API says that it failed, `ZeroRows` where it has no year of the table.
    """
    if job.is_local or _is_whole(job.url):
        return [_checked(job, land(job, _request(job, job.url), Expected.API))]
    params = job.request().params
    whole = land(job, _request(job, _address(job, "data", params)), Expected.API)
    refusal = _refusal(job, whole)
    if refusal is None or "th" in params or "th" not in refusal.lower().replace("'", " ").split():
        return [_checked(job, whole)]
    years = _years(job)
    pages = [land(job, _request(job, _address(job, "data", {**params, "th": th})), Expected.API, n) for n, th in enumerate(years, 1)]
    return [_checked(job, page) for page in pages]


def _is_whole(url: str) -> bool:
    path = urlsplit(url).path
    return "/model/" in path or path.endswith(".json")


def _request(job: Job, url: str) -> Request:
    """The API is made for programs; robots.txt speaks of its pages."""
    request = job.request(url=url, asks_robots=False)
    return replace(request, params=request.params if _is_whole(job.url) else {}, headers={**ACCEPT, **request.headers})


def _address(job: Job, model: str, params: Mapping[str, str]) -> str:
    named = {"domain": job.filled(job.source.domain or ""), "var": job.filled(job.source.var or ""), **params}
    parts = "/".join(f"{name}/{quote(value, safe=';:')}" for name, value in named.items())
    return f"{job.url.rstrip('/')}/v1/api/list/model/{model}/{parts}"


def _checked(job: Job, page: Fetched) -> Fetched:
    refusal = _refusal(job, page)
    if refusal is not None:
        raise ErrorPage(page.url, refusal)
    return page


def _refusal(job: Job, page: Fetched) -> str | None:
    """What the API says is wrong, None where it gives a table."""
    with job.archive.local(page.sha256 or "") as path:
        said = declared(path, page.file_name or page.url, ("status", "message"))
    return None if said.get("status") in ("OK", None) else str(said.get("message") or said["status"])


def _years(job: Job) -> list[str]:
    """The ids of all years of the table, from the first to the last page of the API's own list."""
    found: list[str] = []
    for number in range(1, MAX_LIST_PAGES + 1):
        answer = small_json(job, _request(job, _address(job, "th", {"page": str(number)})))
        listed = at(answer, "data", 1)
        found += [str(at(year, "th_id")) for year in listed] if isinstance(listed, list) else []
        if number >= int(str(at(answer, "data", 0, "pages") or 1)):
            break
    if not found:
        raise ZeroRows(f"var {job.source.var}", "daftar tahun BPS")
    return found
