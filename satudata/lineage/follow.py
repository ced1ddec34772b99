"""`satudata lineage`: from one published row to every accepted row behind it, and to the bytes each of them was read from.

Followed as of the release that readers see, also while a transform is building the next one: the cut is turned back in a transaction that
is never committed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from contracts.references import part_of_sources
from satudata.conform.lineage_steps import said
from satudata.conform.prepare import set_cut
from satudata.lineage.archived import Checked, checked
from satudata.lineage.cells import cells_of
from satudata.lineage.row import Row, row_of
from satudata.session import warehouse
from warehouse.connect import connect
from warehouse.releases import Release, newest


@dataclass(frozen=True)
class Origin:
    """One accepted row behind a published one, as `quality.asal` tells it."""

    melalui: str
    kolom: list[str]
    dataset: str
    produsen: str | None
    penerbit: str
    berbicara: bool
    lokasi: str | None
    batch_id: int | None
    nomor_terima: int
    contract_sha256: str | None
    code_version: str | None
    fetch_id: int | None
    url: str | None
    berkas: str | None
    sha256: str | None
    bytes: int | None
    alamat_arsip: str | None
    diambil_pada: datetime
    arsip: str = ""
    """What the archive holds under this address now: `utuh`, or what is wrong."""
    isi: dict[str, str | None] | None = None
    """Column -> the cell as it stands in the file; None where it could not be read."""
    satuan: dict[str, str] = field(default_factory=dict)
    """Column -> the unit that its figure is in, by the contract; conform may have converted it."""
    catatan: str = ""
    """Why the cell is not shown, or by which contract it was read."""


@dataclass(frozen=True)
class Lineage:
    """All that stands behind one published row."""

    row: Row
    release: Release | None
    origins: list[Origin] = field(default_factory=list)
    made_of: str = ""
    """For a table whose rows were never accepted from a source: what it is made of."""
    list_sha256: str = ""
    """Fingerprint of the list of codes it is made of."""

    @property
    def damaged(self) -> list[str]:
        """Addresses whose bytes are not what they were."""
        return sorted({one.alamat_arsip or "" for one in self.origins if one.arsip != "utuh"})


def lineage(table: str, pairs: Sequence[str]) -> Lineage:
    """Follow the one row of a published table that says all of the pairs (`column=value`).

    Raises: `WrongUsage` where there is no such row, or more than one.
    """
    with warehouse(), connect("transformer", autocommit=True) as conn:
        row, release = row_of(conn, table, pairs), newest(conn)
        made_of = said().get(row.model)
        if isinstance(made_of, Mapping):
            return Lineage(row, release, made_of=str(made_of["isi"]), list_sha256=_list_sha256(made_of))
        with conn.transaction(force_rollback=True):
            _turn_back(conn, release)
            found = _origins(conn, row)
        archive = checked({one.sha256: one.bytes for one in found if one.sha256})
        return Lineage(row, release, [_told(one, archive) for one in cells_of(conn, found, archive)])


def _list_sha256(made_of: Mapping[str, Any]) -> str:
    from hashlib import sha256

    path = part_of_sources("references") / f"{made_of.get('acuan')}.csv"
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _turn_back(conn: Connection, release: Release | None) -> None:
    """Let the staging views show what the release saw, where a later transform has looked further."""
    if release is None:
        return
    (cut,) = conn.execute("select cut_no from ops.cut").fetchone() or (None,)
    pins = {f"{dataset}|{penerbit}": up_to for dataset, penerbit, up_to in conn.execute("table ops.cut_pin").fetchall()}
    if cut != release.cut_no or pins != dict(release.pins):
        set_cut(conn, release.cut_no, release.published_at.date(), release.pins)


def _origins(conn: Connection, row: Row) -> list[Origin]:
    key = {name: str(value) if value is not None else None for name, value in row.key.items()}
    with conn.cursor(row_factory=class_row(Origin)) as cursor:
        return cursor.execute(
            """select melalui, kolom, dataset, produsen, penerbit, berbicara, lokasi, batch_id, nomor_terima, contract_sha256, code_version, fetch_id, url,
                      berkas, sha256, bytes, alamat_arsip, diambil_pada
               from quality.asal(%s, %s) order by melalui, kolom, berbicara desc, dataset, penerbit, nomor_terima, lokasi""",
            [row.table, Jsonb(key)],
        ).fetchall()


def _told(one: Origin, archive: Mapping[str, Checked]) -> Origin:
    found = archive.get(one.sha256 or "")
    return replace(one, arsip=found.state if found else "tidak diketahui: batch ini tidak mencatat pengambilannya")
