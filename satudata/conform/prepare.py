"""What must stand in the database before dbt starts: references, agencies, concept tables, codes, the cut and its pins."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from psycopg import Connection

from contracts import clock
from contracts.dataset import Dataset
from contracts.models.contract import Contract
from contracts.registry import Registry, load_registry
from satudata.conform.lineage_steps import lineage_sources
from warehouse import raw_tables
from warehouse.candidate import turn
from warehouse.lineage_sources import write_lineage_sources
from warehouse.raw_codes import resolve_raw
from warehouse.references import load_references
from warehouse.releases import ReleaseInput


def prepare(conn: Connection, loader: Connection, given: ReleaseInput) -> int:
    """Bring `ops` to what this release reads; returns how many published texts wait for a code.

    `loader` makes the tables of concepts that no dataset has filled yet; models read them all the same.
    """
    registry = load_registry()
    _concept_tables(loader, registry)
    load_references(conn)
    with conn.transaction():
        _agencies(conn, registry)
    return see(conn, given)


def see(conn: Connection, given: ReleaseInput) -> int:
    """Fix what the staging views show and by which contracts, and resolve its codes; returns how many texts wait for one.

    Pins, decisions and contracts that come later wait for the next transform.
    """
    with conn.transaction():
        set_cut(conn, given.cut_no, given.run_date, given.pins)
        waiting = resolve_raw(conn, clock.now())
        write_lineage_sources(conn, lineage_sources())
        turn(conn, given.ground_digest)
        return waiting


def set_cut(conn: Connection, cut_no: int, run_date: date, pins: Mapping[str, int]) -> None:
    """Make the staging views show what a release of this cut and these pins sees. Within the caller's transaction."""
    conn.execute("delete from ops.cut")
    conn.execute("insert into ops.cut values (%s, %s)", [cut_no, run_date])
    conn.execute("delete from ops.cut_pin")
    rows = [(*name.rsplit("|", 1), up_to) for name, up_to in pins.items()]
    with conn.cursor() as cursor:
        cursor.executemany("insert into ops.cut_pin values (%s, %s, %s)", rows)
    conn.execute("delete from ops.cut_decision")
    conn.execute("insert into ops.cut_decision select * from ops.decision")
    conn.execute("select ops.see_contracts()")


def _concept_tables(loader: Connection, registry: Registry) -> None:
    for name, concept in registry.concepts.items():
        given: dict[str, Any] = {"title": name, "concept": name, "columns": {}}
        shell = Contract.model_construct(**given)
        raw_tables.ensure(loader, Dataset(id=name, contract=shell, path=Path(), sha256="", concept=concept))


def _agencies(conn: Connection, registry: Registry) -> None:
    """The pemda and their OPD as the registry names them; those the registry no longer has stay known."""
    pemda, opd = [], []
    for folder in registry.folders.values():
        if folder.pemda is None:
            continue
        pemda.append((folder.pemda.kode, folder.pemda.nama, folder.pemda.walidata, folder.pemda.batas_sensor))
        for name, o in folder.opd.items():
            joined = "; ".join(o.urusan) or None, o.situs, o.berlaku_dari, o.berlaku_sampai, "; ".join(o.digantikan_oleh) or None
            opd.append((name, folder.pemda.kode, o.nama, o.singkatan, *joined))
    with conn.cursor() as cursor:
        cursor.executemany(
            """insert into ops.pemda (pemda, nama, walidata, batas_sensor) values (%s, %s, %s, %s) on conflict (pemda) do update set
               (nama, walidata, batas_sensor) = (excluded.nama, excluded.walidata, excluded.batas_sensor)""",
            pemda,
        )
        cursor.executemany(
            """insert into ops.opd values (%s, %s, %s, %s, %s, %s, %s, %s, %s) on conflict (pemda, opd) do update set
               (nama, singkatan, urusan, situs, berlaku_dari, berlaku_sampai, digantikan_oleh) = (excluded.nama, excluded.singkatan, excluded.urusan,
                excluded.situs, excluded.berlaku_dari, excluded.berlaku_sampai, excluded.digantikan_oleh)""",
            opd,
        )
