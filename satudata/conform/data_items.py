"""The daftar data of every pemda in the ledger, as the registry says it now: marts about data tell readers what Standar Data says of each."""

from __future__ import annotations

from psycopg import Connection

from contracts.registry import Registry

SAID = (
    "nama", "produsen_data", "jadwal_rilis", "prioritas", "jenis_data", "kelas_informasi", "urusan", "kode_dssd", "konsep", "definisi", "klasifikasi",
    "ukuran", "satuan",
)  # fmt: skip
"""In the order of `ops.data_item`, after pemda and code."""


def write_data_items(conn: Connection, registry: Registry) -> None:
    """Make `ops.data_item` say what daftar_data.yml says, before a release asks who is late. `conn` is in autocommit."""
    rows = [
        (folder.pemda.kode, code, *(getattr(item, name) for name in SAID))
        for folder in registry.folders.values()
        if folder.pemda
        for code, item in folder.items.items()
    ]
    with conn.transaction(), conn.cursor() as cursor:
        cursor.execute("delete from ops.data_item")
        cursor.executemany(f"insert into ops.data_item values ({', '.join(['%s'] * (2 + len(SAID)))})", rows)
