"""Every figure that readers were ever shown, cell by cell, for good: what was first published, what it was revised to, when it went.

Written by the transaction that changes the published table, from what it has just found to differ; so a rollback is in it too. Only what must not
be read any more is taken out: figures that were withdrawn, and those of datasets that are open no longer. Which rows went is noted for the rest of
the transaction, because the archive must know: it has what they said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from psycopg import Connection

from warehouse.names import literal, quote
from warehouse.published import PublishedTable
from warehouse.row_changes import Sides

HISTORY = "mart.riwayat_angka"
CELL = ("objek_key", "wilayah_key", "periode_key", "rincian_key", "ukuran")
ROW = ("fakta", *CELL, "rilis")
GONE = "riwayat_hilang"
"""A temporary table of the transaction: the rows that it took out."""
ALIKE = " and ".join(f"h.{name} = n.{name}" for name in CELL)
WHEN_NEW = (
    """case when n.change = 'removed' then 'dihapus' when l.perubahan is null or l.perubahan = 'dihapus' then 'terbit' else 'revisi' end"""
)
SAYS_ELSE = "l.perubahan is null or l.perubahan = 'dihapus' or n.change = 'removed' or (n.nilai, n.status_angka) is distinct from (l.nilai, l.status_angka)"


@dataclass(frozen=True)
class Shape:
    """The columns of a fact that make a cell of the history, and its figure."""

    objek: str
    nilai: str
    rincian: str | None = None
    ukuran: str | None = None

    @property
    def cell(self) -> dict[str, str | None]:
        """Column of the history -> column of the fact."""
        return dict(zip(CELL, (self.objek, "wilayah_key", "periode_key", self.rincian, self.ukuran), strict=True))


SHAPES: Mapping[str, Shape] = {
    "fct_indikator": Shape("indikator_key", "nilai", rincian="klasifikasi_key"),
    "fct_harga_komoditas": Shape("komoditas_key", "harga_rp", rincian="pasar_key"),
    "fct_neraca_pangan": Shape("komoditas_key", "nilai_ton", ukuran="ukuran"),
}


def begin(conn: Connection, table: PublishedTable, release_id: int, at: datetime) -> None:
    """A table was filled for the first time: its cells begin, or go on where an older version of the table has left off."""
    if (shape := SHAPES.get(table.name)) is None:
        return
    said = ", ".join(f"{_column(name, own, 't')} as {name}" for name, own in shape.cell.items())
    news = f"select {said}, t.{shape.nilai} as nilai, t.status_angka, t._dataset_id, 'added' as change from {table.target} t"
    last = f"""left join (select distinct on ({", ".join(CELL)}) * from {HISTORY} where fakta = {literal(table.name)}
                          order by {", ".join(CELL)}, rilis desc) l on {ALIKE.replace("h.", "l.")}"""
    _write(conn, table.name, news, last, release_id, at)


def go_on(conn: Connection, sides: Sides, release_id: int, at: datetime) -> None:
    """Write what `rincian` says of the cells of a table, before or after the rows themselves are changed."""
    table = sides.table
    if (shape := SHAPES.get(table.name)) is None:
        return
    said = ", ".join(f"{_in_key(name, own)} as {name}" for name, own in shape.cell.items())
    news = f"""select {said}, k.{shape.nilai} as nilai, k.status_angka, coalesce(k._dataset_id, r.dataset_id) as _dataset_id, r.change
               from rincian r left join {sides.k} on k.__tid = r.baru"""
    last = f"""left join lateral (select h.* from {HISTORY} h where h.fakta = {literal(table.name)} and {ALIKE} order by h.rilis desc limit 1) l on true"""
    _write(conn, table.name, news, last, release_id, at)


def take_out_rows(conn: Connection, table: PublishedTable, match: Mapping[str, str], release_id: int) -> None:
    """Forget the cells of withdrawn rows: of those that have just gone, and of all that the match names by columns of a cell."""
    if (shape := SHAPES.get(table.name)) is None:
        return
    said = ", ".join(f"{_in_key(name, own)} as {name}" for name, own in shape.cell.items())
    gone = f"select {said} from ops.release_row r where r.release_id = {release_id} and r.table_name = {literal(table.published_as)}"
    _forget_cells(conn, table.name, gone)
    named = {own: name for name, own in shape.cell.items() if own} | {"_dataset_id": "_dataset_id"}
    if set(match) <= set(named):
        same = " and ".join(f"h.{named[own]} = {literal(value)}" for own, value in match.items())
        _delete(conn, f"where h.fakta = {literal(table.name)} and {same}")


def take_out_dataset(conn: Connection, dataset_id: int) -> None:
    """Forget every figure of a dataset."""
    _delete(conn, f"where h._dataset_id = {dataset_id}")


def take_out_closed(conn: Connection) -> None:
    """Forget the figures of datasets that are open no longer."""
    _delete(conn, "using ops.dataset d where d.dataset_id = h._dataset_id and d.akses <> 'terbuka'")


def take_out_known(conn: Connection, rows: str) -> None:
    """Forget the rows that a temporary table names by `ROW`, as an earlier transaction did."""
    conn.execute(f"delete from {HISTORY} h using {rows} n where {' and '.join(f'h.{name} = n.{name}' for name in ROW)}")


def note_gone(conn: Connection) -> None:
    """Make the table in which this transaction notes what it takes out, where it has none yet."""
    conn.execute(f"create temp table if not exists {GONE} on commit drop as select {', '.join(ROW)} from {HISTORY} where false")


def _write(conn: Connection, fact: str, news: str, last: str, release_id: int, at: datetime) -> None:
    conn.execute(
        f"""insert into {HISTORY} (fakta, {", ".join(CELL)}, rilis, terbit_pada, angka_ke, perubahan, nilai, status_angka, _dataset_id)
            select %s, {", ".join(f"n.{name}" for name in CELL)}, %s, %s, coalesce(l.angka_ke, 0) + 1, {WHEN_NEW}, n.nilai, n.status_angka, n._dataset_id
            from ({news}) n {last}
            where {SAYS_ELSE} on conflict do nothing""",
        [fact, release_id, at],
    )


def _forget_cells(conn: Connection, fact: str, cells: str) -> None:
    _delete(conn, f"using ({cells}) n where h.fakta = {literal(fact)} and {ALIKE}")


def _delete(conn: Connection, which: str) -> None:
    note_gone(conn)
    said = ", ".join(f"h.{name}" for name in ROW)
    conn.execute(f"with hilang as (delete from {HISTORY} h {which} returning {said}) insert into {GONE} select * from hilang")


def _column(name: str, own: str | None, row: str) -> str:
    return f"{row}.{quote(own)}" if own else "''" if name == "ukuran" else "0"


def _in_key(name: str, own: str | None) -> str:
    """The same, of the key of a record of changes."""
    if own is None:
        return _column(name, own, "")
    return f"r.key ->> {literal(own)}" if name == "ukuran" else f"(r.key ->> {literal(own)})::integer"
