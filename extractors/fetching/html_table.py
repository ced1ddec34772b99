"""Kind `html_table`: a page with a table in it, often behind a form, or a list of several pages."""

from __future__ import annotations

from dataclasses import replace

from extractors.fetching.error_page import Expected
from extractors.fetching.fetched import Fetched
from extractors.fetching.job import Job
from extractors.fetching.landing import land
from extractors.fetching.page_form import HTML_PAGES
from extractors.fetching.paging import walk
from extractors.fetching.unasked_pages import check_no_pages_left

_ACCEPT = {"Accept": "text/html,application/xhtml+xml"}


def fetch_html_table(job: Job) -> list[Fetched]:
    """The page at the contract's address, or every page of its list where the contract has `pages`.

    Raises: the `FetchError` family, `ErrorPage` for a page without a table too; as `walk`; `PagesLeft`.
    """
    request = job.request()
    request = replace(request, headers={**_ACCEPT, **request.headers})
    if job.source.pages is not None:
        return walk(job, request, job.source.pages, None, HTML_PAGES)
    page = land(job, request, Expected.DATA)
    check_no_pages_left(job, page)
    return [page]
