"""Walking a paged source from its first page to its last, and proving that nothing is missing.

A feed that stops early would look like one that shrank. So whatever the source declares of its own size is compared with what came, the
last page is fetched, and a walk that turns in circles ends as a failure.
"""

from __future__ import annotations

from contracts.errors import HttpStatusError, RepeatedPages, TooLarge, TooManyPages, WrongFormat
from contracts.models.source import Pages
from contracts.settings import settings
from extractors.fetching.completeness import check_complete, is_proven_whole
from extractors.fetching.fetched import Fetched
from extractors.fetching.job import Job
from extractors.fetching.landing import land
from extractors.fetching.page_form import JSON_PAGES, PageForm
from extractors.fetching.page_steps import first_request, next_request
from extractors.fetching.walked import Walked
from extractors.http import Request

MAX_PAGES = 10_000
NOT_FOUND = 404


def walk(job: Job, request: Request, pages: Pages, records: str | None, form: PageForm = JSON_PAGES) -> list[Fetched]:
    """All pages of a source, in their order; each is kept before the next is asked for. A local file is the only page there is.

    `request`: as the contract words it, without a page. Raises: the `FetchError` family, `BadJson`, `WrongFormat`; `IncompletePages` and
    `MoreThanDeclared` (not what the source declared), `RepeatedPages` (circles), `TooManyPages`, `UnsafeUrl` (a link to another host).
    """
    walked = Walked(pages)
    upcoming: Request | None = request if job.is_local else first_request(pages, request)
    while upcoming is not None and _take(job, walked, upcoming, records, form):
        upcoming = None if job.is_local else next_request(walked, upcoming)
    check_complete(walked)
    is_mark = len(walked.fetched) > 1 and walked.latest.records == 0  # the empty page that only says: no more
    return walked.fetched[:-1] if is_mark else walked.fetched


def _take(job: Job, walked: Walked, request: Request, records: str | None, form: PageForm) -> bool:
    """Fetch one page and read what it says of itself and of the others; False behind the last one, where nothing stands."""
    halaman = len(walked.fetched) + 1
    if request.address in walked.addresses:
        raise RepeatedPages(walked.file_name, halaman)
    if halaman > MAX_PAGES:
        raise TooManyPages(walked.file_name, MAX_PAGES)
    try:
        page = land(job, request, form.expected, halaman)
    except HttpStatusError as error:
        if error.status == NOT_FOUND and walked.fetched and is_proven_whole(walked):
            return False
        raise
    if page.sniffed_type not in form.sniffed_types:
        raise WrongFormat(page.file_name or page.url, form.name, page.sniffed_type or "")
    with job.archive.local(page.sha256 or "") as path:
        facts = form.facts(path, page.file_name or page.url, page.url, records, walked.wanted)
    walked.add(page, request.address, facts)
    if walked.repeats:
        raise RepeatedPages(walked.file_name, halaman)
    if walked.bytes > settings().max_bytes:
        raise TooLarge(page.url, settings().max_bytes)
    return True
