"""Kind `json_api`: an API that answers in JSON, at once or in pages."""

from __future__ import annotations

from dataclasses import replace

from extractors.fetching.error_page import Expected
from extractors.fetching.fetched import Fetched
from extractors.fetching.job import Job
from extractors.fetching.landing import land
from extractors.fetching.paging import walk
from extractors.fetching.unasked_pages import check_no_pages_left

ACCEPT = {"Accept": "application/json"}


def fetch_json_api(job: Job) -> list[Fetched]:
    """Every page of the API, or its one answer where the contract has no `pages`. Raises: as `land` and `walk`; `PagesLeft`."""
    request = job.request()
    request = replace(request, headers={**ACCEPT, **request.headers})
    if job.source.pages is None:
        answer = land(job, request, Expected.API)
        check_no_pages_left(job, answer)
        return [answer]
    return walk(job, request, job.source.pages, job.source.records)
