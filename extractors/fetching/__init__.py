"""*Pengumpulan*: ask a source, keep the bytes, say what came. One module per kind of source, found through a table.

Nothing is parsed here but what paging itself needs, and everything that is returned stands in the archive already.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from contracts.dataset import Dataset
from extractors.archive import Archive
from extractors.fetching.bps_webapi import fetch_bps_webapi
from extractors.fetching.ckan import fetch_ckan
from extractors.fetching.fetched import Fetched, Previous
from extractors.fetching.file import fetch_file
from extractors.fetching.html_table import fetch_html_table
from extractors.fetching.inbox import fetch_inbox
from extractors.fetching.job import Job, SameAs
from extractors.fetching.json_api import fetch_json_api
from extractors.fetching.same_as import fetch_same_as
from extractors.http import Client

__all__ = ["Fetched", "Previous", "fetch"]

FETCHERS: Mapping[str, Callable[[Job], list[Fetched]]] = {
    "file": fetch_file,
    "html_table": fetch_html_table,
    "json_api": fetch_json_api,
    "ckan": fetch_ckan,
    "bps_webapi": fetch_bps_webapi,
    "inbox": fetch_inbox,
}


def _never(dataset_id: str, penerbit: str, nilai: Mapping[str, str]) -> Sequence[Fetched]:  # noqa: ARG001 - the shape of `SameAs`
    return ()


def fetch(
    dataset: Dataset,
    penerbit: str,
    nilai: Mapping[str, str],
    run_date: date,
    archive: Archive,
    previous: Mapping[str, Previous],
    *,
    same_as: SameAs = _never,
) -> list[Fetched]:
    """Fetch one request of a dataset: its file, its pages in their order, or the deliveries of one publisher.

    `previous`: by address, the last fetch that brought bytes (of an inbox: every delivery seen so far). `run_date`: the day for which a
    site's robots.txt is asked once. `same_as`: gives the last files of another dataset. The entries of a list are one batch, except those
    of an inbox, which are a batch each. Raises: the `FetchError` family; `ContentError` where a source proves to be incomplete or in
    circles; `NotFetchedYet`; `UnresolvedVariable`. What was kept in the archive until then stays there.
    """
    with Client(run_date) as client:
        job = Job(dataset, penerbit, nilai, archive, previous, client, same_as)
        fetcher = fetch_same_as if job.source.same_as is not None else FETCHERS[job.source.kind]
        return fetcher(job)
