"""The fetches, as their records in the archive tell of them: all before anything is judged, as a verdict rests on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from psycopg import Connection

from contracts import clock
from contracts.errors import RecordDamaged
from contracts.registry import Registry
from extractors.archive import Archive
from satudata.rebuild.past import AT_ONCE, Said, read_ahead
from warehouse.catalogue import introduce

COLUMNS = (
    "fetch_id", "dataset", "penerbit", "nilai", "halaman", "url", "file_name", "run_date", "dag_id", "run_id", "map_index", "try", "started_at",
    "ended_at", "http_status", "outcome", "sha256", "bytes", "sniffed_type", "etag", "last_modified", "error_class", "message",
)  # fmt: skip


def bring_fetches(conn: Connection, archive: Archive, said: Said) -> list[RecordDamaged]:
    """Fill `ops.fetch`; those records that cannot be read come back. Done again it adds what is missing."""
    paths = [path for _, path in archive.records("fetch")]
    damaged: list[RecordDamaged] = []
    for start, found in read_ahead(archive, paths):
        damaged += [one for one in found if isinstance(one, RecordDamaged)]
        _insert(conn, [one for one in found if not isinstance(one, RecordDamaged)])
        said(min(start + AT_ONCE, len(paths)), len(paths))
    return damaged


def _insert(conn: Connection, found: list[dict[str, Any]]) -> None:
    values = ", ".join(f"%({name})s" for name in COLUMNS)
    with conn.transaction(), conn.cursor() as cursor:
        cursor.executemany(
            f"insert into ops.fetch ({', '.join(COLUMNS)}) overriding system value values ({values}) on conflict (fetch_id) do nothing",
            [dict.fromkeys(COLUMNS) | one for one in found],
        )


def introduce_the_rest(conn: Connection, registry: Registry, numbers: Mapping[str, int]) -> None:
    """Make known the datasets of a registry whose source was asked by now, be it that it never gave anything to judge.

    `numbers`: those that datasets bear in the journal; another is given a number beyond them.
    """
    fetched = {row[0] for row in conn.execute("select distinct dataset from ops.fetch where started_at <= %s", [clock.now()]).fetchall()}
    for dataset in registry.datasets.values():
        if dataset.id in fetched:
            introduce(conn, dataset, numbers.get(dataset.id))
