"""`satudata restore`: the archive's objects first, then the database as it was dumped, then whatever the journal tells of after that.

Where the archive has outlived the database, it knows more than the backup: those records are done once more, as a rebuild does them, so
nothing that was accepted or decided after the backup is lost. Until that is done nobody loads.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from psycopg import Connection

from contracts import clock
from contracts.errors import WarehouseNotEmpty
from contracts.secrets import masked_url
from contracts.settings import settings
from extractors.archive import Archive
from satudata.backup.place import ARCHIVE, DUMPS, BackupPlace, Kept, Manifest
from satudata.rebuild.run import Rebuilt, catch_up, owner
from satudata.session import archive
from warehouse import rebuilding
from warehouse.connect import database_url
from warehouse.dump import restore as restore_dump

Told = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Restored:
    """What a restore came to."""

    manifest: Manifest
    copied: int
    """Objects that the archive did not have, or had damaged."""
    after: Rebuilt
    """What the journal told of after the backup."""


def restore(url: str, told: Told = lambda *_: None, stamp: str | None = None, *, overwrite: bool = False) -> Restored:
    """Bring a backup, by default the newest, into the warehouse and the archive that the settings name.

    `overwrite`: also over a warehouse that is not empty. Everything is checked before the first change. Raises: `NoBackup`, `BackupDamaged`,
    `WarehouseNotEmpty`, `DumpFailed`, `WarehouseUnreachable`.
    """
    place = BackupPlace(url)
    manifest = place.manifest(stamp)
    objects = place.listing(manifest)
    with owner() as conn:
        _refuse_the_living(conn, overwrite)
        name = f"{DUMPS}/{manifest.stamp}.dump"
        told("Memeriksa cadangan", 0, 0)
        with place.fetched(name, manifest.dump) as path:
            copied = _bring_archive(place, archive(), objects, told)
            told("Basis data", 0, 0)
            restore_dump(conn, database_url("owner"), path)
    with owner() as conn:  # opened anew: its shape may be older than the program
        rebuilding.begin(conn, masked_url(settings().archive_url), clock.now())
        return Restored(manifest, copied, catch_up(conn, told))


def _refuse_the_living(conn: Connection, overwrite: bool) -> None:
    server = masked_url(database_url("owner"))
    if not rebuilding.alone(conn):
        raise WarehouseNotEmpty(server, "proses lain sedang membangunnya ulang")
    state = rebuilding.state(conn, masked_url(settings().archive_url))
    if state not in ("empty", "unfinished") and not overwrite:
        raise WarehouseNotEmpty(server, state)


def _bring_archive(place: BackupPlace, kept: Archive, objects: dict[str, Kept], told: Told) -> int:
    """Copy what the archive does not have as it should be; how many objects. Raises: `BackupDamaged`."""
    there = dict(kept.objects())
    copied = 0
    for count, (name, wanted) in enumerate(objects.items(), start=1):
        if there.get(name) != wanted.bytes:
            with place.fetched(f"{ARCHIVE}/{name}", wanted) as path:
                kept.adopt(path, name)
            copied += 1
        told("Arsip", count, len(objects))
    return copied
