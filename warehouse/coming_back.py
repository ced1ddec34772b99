"""What a person went back on and no delivery has changed since: it stands in the raw tables still, and is published again once it is let go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from psycopg import Connection

from warehouse.releases import Release, by_number

HELD = """
select p.dataset, p.penerbit, p.up_to_no, d.raw_table, d.dataset_id from ops.pin p join ops.dataset d using (dataset)
where p.kind = 'rollback' and (%(all)s or p.dataset = any(%(chosen)s)) order by 1, 2"""
STANDING = """
select count(*), min(_periode_mulai), max(_periode_akhir) from {table}
where _dataset_id = %(id)s and _penerbit = %(penerbit)s and _to_batch is null and _from_batch > %(after)s and _from_batch <= %(up_to)s"""


class Returning(NamedTuple):
    """The rows of one publisher that come back as they were."""

    dataset: str
    penerbit: str
    rows: int
    mulai: date | None
    akhir: date | None


def coming_back(conn: Connection, datasets: Sequence[str]) -> list[Returning]:
    """The rows that `let_go` of these datasets, or of all where none is named, would let readers see again; to be asked before it."""
    row = conn.execute("select max(release_id) from ops.release where state = 'rolled_back'").fetchone()
    gone = by_number(conn, row[0]) if row and row[0] else None
    if gone is None:
        return []
    held = conn.execute(HELD, {"all": not datasets, "chosen": list(datasets)}).fetchall()
    found = [_standing(conn, gone, *one) for one in held]
    return [one for one in found if one.rows]


def _standing(conn: Connection, gone: Release, dataset: str, penerbit: str, up_to: int, table: str, number: int) -> Returning:
    values = {"id": number, "penerbit": penerbit, "after": up_to, "up_to": gone.seen(dataset, penerbit)}
    row = conn.execute(STANDING.format(table=table).encode(), values).fetchone() or (0, None, None)
    return Returning(dataset, penerbit, *row)
