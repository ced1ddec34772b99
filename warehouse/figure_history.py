"""Every figure that readers were ever shown, cell by cell, for good: what was first published, what it was revised to, when it went.

Written by the transaction that changes the published table, from what it has just found to differ; so a rollback is in it too. Only what must not
be read any more is taken out (`warehouse.forgotten_figures`).
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
ALIKE = " and ".join(f"h.{name} = n.{name}" for name in CELL)
WHEN_NEW = "case when n.change = 'removed' then 'dihapus' when l.perubahan is null then 'terbit' when l.perubahan = 'dihapus' then 'kembali' else 'revisi' end"
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
    said = ", ".join(f"{of_row(name, own, 't')} as {name}" for name, own in shape.cell.items())
    news = f"select {said}, t.{shape.nilai} as nilai, t.status_angka, t._dataset_id, 'added' as change from {table.target} t"
    last = f"""left join (select distinct on ({", ".join(CELL)}) * from {HISTORY} where fakta = {literal(table.name)}
                          order by {", ".join(CELL)}, rilis desc) l on {ALIKE.replace("h.", "l.")}"""
    write_news(conn, table.name, news, last, release_id, at)


def go_on(conn: Connection, sides: Sides, release_id: int, at: datetime) -> None:
    """Write what `rincian` says of the cells of a table, before or after the rows themselves are changed."""
    table = sides.table
    if (shape := SHAPES.get(table.name)) is None:
        return
    said = ", ".join(f"{in_key(name, own)} as {name}" for name, own in shape.cell.items())
    news = f"""select {said}, k.{shape.nilai} as nilai, k.status_angka, coalesce(k._dataset_id, r.dataset_id) as _dataset_id, r.change
               from rincian r left join {sides.k} on k.__tid = r.baru"""
    last = f"""left join lateral (select h.* from {HISTORY} h where h.fakta = {literal(table.name)} and {ALIKE} order by h.rilis desc limit 1) l on true"""
    write_news(conn, table.name, news, last, release_id, at)


def write_news(conn: Connection, fact: str, news: str, last: str, release_id: int, at: datetime) -> None:
    """Write what a release says of cells; SQL: `news` n (a cell, its figure, change) and the join of what was last said of each, `last` l."""
    conn.execute(
        f"""insert into {HISTORY} (fakta, {", ".join(CELL)}, rilis, terbit_pada, angka_ke, perubahan, nilai, status_angka, _dataset_id)
            select %s, {", ".join(f"n.{name}" for name in CELL)}, %s, %s, coalesce(l.angka_ke, 0) + 1, {WHEN_NEW}, n.nilai, n.status_angka, n._dataset_id
            from ({news}) n {last}
            where {SAYS_ELSE} on conflict do nothing""",
        [fact, release_id, at],
    )


def of_row(name: str, own: str | None, row: str) -> str:
    """SQL of a column of the cell, of a row of the fact, whose column is `own`."""
    return f"{row}.{quote(own)}" if own else "''" if name == "ukuran" else "0"


def in_key(name: str, own: str | None) -> str:
    """The same, of the key of a record of changes."""
    if own is None:
        return of_row(name, own, "")
    return f"r.key ->> {literal(own)}" if name == "ukuran" else f"(r.key ->> {literal(own)})::integer"
