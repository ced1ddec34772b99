"""Primary keys, foreign keys and indexes of published tables: made when the rows of a release are in, so that none is checked twice.

An index costs every release its upkeep, so each names the question it answers; all of them stand in `bench/dashboard.sql`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from psycopg import Connection

from warehouse.names import quote, relation
from warehouse.published import PublishedTable, columns, constraint_name, primary_key, versioned

INDEXES: Mapping[str, Sequence[tuple[str, ...]]] = {
    "fct_indikator": (("wilayah_key", "indikator_key", "periode_akhir"),),  # what one region says of itself over time
    "fct_harga_komoditas": (("wilayah_key", "periode_akhir"),),  # the prices of one market town this week
    "fct_neraca_pangan": (("wilayah_key", "periode_akhir"),),
    "sosial_kelurahan": (("kode_wilayah", "tanggal"), ("nama_kabupaten_kota", "kode_indikator", "tanggal")),  # one kelurahan; one theme of a city
    "indikator_terkini": (("kode_wilayah",), ("kode_indikator", "wilayah_level")),  # a page of a region; a map of an indicator
    "layanan_publik": (("kode_indikator", "tahun", "wilayah_level"),),  # a map of a service
    "neraca_pangan": (("nama_kabupaten_kota", "minggu"),),  # shortages of a week
    "titik_layanan": (("kode_wilayah", "jenis"),),  # what stands in one kelurahan
    "keaktifan_situs_opd": (("kode_pemda",),),
}  # fmt: skip


def drop_strayed(conn: Connection, table: PublishedTable, versions: Mapping[str, int]) -> None:
    """Before rows move: take away the foreign keys that lead to a version that is published no longer."""
    for key in table.foreign_keys:
        if _leads_to(conn, table, _name(table, key.column)) not in (None, versioned(key.table, versions.get(key.table, 1))):
            conn.execute(f"alter table {table.target} drop constraint {quote(_name(table, key.column))}")


def finish(conn: Connection, tables: Sequence[PublishedTable]) -> None:
    """When all rows are in: check every reference, then declare the keys and indexes that are not declared yet.

    Raises psycopg's IntegrityError where a key is not unique or leads nowhere; the transaction is lost then.
    """
    conn.execute("set constraints all immediate")  # a table with checks pending cannot be altered
    versions = {table.name: table.version for table in tables}
    for table in tables:
        if not primary_key(conn, table.target):
            conn.execute(f"alter table {table.target} add primary key ({', '.join(map(quote, table.key))})")
    for table in tables:
        _connect(conn, table, versions)
        _index(conn, table)


def _connect(conn: Connection, table: PublishedTable, versions: Mapping[str, int]) -> None:
    for key in table.foreign_keys:
        name = _name(table, key.column)
        if _leads_to(conn, table, name) is None:
            to = relation(versioned(key.table, versions.get(key.table, 1)))
            conn.execute(
                f"alter table {table.target} add constraint {quote(name)} foreign key ({quote(key.column)})"
                f" references {to} ({quote(key.refers_to)}) deferrable initially deferred"
            )


def _name(table: PublishedTable, column: str) -> str:
    return constraint_name(table.published_as, f"{column}_fkey")


def _leads_to(conn: Connection, table: PublishedTable, name: str) -> str | None:
    row = conn.execute(
        """select t.relname from pg_constraint c join pg_class t on t.oid = c.confrelid
           where c.conrelid = %s::regclass and c.conname = %s and c.contype = 'f'""",
        [table.target, name],
    ).fetchone()
    return str(row[0]) if row else None


def _index(conn: Connection, table: PublishedTable) -> None:
    there = columns(conn, table.target) if table.bare_name in INDEXES else {}
    for wanted in INDEXES.get(table.bare_name, ()):
        if set(wanted) <= set(there):
            name = constraint_name(table.published_as, "_".join(wanted))
            conn.execute(f"create index if not exists {quote(name)} on {table.target} ({', '.join(map(quote, wanted))})")
