"""Kind `html_table`: a page with a table in it, often behind a form."""

from __future__ import annotations

from dataclasses import replace

from extractors.fetching.error_page import Expected
from extractors.fetching.fetched import Fetched
from extractors.fetching.job import Job
from extractors.fetching.landing import land

_ACCEPT = {"Accept": "text/html,application/xhtml+xml"}


def fetch_html_table(job: Job) -> list[Fetched]:
    """The page at the contract's address. Raises: the `FetchError` family, `ErrorPage` for a page without a table too."""
    request = job.request()
    return [land(job, replace(request, headers={**_ACCEPT, **request.headers}), Expected.DATA)]
