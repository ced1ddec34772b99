"""Whether an answer that was taken for the whole says that it goes on.

Whoever writes a contract sees the first page of a list and takes it for all. Nothing in its rows tells that others are missing, but most
APIs link to the next page, in a Link header (RFC 8288) or beside the records, and pages made for people do so below their table.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from contracts.errors import ContentError, PagesLeft
from contracts.secrets import masked_url
from extractors.fetching.fetched import Fetched
from extractors.fetching.job import Job
from extractors.fetching.next_link import next_link
from extractors.fetching.page_facts import declared

NEXT_PATHS = ("next", "next_page_url", "nextPageUrl", "next_url", "links.next", "meta.next", "meta.next_page_url", "pagination.next")
ASKS_FOR_A_PAGE = frozenset(("page", "hal", "halaman", "p", "offset", "start", "skip", "cursor", "limit", "per_page", "size", "rows"))
"""Parameters by which a contract says that it wants this page and no other."""
MOST_BYTES = 16 * 1024 * 1024
"""A page of an API is small; a larger answer is not read once more for this."""


def check_no_pages_left(job: Job, page: Fetched) -> None:
    """The only answer of a contract without ``pages``. Raises: `PagesLeft` where it links to a next page."""
    asked = {name.lower() for name, _ in parse_qsl(urlsplit(page.url).query)}
    if asked & ASKS_FOR_A_PAGE or job.is_local:
        return
    if page.next_url is not None:
        raise PagesLeft(page.file_name or page.url, "tajuk Link", "pages: {by: next}")
    if page.sniffed_type == "html":
        _check_html(job, page)
    elif path := _linked(job, page):
        raise PagesLeft(page.file_name or page.url, f"`{path}`", f"pages: {{by: next, next: {path}}}")


def _check_html(job: Job, page: Fetched) -> None:
    if (page.bytes or 0) > MOST_BYTES:
        return
    with job.archive.open(page.sha256 or "") as stream:
        link = next_link(stream.read(), page.url)
    if link is not None:
        key = "pages: {by: next}" if job.source.kind == "html_table" else "pages: {by: next}` dan `kind: html_table"
        raise PagesLeft(page.file_name or page.url, f"tautan {masked_url(link)}", key)


def _linked(job: Job, page: Fetched) -> str | None:
    """The JSON path of the link to a next page; None where there is none, or the answer is no JSON (the parser will say so)."""
    if page.sniffed_type != "json" or (page.bytes or 0) > MOST_BYTES:
        return None
    with job.archive.local(page.sha256 or "") as path:
        try:
            found = declared(path, page.file_name or page.url, NEXT_PATHS)
        except ContentError:
            return None
    return next((name for name in NEXT_PATHS if str(found.get(name) or "").startswith(("http://", "https://", "/", "?"))), None)
