"""The archive: every byte we were ever given, addressed by its own sha256, on any file system that fsspec knows.

Everything after the archive runs offline, so what stands here is the truth the warehouse can be rebuilt from. Content appears under its
address in one step or not at all, whatever is killed; identical content is written once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from contracts.errors import ArchiveDamaged, RecordDamaged
from contracts.sealed import unsealed
from contracts.settings import settings
from extractors.archive_place import CHUNK_BYTES, place_at
from extractors.spool import Spooled, spooled, sweep


@dataclass(frozen=True)
class Stored:
    """Content that stands in the archive."""

    sha256: str
    bytes: int


def address(sha256: str) -> str:
    """Where content stands: ``sha256/ab/<sha256>``."""
    return f"sha256/{sha256[:2]}/{sha256}"


def record_path(kind: str, day: date, number: int | str) -> str:
    """Where a record of ``fetch`` or ``journal`` stands: ``fetch/2025/01/31/17.json``."""
    return f"{kind}/{day:%Y/%m/%d}/{number}.json"


class Archive:
    """One archive: a folder (``file:///...`` or a path) or an object store (``s3://bucket/prefix``)."""

    def __init__(self, url: str) -> None:
        self._place = place_at(url, settings().home / "spool")
        self._swept = False

    def put(self, chunks: Iterable[bytes], max_bytes: int, url: str = "") -> Stored:
        """Keep the bytes of `chunks`; when this returns they are safe.

        Raises: `TooLarge` beyond `max_bytes`, and whatever `chunks` raises; the archive is as before then.
        """
        with self.received(chunks, max_bytes, url) as spool:
            return self.keep(spool)

    @contextmanager
    def received(self, chunks: Iterable[bytes], max_bytes: int, url: str = "") -> Iterator[Spooled]:
        """The bytes of `chunks` in a local file, to be looked at before `keep`, or without it. Raises as `put`."""
        if not self._swept:
            sweep(self._place.spool)
            self._swept = True
        with spooled(chunks, self._place.spool, max_bytes, url) as spool:
            yield spool

    def keep(self, spool: Spooled) -> Stored:
        """Give received bytes their address; content that already stands there whole is left alone."""
        name = address(spool.sha256)
        if self._place.size(name) != spool.bytes:
            self._place.adopt(spool.path, name)
        return Stored(spool.sha256, spool.bytes)

    def put_bytes(self, content: bytes) -> str:
        """Keep a few bytes; their address comes back."""
        return self.put([content], 1 << 62).sha256

    def read(self, sha256: str) -> bytes:
        """The whole content, for what is small. Raises: `ArchiveDamaged` where it is not here, or is not what was kept."""
        with self.local(sha256) as path:
            return path.read_bytes()

    def size(self, sha256: str) -> int | None:
        """Bytes of the content, None where it is not here."""
        return self._place.size(address(sha256))

    def open(self, sha256: str) -> BinaryIO:
        """A seekable stream of the content. Raises: `ArchiveDamaged` where it is not here."""
        try:
            return self._place.open(address(sha256))
        except FileNotFoundError:
            raise ArchiveDamaged(sha256, "tidak ada lagi") from None

    @contextmanager
    def local(self, sha256: str, size_bytes: int | None = None) -> Iterator[Path]:
        """The content as a local, seekable file (a checked copy where the archive is an object store), for the length of the block.

        Raises: `ArchiveDamaged` when it is not here, or is not of the size that the ledger knows.
        """
        size = self.size(sha256)
        if size is None:
            raise ArchiveDamaged(sha256, "tidak ada lagi")
        if size_bytes not in (None, size):
            raise ArchiveDamaged(sha256, f"berukuran {size} byte, seharusnya {size_bytes}")
        with self._place.local(address(sha256), sha256) as path:
            yield path

    def put_json(self, path: str, record: Mapping[str, Any]) -> None:
        """Write a record (`record_path`); written again it is replaced as a whole. Dates and the like are written as text."""
        text = json.dumps(record, ensure_ascii=False, sort_keys=True, default=str)
        with self.received([text.encode()], 1 << 62) as spool:
            self._place.adopt(spool.path, path)

    def records(self, kind: str) -> list[tuple[int, str]]:
        """(number, path) of all records of a kind, by number."""
        paths = (path for path, _ in self._place.names(kind) if path.endswith(".json"))
        return sorted((int(name), path) for path in paths if (name := Path(path).stem).isdigit())

    def has_records(self, kind: str) -> bool:
        """Whether there is any record of a kind."""
        return next(self._place.names(kind), None) is not None

    def get_json(self, path: str) -> dict[str, Any]:
        """A sealed record. Raises: `RecordDamaged` where it is not here, or is not what was written."""
        try:
            with self._place.open(path) as stream:
                return unsealed(stream.read())
        except FileNotFoundError:
            raise RecordDamaged(path, "tidak ada lagi") from None
        except ValueError:
            raise RecordDamaged(path, "berubah sejak ditulis") from None

    def objects(self) -> Iterator[tuple[str, int]]:
        """(name, bytes) of everything that stands here, in no order."""
        return self._place.names("")

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of an object by its name. Raises FileNotFoundError."""
        with self._place.open(name) as stream:
            yield from iter(lambda: stream.read(CHUNK_BYTES), b"")

    def adopt(self, path: Path, name: str) -> None:
        """Put a copy of an object back under its name; the file `path` is gone then."""
        self._place.adopt(path, name)
