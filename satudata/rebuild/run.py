"""`satudata rebuild`: an empty warehouse becomes what the archive's journal tells of, record after record, by the numbers they were given.

Each record is one transaction that also says it is done, so a rebuild that is killed goes on where it was. What cannot be done stops its
publisher there, because what follows rests on it; all others go on.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import psycopg
from psycopg import Connection

from contracts import clock
from contracts.errors import NotRebuilt, SatudataError, WarehouseNotEmpty, WarehouseUnreachable, WrongUsage
from contracts.registry import load_registry
from contracts.secrets import masked_url
from contracts.settings import settings
from extractors.archive import Archive
from satudata.rebuild.fetched import bring_fetches, introduce_the_rest
from satudata.rebuild.figures import obey_rules
from satudata.rebuild.ground import Ground
from satudata.rebuild.kinds import KINDS
from satudata.rebuild.past import Past, Publisher, Record, built_anew, read_past, records
from satudata.rebuild.releases import clear_rows
from satudata.rebuild.sources import Sources
from satudata.session import archive
from warehouse import rebuilding
from warehouse.connect import connect, database_url
from warehouse.migrate import migrate
from warehouse.stage import drop_orphans

COUNTED = {"batch": "ops.batch", "tindakan": "ops.act", "rilis": "ops.release", "angka di riwayat": "mart.riwayat_angka"}
Told = Callable[[str, int, int], None]
"""Hears what is being done, and how many of how many are done."""


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild came to."""

    records: int
    """Done by this rebuild, also by an earlier process of it."""
    problems: tuple[SatudataError, ...]
    tail: int
    """Records at the end of the journal of which nothing says whether they were committed; they were taken as done."""
    counts: Mapping[str, int]
    """What the warehouse holds now, to be held against the one that was."""


def rebuild(told: Told = lambda *_: None, releases: int = 1) -> Rebuilt:
    """Make the warehouse that SATUDATA_DATABASE_URL names, or the embedded one, from the archive.

    `releases`: how many of the last releases are built anew; of those before only the ledger tells. Raises: `WarehouseNotEmpty`,
    `WarehouseUnreachable`, and `WrongUsage` where the archive has no journal: its address is another one, then.
    """
    if not archive().has_records("journal"):
        where = masked_url(settings().archive_url)
        raise WrongUsage(f"Arsip {where} tidak berisi jurnal, jadi tidak ada yang dapat dibangun ulang", "Periksa SATUDATA_ARCHIVE_URL")
    with owner() as conn:
        _begin(conn)
        return catch_up(conn, told, releases)


def catch_up(conn: Connection, told: Told, releases: int = 1) -> Rebuilt:
    """Do every record of the journal that has no row yet; the caller has seen to it that nobody else loads."""
    past = read_past(archive(), lambda done, of: told("Membaca jurnal", done, of))
    rebuilding.count_on(
        conn, batch=past.last_batch, accept=past.last_accept, record=past.last_record, dataset=max(past.datasets.values(), default=0)
    )
    with _ground(past, releases, told) as ground:
        drop_orphans(ground.conn)
        ground.problems += bring_fetches(ground.conn, ground.archive, lambda done, of: told("Catatan pengambilan", done, of))
        _all(ground, told)
        clear_rows(conn, built_anew(past.releases, releases)[:1])
        obey_rules(conn)
    with connect("loader", autocommit=True) as loader:
        introduce_the_rest(loader, load_registry(), past.datasets)
    rebuilding.count_on_identities(conn)
    (done,) = conn.execute("select count(*) from ops.journal").fetchone() or (0,)
    rebuilding.end(conn, clock.now(), done, [problem.message for problem in ground.problems])
    return Rebuilt(done, tuple(ground.problems), len(past.tail), _counts(conn))


def _counts(conn: Connection) -> dict[str, int]:
    return {name: int(conn.execute(f"select count(*) from {table}").fetchone()[0]) for name, table in COUNTED.items()}  # type: ignore[index]


def _begin(conn: Connection) -> None:
    server, where = masked_url(database_url("owner")), settings().archive_url
    if not rebuilding.alone(conn):
        raise WarehouseNotEmpty(server, "proses lain sedang membangunnya ulang")
    state = rebuilding.state(conn, masked_url(where))
    if state not in ("empty", "unfinished"):
        raise WarehouseNotEmpty(server, state)
    rebuilding.begin(conn, masked_url(where), clock.now())


@contextmanager
def owner() -> Iterator[Connection]:
    """A connection as the owner to a warehouse of today's shape. Raises: `WarehouseUnreachable`."""
    url = database_url("owner")
    with connect("owner", autocommit=True) as conn:
        migrate(conn)
        try:
            yield conn
        except psycopg.OperationalError as error:
            raise WarehouseUnreachable(masked_url(url), str(error).strip().splitlines()[0]) from error


@contextmanager
def _ground(past: Past, releases: int, told: Told) -> Iterator[Ground]:
    kept = Archive(settings().archive_url)
    before = os.environ.get("SATUDATA_SOURCES")
    with tempfile.TemporaryDirectory(prefix="satudata-rebuild-") as folder, connect("loader", autocommit=True) as conn:
        sources = Sources(kept, Path(folder))
        anew = built_anew(past.releases, releases)
        os.environ["SATUDATA_SOURCES"] = str(sources.root)
        try:
            yield Ground(conn, kept, sources, past, frozenset(one.number for one in anew), lambda what: told(what, 0, 0))
        finally:
            os.environ.pop("SATUDATA_SOURCES")
            if before is not None:
                os.environ["SATUDATA_SOURCES"] = before


def _all(ground: Ground, told: Told) -> None:
    """Do what is not done yet, in the order of the numbers."""
    past, done = ground.past, {row[0] for row in ground.conn.execute("select journal_id from ops.journal").fetchall()}
    stopped = _lost(ground)
    waiting = {number: path for number, path in past.paths.items() if number not in done}
    for count, record in enumerate(records(ground.archive, waiting), start=1):
        if record.number > stopped.get(record.publisher, record.number):
            continue
        if (problem := _redo(ground, record)) is not None:
            ground.problems.append(problem)
            if record.dataset is not None:
                stopped.setdefault(record.publisher, record.number)
        told("Mengerjakan ulang jurnal", count, len(waiting))


def _lost(ground: Ground) -> dict[Publisher, int]:
    """Set down the records that are lost; the publishers whose they are, each with the first of them."""
    stopped: dict[Publisher, int] = {}
    for number, (path, reason, publisher) in sorted(ground.past.lost.items()):
        subject = " ".join(filter(None, publisher)) or "Pemilik catatan tidak diketahui"
        ground.problems.append(NotRebuilt(subject, path, reason))
        if publisher[0] is not None:
            stopped.setdefault(publisher, number)
    return stopped


def _redo(ground: Ground, record: Record) -> SatudataError | None:
    """Do one record at the moment it is of; why it could not be done."""
    redo = KINDS.get(record.kind)
    if redo is None:
        return ground.failed(record, f"jenis catatan `{record.kind}` tidak dikenal versi program ini")
    try:
        day = record.content.get("day")
        with clock.back_at(record.at, date.fromisoformat(day) if day else None):
            redo(ground, record)
    except psycopg.OperationalError:
        raise
    except NotRebuilt as error:
        return error
    except SatudataError as error:
        if error.exit_code == 3:
            raise
        return ground.failed(record, error.message.rstrip("."))
    except OSError:
        raise
    except Exception as unforeseen:
        return ground.failed(record, f"{type(unforeseen).__name__}: {str(unforeseen).splitlines()[0] if str(unforeseen) else ''}")
    return None
