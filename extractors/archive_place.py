"""Where an archive stands: a folder, or an object store. The only module that knows the difference.

A folder shows a whole file by renaming it into place after its bytes reached the disk. An object store shows an object only once its upload
is complete, so there the upload itself is that step.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Protocol, cast

import fsspec
from fsspec.implementations.local import LocalFileSystem
from fsspec.implementations.memory import MemoryFileSystem

from contracts.errors import ArchiveDamaged, ArchiveUnreachable, WrongSetting
from contracts.secrets import masked_url
from extractors.spool import spooled

CHUNK_BYTES = 1024 * 1024
SHOULD_BE = "folder (/data/arsip), file:///..., atau s3://bucket/awalan"


class Place(Protocol):
    """What the archive asks of wherever it stands; names are relative, with slashes."""

    spool: Path

    def size(self, name: str) -> int | None:
        """Bytes of an object, None where there is none."""

    def adopt(self, path: Path, name: str) -> None:
        """Make the local file `path` the object `name`, in one step; an older object of that name is replaced."""

    def open(self, name: str) -> BinaryIO:
        """A seekable stream of the object. Raises FileNotFoundError."""

    def local(self, name: str, sha256: str) -> AbstractContextManager[Path]:
        """The object as a local file, for the length of a block. Raises FileNotFoundError."""

    def names(self, within: str) -> Iterator[tuple[str, int]]:
        """(name, bytes) of all objects whose name begins with the folder `within` ('' = all), in no order."""

    def remove(self, name: str) -> None:
        """Take an object away, if it is there."""


def place_at(url: str, spool: Path, setting: str = "SATUDATA_ARCHIVE_URL") -> Place:
    """The place a url names; `spool` is where bytes wait for an object store, `setting` where the url comes from.

    Raises: `WrongSetting`, `ArchiveUnreachable`.
    """
    try:
        file_system, root = fsspec.core.url_to_fs(url, **({"use_listings_cache": False} if url.startswith("s3:") else {}))
    except (ValueError, ImportError) as error:  # no such kind of place, or its package is not installed
        raise WrongSetting(setting, masked_url(url), SHOULD_BE) from error
    if isinstance(file_system, MemoryFileSystem):
        raise WrongSetting(setting, masked_url(url), f"{SHOULD_BE}; yang disimpan di memori hilang begitu prosesnya selesai")
    return Folder(Path(root)) if isinstance(file_system, LocalFileSystem) else ObjectStore(file_system, root.rstrip("/"), spool, url)


class Folder:
    """A folder of this machine, or one mounted on it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.spool = root / "spool"  # on the same file system, so that a rename is one step

    def size(self, name: str) -> int | None:
        try:
            return (self._root / name).stat().st_size
        except FileNotFoundError:
            return None

    def adopt(self, path: Path, name: str) -> None:
        target = self._root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        _to_disk(path)
        path.replace(target)
        _to_disk(target.parent)

    def open(self, name: str) -> BinaryIO:
        return (self._root / name).open("rb")

    def names(self, within: str) -> Iterator[tuple[str, int]]:
        for folder, below, files in os.walk(self._root / within):
            if Path(folder) == self._root and self.spool.name in below:
                below.remove(self.spool.name)
            for path in (Path(folder, file) for file in files):
                yield path.relative_to(self._root).as_posix(), path.stat().st_size

    def remove(self, name: str) -> None:
        (self._root / name).unlink(missing_ok=True)

    @contextmanager
    def local(self, name: str, sha256: str) -> Iterator[Path]:
        """The file itself; one that a disk or a hand has changed is moved out of the way, so that the next fetch puts the whole one there."""
        path = self._root / name
        with path.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
        if found != sha256:
            with suppress(OSError):
                path.replace(path.with_name(f"{path.name}.rusak"))
            raise ArchiveDamaged(sha256, "berubah sejak disimpan")
        yield path


class ObjectStore:
    """Anything else fsspec reaches, S3 first of all. What keeps us out of it is `ArchiveUnreachable`, whatever its library calls that."""

    def __init__(self, file_system: fsspec.AbstractFileSystem, root: str, spool: Path, url: str) -> None:
        self._fs, self._root, self.spool, self._url = file_system, root, spool, url

    def size(self, name: str) -> int | None:
        try:
            with self._reached():
                return int(self._fs.info(f"{self._root}/{name}")["size"])
        except FileNotFoundError:
            return None

    def adopt(self, path: Path, name: str) -> None:
        with self._reached():
            self._fs.put_file(str(path), f"{self._root}/{name}")

    def open(self, name: str) -> BinaryIO:
        with self._reached():
            return cast(BinaryIO, self._fs.open(f"{self._root}/{name}", "rb"))

    def names(self, within: str) -> Iterator[tuple[str, int]]:
        with self._reached():
            found = self._fs.find(f"{self._root}/{within}", detail=True)
        for path, info in found.items():
            yield path.removeprefix(f"{self._root}/"), int(info["size"])

    def remove(self, name: str) -> None:
        with self._reached(), suppress(FileNotFoundError):
            self._fs.rm_file(f"{self._root}/{name}")

    @contextmanager
    def local(self, name: str, sha256: str) -> Iterator[Path]:
        """A copy, hashed on its way: it crossed a network."""
        with self.open(name) as stream, spooled(iter(lambda: self._read(stream), b""), self.spool, 1 << 62) as copy:
            if copy.sha256 != sha256:
                raise ArchiveDamaged(sha256, "berubah sejak disimpan")
            yield copy.path

    def _read(self, stream: BinaryIO) -> bytes:
        with self._reached():
            return stream.read(CHUNK_BYTES)

    @contextmanager
    def _reached(self) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            raise
        except Exception as error:
            raise ArchiveUnreachable(self._url, str(error).splitlines()[0] if str(error) else type(error).__name__) from error


def _to_disk(path: Path) -> None:
    """Wait until a file or folder would survive a power cut: the ledger will say that we have it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
