"""`same_as`: the bytes of another dataset's fetch, for the second table in one workbook; the agency is asked once."""

from __future__ import annotations

from dataclasses import replace

from contracts.errors import NotFetchedYet
from extractors.fetching.fetched import Fetched, Outcome
from extractors.fetching.job import Job


def fetch_same_as(job: Job) -> list[Fetched]:
    """The files of the last fetch of the same publisher and values. Raises: `NotFetchedYet`."""
    other = job.source.same_as or ""
    files = job.same_as(other, job.penerbit, job.nilai)
    if not files:
        raise NotFetchedYet(job.dataset.id, other)
    return [replace(file, outcome=_outcome(job, file)) for file in files]


def _outcome(job: Job, file: Fetched) -> Outcome:
    """New or not for this dataset, whatever it was for the other."""
    if file.sha256 is None:
        return "absent"
    known = job.previous.get(file.url)
    return "unchanged" if known is not None and known.sha256 == file.sha256 else "new"
