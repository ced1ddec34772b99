"""What goes out of the history of figures because nobody may read it any more, and what the history goes on to tell of the cells it stood in.

A cell of which only those figures are known is forgotten whole: that there was one tells something, too. Where others of it may be read, the place
of each that went stays, empty, and so do the removal and the return: else the history says of a release what its readers never saw. What goes and
what is emptied is noted for the rest of the transaction, because the archive must know: it has what they said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from psycopg import Connection

from warehouse.figure_history import ALIKE, CELL, HISTORY, ROW, SHAPES, Shape, in_key, of_row, write_news
from warehouse.made_of import reported_by_others
from warehouse.names import literal
from warehouse.published import PublishedTable
from warehouse.published_now import published_now

GONE, EMPTIED = "riwayat_hilang", "riwayat_kosong"
"""Temporary tables of the transaction: the rows it took out, and those of which it left the place."""
CELLS, REPORTED = "sel_tersentuh", "sel_dilaporkan"
"""Others: the cells that lost something and have something left, and those that another dataset reports beside the one whose figure goes."""
NAMED = ("fakta", *CELL)
SAME = " and ".join(f"h.{name} = c.{name}" for name in NAMED)
EMPTY = "perubahan = case when h.perubahan = 'dihapus' then h.perubahan else 'ditarik' end, nilai = null, status_angka = null, _dataset_id = null"


def note_reported(conn: Connection, tables: Iterable[PublishedTable], dataset_id: int) -> None:
    """Before the rows of a withdrawn dataset go: note of which of their cells other open datasets report a figure."""
    _make(conn, REPORTED, NAMED)
    for table, shape in _newest(tables):
        said = ", ".join(f"{of_row(name, own, 'm')} as {name}" for name, own in shape.cell.items())
        conn.execute(
            f"insert into {REPORTED} select {literal(table.name)}, n.* from ({reported_by_others(conn, table, dataset_id, said)}) n"
        )


def take_out_dataset(conn: Connection, dataset_id: int) -> None:
    """Forget every figure of a dataset."""
    _take_out(conn, f"{{row}}._dataset_id = {dataset_id}")


def take_out_rows(conn: Connection, table: PublishedTable, match: Mapping[str, str], release_id: int) -> None:
    """Forget the figures of withdrawn rows: those that the match names, or where it names more than a history knows, all of the cells that have gone."""
    if (shape := SHAPES.get(table.name)) is None:
        return
    named = {own: name for name, own in shape.cell.items() if own} | {"_dataset_id": "_dataset_id"}
    if set(match) <= set(named):
        which = " and ".join(f"{{row}}.{named[own]} = {literal(value)}" for own, value in match.items())
    else:
        which = f"exists (select from ({_gone(table, shape, release_id)}) n where {ALIKE.replace('h.', '{row}.')})"
    _take_out(conn, f"{{row}}.fakta = {literal(table.name)} and {which}")


def take_out_closed(conn: Connection) -> bool:
    """Forget the figures of datasets that are open no longer; whether there were any."""
    closed = [f"{number}" for (number,) in conn.execute("select dataset_id from ops.dataset where akses <> 'terbuka'").fetchall()]
    return bool(closed) and _take_out(conn, f"{{row}}._dataset_id in ({', '.join(closed)})")


def say_what_is_left(conn: Connection, release_id: int, at: datetime) -> None:
    """Of cells that lost something, or whose row was just withdrawn: write that they went, or what is still published where that was told of another."""
    _make(conn, CELLS, NAMED)
    for table, shape in _newest(published_now(conn)):
        fact = literal(table.name)
        touched = f"select {', '.join(CELL)} from {CELLS} where fakta = {fact} union {_gone(table, shape, release_id)}"
        news = f"""select {", ".join(f"c.{name}" for name in CELL)}, t.{shape.nilai} as nilai, t.status_angka, t._dataset_id,
                          case when t.{shape.objek} is null then 'removed' else 'added' end as change
                   from ({touched}) c left join {table.target} t on {_in_table(shape)}"""
        last = f"""join lateral (select h.* from {HISTORY} h where h.fakta = {fact} and {ALIKE} order by h.rilis desc limit 1) l
                     on case when n.change = 'removed' then l.perubahan <> 'dihapus' else l.perubahan = 'ditarik' end"""
        write_news(conn, table.name, news, last, release_id, at)


def take_out_known(conn: Connection, rows: str) -> None:
    """Forget the rows that a temporary table names by `ROW`, as an earlier transaction did."""
    conn.execute(f"delete from {HISTORY} h using {rows} n where {_named()}")


def empty_known(conn: Connection, rows: str) -> None:
    """Leave the place of the rows that it names, as an earlier transaction did."""
    conn.execute(f"update {HISTORY} h set {EMPTY} from {rows} n where {_named()}")


def note_gone(conn: Connection) -> None:
    """Make the tables in which this transaction notes what it takes out, where it has none yet."""
    for name in (GONE, EMPTIED):
        _make(conn, name, ROW)


def _take_out(conn: Connection, which: str) -> bool:
    """`which`: SQL, true of a `{row}` of the history that goes. All of a cell goes of which nothing else may be read. Whether there were any."""
    note_gone(conn)
    _make(conn, CELLS, NAMED)
    _make(conn, REPORTED, NAMED)
    conn.execute("drop table if exists pg_temp.sel_ini")
    conn.execute(
        f"""create temp table sel_ini on commit drop as select distinct {", ".join(f"h.{name}" for name in NAMED)}, false as lain
            from {HISTORY} h where {which.format(row="h")}"""
    )
    if conn.execute("select exists (select from sel_ini)").fetchone() == (False,):
        return False
    _find_the_others(conn, f"h._dataset_id is not null and not ({which.format(row='h')})")
    conn.execute(f"insert into {CELLS} select {', '.join(NAMED)} from sel_ini where lain")
    _noted(conn, EMPTIED, f"update {HISTORY} h set {EMPTY} from sel_ini c where {SAME} and c.lain and {which.format(row='h')}")
    _noted(conn, GONE, f"delete from {HISTORY} h using sel_ini c where {SAME} and not c.lain")
    return True


def _find_the_others(conn: Connection, readable: str) -> None:
    """Say of which cells something else may be read: an earlier figure, the one that is published, or one that another dataset reports."""
    conn.execute("analyze sel_ini")
    found = [f"select from {HISTORY} h where {SAME} and {readable}", f"select from {REPORTED} h where {SAME}"]
    for table, shape in _newest(published_now(conn)):
        found.append(f"select from {table.target} t where c.fakta = {literal(table.name)} and {_in_table(shape)}")
    for rows in found:
        conn.execute(f"update sel_ini c set lain = true where not c.lain and exists ({rows})")


def _noted(conn: Connection, into: str, change: str) -> None:
    said = ", ".join(f"h.{name}" for name in ROW)
    conn.execute(f"with ubah as ({change} returning {said}) insert into {into} select * from ubah")


def _make(conn: Connection, name: str, columns: Iterable[str]) -> None:
    conn.execute(f"create temp table if not exists {name} on commit drop as select {', '.join(columns)} from {HISTORY} where false")


def _newest(tables: Iterable[PublishedTable]) -> list[tuple[PublishedTable, Shape]]:
    """The tables that have a history, in the version in force."""
    newest = {table.name: table for table in sorted(tables, key=lambda table: table.version)}
    return [(newest[name], shape) for name, shape in SHAPES.items() if name in newest]


def _in_table(shape: Shape) -> str:
    """SQL: the row `t` of a fact is of the cell `c`."""
    return " and ".join(f"c.{name} = {of_row(name, own, 't')}" for name, own in shape.cell.items())


def _gone(table: PublishedTable, shape: Shape, release_id: int) -> str:
    """SQL of the cells whose rows a release withdrew."""
    said = ", ".join(f"{in_key(name, own)} as {name}" for name, own in shape.cell.items())
    return f"""select {said} from ops.release_row r
               where r.release_id = {release_id} and r.table_name = {literal(table.published_as)} and r.change = 'removed' and r.withdrawn"""


def _named() -> str:
    return " and ".join(f"h.{name} = n.{name}" for name in ROW)
