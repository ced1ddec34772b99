"""Kind `ckan`: a package of a CKAN portal (API guide: https://docs.ckan.org/en/latest/api/).

Which bytes are meant follows from the contract: `resource` alone is its file; with `pages` or `records`, its rows in the datastore; no
`resource` but `records` is the package's own description. The API itself is made for programs, and the robots.txt that CKAN ships closes
/api/ to search engines, so it is not asked about the API; about files it is.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from contracts.errors import ErrorPage, MissingResource
from contracts.models.source import Pages, Resource, Source
from contracts.text import normalise
from extractors.fetching.error_page import Expected
from extractors.fetching.fetched import Fetched
from extractors.fetching.job import Job
from extractors.fetching.json_api import ACCEPT
from extractors.fetching.landing import land
from extractors.fetching.paging import walk
from extractors.fetching.small_json import at, small_json
from extractors.http import Request
from extractors.http.redirects import check_target, is_same_site, joined

RECORDS = "result.records.*"
"""Where datastore_search has its rows, for a contract that does not say."""
TOTAL = "result.total"
SIZE = 1000


def fetch_ckan(job: Job) -> list[Fetched]:
    """The file, the datastore's pages, or the description of the contract's package.

    Raises: as `land` and `walk`; `MissingResource`, `ErrorPage` where the API says that it failed.
    """
    source, paged = job.source, paged_rows(job.source)
    if paged is not None:
        return walk(job, _datastore(job), *paged)
    if source.records is not None:
        return [land(job, _action(job, "package_show", id=_package(job)), Expected.API)]
    return [land(job, _file(job, _resource(job)), Expected.DATA)]


def paged_rows(source: Source) -> tuple[Pages, str] | None:
    """How the datastore's rows are walked and where they stand on a page; None where the contract does not mean them."""
    if source.pages is None and (source.records is None or source.resource is None):
        return None
    return _pages(source.pages), source.records or RECORDS


def _action(job: Job, action: str, **params: str) -> Request:
    """A call of the API; a contract may name a kept answer (a file) instead of a portal."""
    request = job.request(asks_robots=False)
    url = job.url if job.is_local else f"{job.url.rstrip('/')}/api/3/action/{action}"
    return replace(request, url=url, params={**request.params, **params} if not job.is_local else {}, headers={**ACCEPT, **request.headers})


def _datastore(job: Job) -> Request:
    """The rows of the resource; a kept answer is taken for its only page."""
    if job.is_local:
        return _action(job, "datastore_search")
    return _action(job, "datastore_search", resource_id=str(_resource(job).get("id")))


def _package(job: Job) -> str:
    return job.filled(job.source.package or "")


def _pages(pages: Pages | None) -> Pages:
    """What the contract says, completed by what CKAN does anyway."""
    pages = pages or Pages(by="offset")
    if pages.by != "offset":
        return pages
    return pages.model_copy(update={"size": pages.size or SIZE, "total": pages.total or TOTAL})


def _resource(job: Job) -> dict[str, object]:
    request = _action(job, "package_show", id=_package(job))
    answer = small_json(job, request)
    if at(answer, "success") is not True:
        raise ErrorPage(request.address, str(at(answer, "error", "message") or "success: false"))
    listed = at(answer, "result", "resources")
    resources = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    matching = _matching(resources, job.source.resource)
    if len(matching) != 1:
        raise MissingResource(_package(job), _wanted(job.source.resource), tuple(str(one.get("name")) for one in resources))
    return matching[0]


def _matching(resources: list[dict[str, object]], wanted: Resource | None) -> list[dict[str, object]]:
    """By position or name; a name may leave out the ending that portals append. Without a wish: the only one."""
    if wanted is None:
        return resources
    if wanted.position is not None:
        return resources[wanted.position : wanted.position + 1]
    names = [normalise(str(one.get("name") or "")) for one in resources]
    name = normalise(wanted.name or "")
    whole = [one for one, found in zip(resources, names, strict=True) if found == name]
    return whole or [one for one, found in zip(resources, names, strict=True) if PurePosixPath(found).stem == name]


def _wanted(wanted: Resource | None) -> str:
    if wanted is None:
        return "satu-satunya berkas"
    return wanted.name or f"posisi {wanted.position}"


def _file(job: Job, resource: dict[str, object]) -> Request:
    """The resource's file, often on another host: the portal's credentials stay at home then."""
    url = joined(job.url if job.is_local else f"{job.url.rstrip('/')}/", str(resource.get("url") or ""))
    if job.is_local and url.startswith("file:"):
        return Request(url)
    if not job.is_local:
        check_target(job.url, url)
    is_home = not job.is_local and is_same_site(job.url, url)
    return Request(url, headers=job.request().headers if is_home else {}, credentials=job.source.credentials if is_home else None)
