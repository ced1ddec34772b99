"""Versions of published tables once more: under which number a shape was published, and the old versions with what they last showed.

They are put in place before the first release that is made anew; from then on releases make new versions as they did. A record of an older
program names its tables only: the number of the version in force follows from that, the rows of the older ones are lost.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from psycopg import Connection

from contracts.errors import ArchiveDamaged, VersionLost
from satudata.journal.batches import unpack
from satudata.journal.versions import OF_THIS_DATABASE, TABLE, note_archived
from satudata.rebuild.ground import Ground
from satudata.rebuild.past import Record
from warehouse.journal import put_rows
from warehouse.names import quote, shown
from warehouse.published import PublishedTable, ensure, versioned
from warehouse.table_keys import finish
from warehouse.table_versions import cut_loose

KEPT = "pg_temp.versi_lama"


def bring_versions(ground: Ground, conn: Connection, record: Record, published: Collection[str]) -> None:
    """Before a release is made anew: put in place what no release makes again. In a transaction of the caller's.

    `published`: the names of all models and datasets the release has a table of.
    """
    if record.number != min(ground.to_build):
        return
    said = record.content.get("versions")
    if said is None:
        _by_name(ground, conn, record, published)
        return
    put_rows(conn, TABLE, [one["row"] | dict.fromkeys(OF_THIS_DATABASE) for one in said])
    for one in said:
        if one["row"]["superseded_at"] or one["row"]["model"] not in published:
            _put(ground, conn, record, one)


def note_kept(conn: Connection, record: Record) -> None:
    """After a release was made anew: where the rows of old versions are kept, as it said."""
    for one in record.content.get("versions", []):
        row = one["row"]
        note_archived(conn, row["table_name"], row["archived_sha256"], row["archived_release_id"])


def _put(ground: Ground, conn: Connection, record: Record, one: Mapping[str, Any]) -> None:
    """A table that no release fills: in its shape, with its comments, its key and the rows that are kept of it."""
    row = one["row"]
    table = PublishedTable(
        row["model"], KEPT, tuple(one["key"]), one["comment"], one["said"], version=row["version"], dataset_id=row["dataset_id"],
        figures=row["figures"],
    )  # fmt: skip
    conn.execute(f"drop table if exists {KEPT}")
    spec = ", ".join(f"{quote(name)} {pg_type}" for name, pg_type in one["columns"])
    conn.execute(f"create temp table {KEPT.partition('.')[2]} ({spec}) on commit drop")
    ensure(conn, table)
    cut_loose(conn, table.target)
    _unpack(ground, conn, record, one)
    names = _names(one)
    conn.execute(f"delete from {table.target}")
    conn.execute(f"insert into {table.target} ({names}) select {names} from {KEPT}")
    finish(conn, [table])


def _unpack(ground: Ground, conn: Connection, record: Record, one: Mapping[str, Any]) -> None:
    row = one["row"]
    if (sha256 := row["archived_sha256"]) is None or row["withdrawn_at"]:
        return
    try:
        with conn.transaction():
            unpack(conn, ground.archive, sha256, KEPT, _names(one))
    except ArchiveDamaged as error:
        ground.problems.append(VersionLost(shown(row["table_name"]), record.path, f"berkas {error.sha256} {error.reason}"))


def _names(one: Mapping[str, Any]) -> str:
    return ", ".join(quote(name) for name, _ in one["columns"])


def _by_name(ground: Ground, conn: Connection, record: Record, published: Collection[str]) -> None:
    """What the tables were called that the release changed tells in which version each was; its record says no more."""
    named = {change["table_name"] for change in record.content["changes"]} - set(published)
    for model in published:
        version = 1
        while versioned(model, version + 1) in named:
            version += 1
        if version > 1:
            put_rows(conn, TABLE, [{"table_name": versioned(model, version), "model": model, "version": version}])
            ground.problems += [
                VersionLost(shown(versioned(model, older)), record.path, "program waktu itu belum menyimpannya")
                for older in range(1, version)
            ]
