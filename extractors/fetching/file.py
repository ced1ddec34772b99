"""Kind `file`: one address, one file."""

from __future__ import annotations

from extractors.fetching.error_page import Expected
from extractors.fetching.fetched import Fetched
from extractors.fetching.job import Job
from extractors.fetching.landing import land
from extractors.fetching.unasked_pages import check_no_pages_left


def fetch_file(job: Job) -> list[Fetched]:
    """The file at the contract's address, over HTTP or beside the contract. Raises: the `FetchError` family; `PagesLeft` for a page of many."""
    file = land(job, job.request(), Expected.DATA)
    if file.sniffed_type == "html":
        check_no_pages_left(job, file)
    return [file]
