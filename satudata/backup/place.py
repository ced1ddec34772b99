"""How a backup lies in its place, a folder or an object store: copies of the archive's objects, dumps, and a manifest of each backup, written last.

arsip/<name in the archive>      once for all backups
basisdata/<stamp>.dump           pg_dump
cadangan/<stamp>.daftar          every object of the archive with its size and hash
cadangan/<stamp>.json            sealed: what belongs together; without it the rest is no backup
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from contracts.errors import ArchiveDamaged, BackupDamaged, NoBackup
from contracts.sealed import sealed, unsealed
from contracts.settings import settings
from extractors.archive_place import CHUNK_BYTES, place_at
from extractors.spool import spooled

ARCHIVE, DUMPS, MANIFESTS = "arsip", "basisdata", "cadangan"
KEPT = re.compile(r"sha256/[0-9a-f]{2}/[0-9a-f]{64}|(?:fetch|journal)/\d{4}/\d\d/\d\d/\d+\.json")
"""The objects of an archive; what else lies there is on its way, or was moved aside as damaged."""


class Kept(NamedTuple):
    """One object."""

    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """One backup: what belongs to it."""

    stamp: str
    made_at: str
    dump: Kept
    listing: Kept
    objects: int
    archive_bytes: int
    counts: dict[str, int]
    """What the database held at the time of the dump, at least."""


class BackupPlace:
    """A place of backups. Raises: `WrongSetting` where its address is none."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._place = place_at(url, settings().home / "spool", "alamat cadangan (SATUDATA_BACKUP_URL)")

    def stamps(self) -> list[str]:
        """The stamps of all manifests, oldest first."""
        return sorted(Path(name).stem for name, _ in self._place.names(MANIFESTS) if name.endswith(".json"))

    def manifest(self, stamp: str | None = None) -> Manifest:
        """The manifest with this stamp, or the newest. Raises: `NoBackup`, `BackupDamaged`."""
        found = [one for one in self.stamps() if stamp in (None, one)]
        if not found:
            raise NoBackup(self.url)
        name = f"{MANIFESTS}/{found[-1]}.json"
        try:
            with self._place.open(name) as stream:
                said: dict[str, Any] = unsealed(stream.read())
        except ValueError:
            raise BackupDamaged(self.url, name, "berubah sejak ditulis") from None
        return Manifest(**{**said, "dump": Kept(*said["dump"]), "listing": Kept(*said["listing"])})

    def listing(self, manifest: Manifest) -> dict[str, Kept]:
        """Every object of the archive at the time of a backup. Raises: `BackupDamaged`."""
        with self.fetched(f"{MANIFESTS}/{manifest.stamp}.daftar", manifest.listing) as path:
            lines = zlib.decompress(path.read_bytes()).decode().splitlines()
        return {name: Kept(int(size), sha256) for name, size, sha256 in (line.split("\t") for line in lines)}

    def write_listing(self, stamp: str, objects: dict[str, Kept]) -> Kept:
        """Write the list of a backup."""
        text = "\n".join(f"{name}\t{kept.bytes}\t{kept.sha256}" for name, kept in sorted(objects.items()))
        return self.put(f"{MANIFESTS}/{stamp}.daftar", iter([zlib.compress(text.encode())]))

    def write_manifest(self, manifest: Manifest) -> None:
        """Make a backup whole."""
        self.put(f"{MANIFESTS}/{manifest.stamp}.json", iter([json.dumps(sealed(asdict(manifest))).encode()]))

    def objects(self) -> dict[str, int]:
        """The objects of the archive that stand here already, with their sizes."""
        return {name.removeprefix(f"{ARCHIVE}/"): size for name, size in self._place.names(ARCHIVE)}

    def put(self, name: str, chunks: Iterator[bytes], sha256: str | None = None) -> Kept:
        """Write an object, in one step; its size and hash. Raises: `ArchiveDamaged` where it should be another, and nothing is written."""
        with spooled(chunks, self._place.spool, 1 << 62) as spool:
            if sha256 not in (None, spool.sha256):
                raise ArchiveDamaged(str(sha256), "berubah sejak disimpan")
            kept = Kept(spool.bytes, spool.sha256)
            self._place.adopt(spool.path, name)
        return kept

    def hash_of(self, name: str) -> Kept:
        """What stands under a name. Raises: `BackupDamaged` where nothing does."""
        digest, size = hashlib.sha256(), 0
        for chunk in self._chunks(name):
            digest.update(chunk)
            size += len(chunk)
        return Kept(size, digest.hexdigest())

    @contextmanager
    def fetched(self, name: str, wanted: Kept) -> Iterator[Path]:
        """An object as a local file, for the length of the block. Raises: `BackupDamaged` where it is not what it should be."""
        with spooled(self._chunks(name), settings().home / "spool", 1 << 62) as spool:
            self.check(name, Kept(spool.bytes, spool.sha256), wanted)
            yield spool.path

    def check(self, name: str, found: Kept, wanted: Kept) -> None:
        """Raises: `BackupDamaged` where an object is not what it should be."""
        if found != wanted:
            raise BackupDamaged(self.url, name, "berubah sejak disimpan")

    def remove(self, *names: str) -> None:
        """Take objects away."""
        for name in names:
            self._place.remove(name)

    def _chunks(self, name: str) -> Iterator[bytes]:
        try:
            with self._place.open(name) as stream:
                yield from iter(lambda: stream.read(CHUNK_BYTES), b"")
        except FileNotFoundError:
            raise BackupDamaged(self.url, name, "tidak ada lagi") from None
