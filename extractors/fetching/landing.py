"""One request to its end: the bytes in the archive, and a word on what they are and whether they are new.

Bytes are kept before they are judged, so that the page an agency's server sent instead of its data can still be looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.request import url2pathname

from requests.utils import parse_header_links

from contracts import clock
from contracts.errors import ErrorPage, LocalFileMissing
from contracts.settings import settings
from extractors.archive import Stored
from extractors.fetching.error_page import Expected, error_title
from extractors.fetching.fetched import Fetched, Previous
from extractors.fetching.file_names import published_name
from extractors.fetching.job import Job
from extractors.http import Request
from extractors.sniff import SniffedType, sniff

CHUNK_BYTES = 1024 * 1024


@dataclass(frozen=True)
class _Landed:
    """Bytes that stand in the archive, and what they are."""

    stored: Stored
    sniffed_type: SniffedType
    error_title: str | None = None


def land(job: Job, request: Request, expected: Expected, halaman: int = 1) -> Fetched:
    """Ask for one file or page and keep its bytes.

    Raises: the `FetchError` family; `ErrorPage` when a page of apology came where `expected` was asked for (its bytes are kept).
    """
    if request.url.startswith("file:"):
        return land_file(job, Path(url2pathname(request.url.removeprefix("file://"))), request.url)
    started_at, url = clock.now(), request.address
    known = _known(job, request)
    answer = job.client.download(
        replace(request, etag=known.etag, last_modified=known.last_modified), lambda chunks: _kept(job, chunks, url, expected)
    )  # fmt: skip
    landed, said = (answer.value, Previous(url)) if answer.value else (_as_before(job, known), known)
    if landed.error_title is not None:
        raise ErrorPage(url, landed.error_title)
    marks = Previous(url, answer.etag or said.etag, answer.last_modified or said.last_modified)
    found = _fetched(job, landed, marks, started_at, published_name(answer.disposition, request.url), halaman, answer.status)
    return replace(found, next_url=_next_in(answer.link))


def _next_in(link: str | None) -> str | None:
    """The target of ``rel="next"`` in a Link header."""
    links = parse_header_links(link) if link else []
    return next((each["url"] for each in links if "next" in each.get("rel", "").lower().split()), None)


def land_file(job: Job, path: Path, url: str) -> Fetched:
    """Keep the bytes of a local file; it stays where it is. Raises: `LocalFileMissing`, `TooLarge`."""
    started_at = clock.now()
    try:
        stream = path.open("rb")
    except OSError:
        raise LocalFileMissing(url) from None
    with stream:
        landed = _kept(job, iter(lambda: stream.read(CHUNK_BYTES), b""), url, Expected.ANYTHING)
    return _fetched(job, landed, Previous(url), started_at, path.name)


def _fetched(
    job: Job, landed: _Landed, marks: Previous, started_at: datetime, file_name: str, halaman: int = 1, status: int | None = None
) -> Fetched:
    before = job.previous.get(marks.url)
    is_same = before is not None and before.sha256 == landed.stored.sha256
    return Fetched(
        url=marks.url, file_name=file_name, halaman=halaman, http_status=status, outcome="unchanged" if is_same else "new",
        sha256=landed.stored.sha256, bytes=landed.stored.bytes, sniffed_type=landed.sniffed_type,
        etag=marks.etag, last_modified=marks.last_modified, started_at=started_at, ended_at=clock.now(),
    )  # fmt: skip


def _known(job: Job, request: Request) -> Previous:
    """What may make the request conditional: only bytes that the archive still has can be answered with "nothing new"."""
    before = job.previous.get(request.address)
    is_here = before is not None and before.sha256 is not None and job.archive.size(before.sha256) is not None
    return before if before is not None and is_here else Previous(request.address)


def _kept(job: Job, chunks: Iterator[bytes], url: str, expected: Expected) -> _Landed:
    with job.archive.received(chunks, settings().max_bytes, url) as spool:
        sniffed_type = sniff(spool.path)
        title = error_title(spool.path, sniffed_type, expected)
        return _Landed(job.archive.keep(spool), sniffed_type, title)


def _as_before(job: Job, known: Previous) -> _Landed:
    """The bytes of the last time, for an answer 304; `known` is what made the request conditional."""
    sha256 = known.sha256 or ""
    with job.archive.open(sha256) as stream:
        return _Landed(Stored(sha256, job.archive.size(sha256) or 0), sniff(stream))
