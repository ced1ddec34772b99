"""`satudata backup`: first the database, then what the archive holds that the backup does not, and last the manifest that makes it one.

The archive only grows, and whatever the database speaks of stood there before it; so what is copied after the dump is all it needs. Killed at
any moment there is no manifest, hence no backup, and what was copied is there for the next.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from contracts import clock
from contracts.errors import ArchiveDamaged, BackupDamaged, NoBackup, RecordDamaged, SatudataError
from contracts.sealed import unsealed
from extractors.archive import Archive
from extractors.archive_place import CHUNK_BYTES
from satudata.backup.place import ARCHIVE, DUMPS, KEPT, MANIFESTS, BackupPlace, Kept, Manifest
from satudata.session import archive, warehouse
from warehouse.connect import database_url
from warehouse.dump import dump

NIGHTS_KEPT = 30
"""Dumps that the nightly backup keeps."""
Told = Callable[[str, int, int], None]
COUNTED = {"batch": "ops.batch", "catatan jurnal": "ops.journal", "pengambilan": "ops.fetch", "rilis": "ops.release"}


@dataclass(frozen=True)
class BackedUp:
    """What a backup came to."""

    manifest: Manifest
    copied: int
    """Objects that the place did not have."""
    problems: tuple[SatudataError, ...]
    """Objects of the archive that are damaged there already, and so not in the backup."""


def backup(url: str, told: Told = lambda *_: None, keep: int | None = None) -> BackedUp:
    """Make a backup; of older ones `keep` stay (None: all). Raises: `WrongSetting`, `WarehouseUnreachable`, `DumpFailed`, `BackupDamaged`."""
    place, at = BackupPlace(url), clock.now()
    stamp = f"{at:%Y%m%dT%H%M%SZ}"
    counts = _counts()
    told("Basis data", 0, 0)
    kept_dump = _dumped(place, stamp)
    objects, copied, problems = _copied(place, archive(), told)
    listing = place.write_listing(stamp, objects)
    manifest = Manifest(stamp, at.isoformat(), kept_dump, listing, len(objects), sum(kept.bytes for kept in objects.values()), counts)
    place.check(f"{DUMPS}/{stamp}.dump", place.hash_of(f"{DUMPS}/{stamp}.dump"), kept_dump)
    place.write_manifest(manifest)
    if keep is not None:
        _forget(place, keep)
    return BackedUp(manifest, copied, tuple(problems))


def verify(url: str, told: Told = lambda *_: None, stamp: str | None = None) -> tuple[Manifest, list[BackupDamaged]]:
    """Read a backup, by default the newest, from beginning to end; what of it is not what it was. Raises: `NoBackup`, `BackupDamaged`."""
    place = BackupPlace(url)
    manifest = place.manifest(stamp)
    wanted = {f"{ARCHIVE}/{name}": kept for name, kept in place.listing(manifest).items()} | {
        f"{DUMPS}/{manifest.stamp}.dump": manifest.dump
    }
    damaged: list[BackupDamaged] = []
    for count, (name, kept) in enumerate(wanted.items(), start=1):
        try:
            place.check(name, place.hash_of(name), kept)
        except BackupDamaged as error:
            damaged.append(error)
        told("Memeriksa", count, len(wanted))
    return manifest, damaged


def _counts() -> dict[str, int]:
    with warehouse() as conn:
        return {name: int(conn.execute(f"select count(*) from {table}").fetchone()[0]) for name, table in COUNTED.items()}  # type: ignore[index]


def _dumped(place: BackupPlace, stamp: str) -> Kept:
    with tempfile.TemporaryDirectory(prefix="satudata-cadangan-") as folder:
        path = Path(folder) / "dump"
        dump(database_url("owner"), path)
        return place.put(f"{DUMPS}/{stamp}.dump", _chunks(path))


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        yield from iter(lambda: stream.read(CHUNK_BYTES), b"")


def _copied(place: BackupPlace, kept: Archive, told: Told) -> tuple[dict[str, Kept], int, list[SatudataError]]:
    """Copy what is missing; every object of the archive with its hash, how many were copied, what could not be."""
    wanted = sorted((name, size) for name, size in kept.objects() if KEPT.fullmatch(name))
    there, known = place.objects(), _known(place)
    found: dict[str, Kept] = {}
    problems: list[SatudataError] = []
    copied = 0
    for count, (name, size) in enumerate(wanted, start=1):
        is_new = there.get(name) != size
        try:
            found[name] = _copy(place, kept, name) if is_new else known.get(name) or place.hash_of(f"{ARCHIVE}/{name}")
            copied += is_new
        except (ArchiveDamaged, RecordDamaged) as error:
            problems.append(error)
        told("Arsip", count, len(wanted))
    return found, copied, problems


def _known(place: BackupPlace) -> dict[str, Kept]:
    """The hashes that the last backup knew, so that nothing is read twice."""
    try:
        return place.listing(place.manifest())
    except (NoBackup, BackupDamaged):
        return {}


def _copy(place: BackupPlace, kept: Archive, name: str) -> Kept:
    """Copy one object, once it is known to be what it was. Raises: `ArchiveDamaged`, `RecordDamaged`."""
    if name.endswith(".json"):
        text = b"".join(kept.chunks(name))
        try:
            unsealed(text)
        except ValueError:
            raise RecordDamaged(name, "berubah sejak ditulis") from None
        return place.put(f"{ARCHIVE}/{name}", iter([text]))
    return place.put(f"{ARCHIVE}/{name}", kept.chunks(name), name.rpartition("/")[2])


def _forget(place: BackupPlace, keep: int) -> None:
    """Take older backups away, the manifest first: half a backup never looks whole. The archive's objects stay, newer ones need them."""
    for stamp in place.stamps()[: -keep or None]:
        place.remove(f"{MANIFESTS}/{stamp}.json", f"{MANIFESTS}/{stamp}.daftar", f"{DUMPS}/{stamp}.dump")
