"""The journal as the archive has it: which records there are, which of them never came to be, which are lost, and how far every count had come.

Read once from beginning to end before anything is done, because what became of a record stands in later ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from contracts.errors import RecordDamaged
from extractors.archive import Archive
from satudata.journal.releases import RELEASE

AT_ONCE, READERS = 256, 8
"""Records read ahead, and by how many threads: an object store answers each after a while, but many at a time."""
Publisher = tuple[str | None, str | None]
Said = Callable[[int, int], None]
"""Hears how many of how many are done."""


@dataclass(frozen=True)
class Record:
    """One record of the journal."""

    number: int
    path: str
    kind: str
    at: datetime
    dataset: str | None
    penerbit: str | None
    settled_to: int
    digest: str | None
    content: dict[str, Any]

    @property
    def publisher(self) -> Publisher:
        """Whose it is; what comes later of the same rests on it."""
        return self.dataset, self.penerbit

    @property
    def subject(self) -> str:
        """Whose it is, for a reader."""
        return " ".join(filter(None, self.publisher)) or "Gudang data"


class Released(NamedTuple):
    """A record that made a release."""

    number: int
    release_id: int
    is_fresh: bool
    """Its tables follow from its input alone, whatever was published before."""
    back_to: int | None
    """The release that a person went back to."""


@dataclass
class Past:
    """What was found out about the journal as a whole."""

    paths: dict[int, str]
    """By number, in their order; those that never came to be are left out."""
    lost: dict[int, tuple[str, str, Publisher]] = field(default_factory=dict)
    """Number -> path, why it cannot be read, whose it is as far as later records say so."""
    releases: list[Released] = field(default_factory=list)
    """What made releases, in their order."""
    last_batch: int = 0
    last_accept: int = 0
    last_record: int = 0
    datasets: dict[str, int] = field(default_factory=dict)
    """Dataset -> the number that its rows bear."""
    tail: tuple[int, ...] = ()
    """Numbers of which no later record says what became of them: they were being committed when all ended, and are taken as done."""


def read_past(archive: Archive, said: Said) -> Past:
    """Read the journal. Raises: nothing over a damaged record; it is among `lost`."""
    listed = archive.records("journal")
    past, done, dead, settled = Past(dict(listed)), dict[int, Publisher](), set[int](), 0
    released: list[Released] = []
    for count, (number, path, told) in enumerate(_told(archive, listed), start=1):
        said(count, len(listed))
        past.last_record = max(past.last_record, number)
        if isinstance(told, RecordDamaged):
            past.lost[number] = path, told.reason, (None, None)
            continue
        done |= {one: (dataset, penerbit) for one, dataset, penerbit in told["done"]}
        dead |= set(told["dead"])
        settled = max(settled, told["settled_to"])
        _count(past, told)
        released += _released(told)
    for number in done.keys() - past.paths.keys():
        past.lost[number] = f"journal/.../{number}.json", "tidak ada lagi", (None, None)
    past.lost = {number: (path, why, done.get(number, (None, None))) for number, (path, why, _) in past.lost.items() if number not in dead}
    past.paths = {number: path for number, path in past.paths.items() if number not in dead and number not in past.lost}
    past.releases = [one for one in released if one.number in past.paths]
    past.tail = tuple(number for number in past.paths if number > settled)
    return past


def _count(past: Past, told: dict[str, Any]) -> None:
    content = told["content"]
    batch = content.get("batch") or {}
    past.last_batch = max(past.last_batch, batch.get("batch_id") or 0)
    past.last_accept = max(past.last_accept, batch.get("accept_no") or 0)
    past.datasets |= content.get("datasets") or {}
    past.datasets |= {row["dataset"]: row["dataset_id"] for row in content.get("unread") or []}
    if told["dataset"] and content.get("dataset_id"):
        past.datasets[told["dataset"]] = content["dataset_id"]


def _released(told: dict[str, Any]) -> list[Released]:
    content = told["content"]
    if told["kind"] == RELEASE:
        return [Released(told["journal_id"], content["release"]["release_id"], content["fresh"], None)]
    made = [row["release_id"] for row in content.get("rows", {}).get("ops.release", [])]
    return [Released(told["journal_id"], max(made), False, content["subject"].get("ke"))] if made else []


def built_anew(releases: list[Released], at_least: int) -> list[Released]:
    """The releases that must be made once more for readers to see what they saw: from a fresh one on, and not after one that was gone back to."""
    fresh = [place for place, one in enumerate(releases) if one.is_fresh]
    if not fresh:
        return releases
    first = fresh[-min(at_least, len(fresh))]
    while back := [one.back_to for one in releases[first:] if one.back_to is not None and one.back_to < releases[first].release_id]:
        first = max((place for place in fresh if releases[place].release_id <= min(back)), default=0)
    return releases[first:]


def records(archive: Archive, paths: dict[int, str]) -> Iterator[Record]:
    """The records of these paths, one after the other."""
    for number, path, told in _told(archive, list(paths.items())):
        if isinstance(told, RecordDamaged):  # between two readings
            raise told
        yield Record(
            number, path, told["kind"], datetime.fromisoformat(told["at"]), told["dataset"], told["penerbit"], told["settled_to"], told["digest"],
            told["content"],
        )  # fmt: skip


def _told(archive: Archive, listed: list[tuple[int, str]]) -> Iterator[tuple[int, str, dict[str, Any] | RecordDamaged]]:
    for part, texts in read_ahead(archive, [path for _, path in listed]):
        for (number, path), text in zip(listed[part : part + AT_ONCE], texts, strict=True):
            yield number, path, text


def read_ahead(archive: Archive, paths: list[str]) -> Iterator[tuple[int, list[dict[str, Any] | RecordDamaged]]]:
    """(place of the first, sealed records or why they cannot be read) of all paths, a few hundred at a time."""
    with ThreadPoolExecutor(READERS) as pool:
        for start in range(0, len(paths), AT_ONCE):
            yield start, list(pool.map(lambda path: _read(archive, path), paths[start : start + AT_ONCE]))


def _read(archive: Archive, path: str) -> dict[str, Any] | RecordDamaged:
    try:
        return archive.get_json(path)
    except RecordDamaged as error:
        return error
