"""Kind `inbox`: files that agencies put down, ``<inbox>/<dataset id>/<publisher code>/<any name>``; without `for_each` there is no folder
of a publisher.

Files are never moved or renamed. Each is a delivery of its own and replaces what its publisher said of that period before, so they come in
the order in which they were put down, as far as their times tell; of files seen before the ledger knows better. Each is judged once: it is known
by its name and its hash. Files seen before are named again as unchanged, so that one whose judging was cut short is judged after all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from contracts import clock
from contracts.dataset import Dataset
from contracts.errors import StillBeingWritten, UnknownInboxFile
from contracts.settings import settings
from extractors.fetching.at_rest import unchanged, wait_for_rest, written
from extractors.fetching.fetched import Fetched
from extractors.fetching.job import Job
from extractors.fetching.landing import land_file

NOT_DELIVERIES = ("thumbs.db", "desktop.ini")
"""What desktops leave behind, beside names that begin with a dot or ``~$``."""


def fetch_inbox(job: Job) -> list[Fetched]:
    """The deliveries of one publisher, oldest first; one entry `absent` where there is none.

    For a dataset with `for_each`, publisher '' asks about the inbox itself: the answer is empty. Raises: `UnknownInboxFile` for what is no
    delivery of a known publisher, `StillBeingWritten`, `TooLarge`.
    """
    folder = inbox_of(job.dataset) / job.penerbit
    if job.dataset.contract.for_each is not None and not job.penerbit:
        _refuse(job.dataset, strays(job.dataset))
        return []
    _refuse(job.dataset, [path for path in _visible(folder) if path.is_symlink() or not path.is_file()])
    paths = sorted(_visible(folder), key=lambda path: (path.stat().st_mtime_ns, path.name))
    wait_for_rest(paths)
    return [_delivered(job, path) for path in paths] or [_absent(folder)]


def inbox_of(dataset: Dataset) -> Path:
    """The folder of a dataset's deliveries."""
    return settings().inbox / dataset.id


def strays(dataset: Dataset) -> list[Path]:
    """What lies in the dataset's folder and belongs to none of its publishers."""
    if dataset.contract.for_each is None:
        return []
    known = set(dataset.publishers())
    return sorted(path for path in _visible(inbox_of(dataset)) if not (path.is_dir() and path.name in known))


def _refuse(dataset: Dataset, paths: list[Path]) -> None:
    if paths:
        known = dataset.publishers() if dataset.contract.for_each is not None else ()
        raise UnknownInboxFile(paths[0].name, str(paths[0].parent), known)


def _visible(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if not path.name.startswith((".", "~$")) and path.name.lower() not in NOT_DELIVERIES:
            yield path


def _delivered(job: Job, path: Path) -> Fetched:
    """One file, whole: its size and time must not change while it is read."""
    before = written(path)
    found = land_file(job, path, path.absolute().as_uri())
    unchanged(path, before)
    if found.bytes != before[0]:
        raise StillBeingWritten(found.url, path.name, found.bytes or 0, before[0])
    is_seen = any(known.sha256 == found.sha256 for known in job.previous.values())
    return replace(found, outcome="unchanged" if is_seen else "new")


def _absent(folder: Path) -> Fetched:
    now = clock.now()
    return Fetched(folder.absolute().as_uri(), None, 1, None, "absent", None, None, None, None, None, now, now)
