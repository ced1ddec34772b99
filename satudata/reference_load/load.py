"""`satudata reference load wilayah`: a list of the country's regions becomes the registry's, and everybody is told what that changes.

The list stays a file of the registry, where its history is kept like that of every contract; what has ended keeps its row with its last
day, because old figures speak of it. What was given, and what came of it, goes to the archive, and the act to the journal.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from psycopg import Connection

from contracts import clock
from contracts.errors import CodesInUse, TextsInUse, WrongUsage
from contracts.files import broken_file
from contracts.reference_files import MOST_PROBLEMS, check_list
from contracts.references import SHIPPED, part_of_sources
from contracts.settings import settings
from satudata.findings.acts import set_down
from satudata.reference_load.file import region_rows
from satudata.session import archive, warehouse
from warehouse.references import load_references
from warehouse.region_list import COLUMNS, KINDS, Change, Count, changes, compare, counts, further_columns, merged_rows, problems, stage

LIST = "wilayah"
MOST_ENDED, FEW = 0.05, 10
"""A list that ends more than this share of a level, and more than a few, is more likely to be cut short than right."""
MOST_BYTES = 1 << 30


@dataclass(frozen=True)
class Wanted:
    """How a list is to be taken."""

    per: date
    """The first day on which it is in force."""
    by: str
    reason: str | None = None
    look_only: bool = False
    names_agreed: bool = False
    ends_agreed: bool = False


@dataclass(frozen=True)
class Loaded:
    """What a list changes."""

    counts: list[Count]
    changes: list[Change]
    path: Path | None
    """Where the list stands now; None where nothing was written."""

    def of(self, kind: str) -> list[Change]:
        """The changes of one kind."""
        return [change for change in self.changes if change.kind == kind]

    @property
    def tally(self) -> dict[str, int]:
        """How many changes of each kind."""
        return {kind: len(self.of(kind)) for kind in KINDS}


def load_regions(path: Path, wanted: Wanted) -> Loaded:
    """Compare a file with the list that stands and, unless only looked at, make it the registry's.

    Raises: `BrokenContract` with every problem of the file; `WrongUsage` where codes bear other names, or many would end, and nobody has
    agreed to it; `TextsInUse` where names that rows bear would mean no region, or two. Whatever is raised, nothing was written.
    """
    if not path.is_file():
        raise WrongUsage(f"Berkas {path} tidak ada", "Periksa jalurnya")
    with warehouse() as conn:
        load_references(conn)
        with conn.transaction():
            with region_rows(path) as rows:
                stage(conn, rows)
            if found := problems(conn, MOST_PROBLEMS):
                raise broken_file(path, *found)
            compare(conn, wanted.per)
            told = Loaded(counts(conn), changes(conn), None)
            if wanted.look_only or not told.changes:
                return told
            _refuse(told, wanted)
            return Loaded(told.counts, told.changes, _taken(conn, path, told, wanted))


def _refuse(told: Loaded, wanted: Wanted) -> None:
    renamed = told.of("berganti nama")
    if renamed and not wanted.names_agreed:
        first = "; ".join(f"{one.code} {one.name} ({one.detail})" for one in renamed[:5])
        raise WrongUsage(
            f"{len(renamed)} kode memakai nama lain: {first}",
            "Sebuah kode tidak pernah dipakai ulang: pastikan wilayahnya sama, lalu ulangi dengan --setujui-nama",
        )
    for level in told.counts:
        if level.ended > FEW and level.ended > MOST_ENDED * level.in_scope and not wanted.ends_agreed:
            raise WrongUsage(
                f"{level.ended} dari {level.in_scope} {level.level} yang berlaku tidak ada di berkas ini; mungkin berkasnya terpotong",
                "Periksa berkasnya; bila semuanya memang berakhir, ulangi dengan --setujui-berakhir",
            )


def _taken(conn: Connection, path: Path, told: Loaded, wanted: Wanted) -> Path:
    """Within the transaction: the new list written and loaded; one that is not taken gives its place back to the old one."""
    target = _own_folder() / f"{LIST}.csv"
    stood = target.with_name(f".{target.name}.lama")
    shutil.copyfile(target, stood)
    try:
        _write(conn, path, target, told, wanted)
        load_references(conn)
    except (CodesInUse, TextsInUse):
        stood.replace(target)
        raise
    finally:
        stood.unlink(missing_ok=True)
    return target


def _write(conn: Connection, path: Path, target: Path, told: Loaded, wanted: Wanted) -> None:
    """Within the transaction: the new list beside the old one, judged; then the act and the one step that puts it in place."""
    fresh = target.parent / ".baru" / target.name  # a list in a folder of its own is nobody's list
    fresh.parent.mkdir(exist_ok=True)
    try:
        _save(conn, fresh)
        check_list(fresh)
        given, result = (archive().put(_chunks(file), MOST_BYTES).sha256 for file in (path, fresh))
        subject: dict[str, Any] = {
            "reference": LIST, "file": path.name, "sha256": given, "list_sha256": result, "per": str(wanted.per), **told.tally,
        }  # fmt: skip
        set_down(conn, "reference.load", wanted.by, subject, wanted.reason, clock.now())
        fresh.replace(target)
    finally:
        shutil.rmtree(fresh.parent, ignore_errors=True)


def _save(conn: Connection, fresh: Path) -> None:
    further = further_columns(conn)
    with fresh.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*COLUMNS, *further])
        writer.writerows(["" if cell is None else str(cell) for cell in row] for row in merged_rows(conn, further))


def _own_folder() -> Path:
    """The lists of this registry; one that used the shipped lists until now gets them all, or it would have no other."""
    own = settings().sources / "references"
    if not own.is_dir() and part_of_sources("references") == SHIPPED / "references":
        partly = own.with_name(".references.baru")
        shutil.rmtree(partly, ignore_errors=True)
        shutil.copytree(SHIPPED / "references", partly)
        partly.rename(own)
    return own


def _chunks(path: Path) -> Sequence[bytes]:
    return [path.read_bytes()]
