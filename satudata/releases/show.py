"""What a release changed, or what lies between two, cell by cell, as a person reads it: table, dataset, key, column, before, after.

Read from the ledger of rows, which holds what readers saw and nothing else; what was taken out of it is said to have been.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg import Connection

from contracts.errors import WrongUsage
from satudata.releases.acting import known_release
from satudata.session import warehouse

HEADER = ("tabel", "dataset", "perubahan", "kunci", "kolom", "sebelum", "sesudah")
PAGE = 1_000
CELLS = """
with r as (
  select * from ops.release_row where release_id > %(older)s and release_id <= %(newer)s and (%(table)s::text is null or table_name = %(table)s)),
rows as (
  select distinct on (table_name, key) table_name, key,
         first_value(change) over w as first, last_value(change) over w as last, bool_or(withdrawn) over w as withdrawn,
         last_value(dataset_id) over w as dataset_id
  from r window w as (partition by table_name, key order by release_row_id rows between unbounded preceding and unbounded following)),
kinds as (
  select r.*, case when first = 'added' and last = 'removed' then null when first = 'added' then 'ditambah' when last = 'removed' then 'dihapus'
                   else 'diubah' end as kind
  from rows r),
was as (
  select distinct on (r.table_name, r.key, e.key) r.table_name, r.key, e.key as name, e.value from r, jsonb_each_text(r.before) e
  order by r.table_name, r.key, e.key, r.release_row_id),
now as (
  select distinct on (r.table_name, r.key, e.key) r.table_name, r.key, e.key as name, e.value from r, jsonb_each_text(r.after) e
  order by r.table_name, r.key, e.key, r.release_row_id desc),
cells as (
  select table_name, key, name, was.value as before, now.value as after from was full join now using (table_name, key, name))
select k.table_name, coalesce(d.dataset, '') as dataset, k.kind, k.key,
       case when k.withdrawn then '' else c.name end as name,
       case when k.withdrawn then '(ditarik)' when k.kind <> 'ditambah' then ops.masked(c.before) end as before,
       case when k.withdrawn then '(ditarik)' when k.kind <> 'dihapus' then ops.masked(c.after) end as after
from kinds k left join cells c on not k.withdrawn and c.table_name = k.table_name and c.key = k.key and not k.key ? c.name
left join ops.dataset d on d.dataset_id = k.dataset_id
where k.kind is not null
  and (k.withdrawn or k.kind = 'ditambah' and c.after is not null or k.kind = 'dihapus' and c.before is not null
       or k.kind = 'diubah' and c.before is distinct from c.after or c.name is null and k.kind <> 'diubah')
order by 1, 2, 4, 5"""


@dataclass(frozen=True)
class Cell:
    """One cell that says something else than before."""

    table: str
    dataset: str
    kind: str
    key: dict[str, Any]
    column: str
    before: str | None
    after: str | None

    @property
    def key_text(self) -> str:
        """The key as a person reads it."""
        return ", ".join(f"{name}={value}" for name, value in self.key.items())


def summary(older: int, newer: int) -> list[dict[str, Any]]:
    """Per table and dataset: {table, dataset, added, changed, removed, whole} of the releases after `older` up to `newer`.

    `whole` tables were new: all their rows were added, and are not in `cells`. Raises: `WrongUsage`.
    """
    with warehouse() as conn:
        _refuse_unreadable(conn, older, newer)
        rows = conn.execute(
            """select table_name, coalesce(dataset, ''), count(*) filter (where change = 'added'), count(*) filter (where change = 'changed'),
                      count(*) filter (where change = 'removed'), false
               from ops.release_row left join ops.dataset using (dataset_id) where release_id > %(older)s and release_id <= %(newer)s group by 1, 2
               union all select table_name, '', added, 0, 0, true from ops.release_change
               where whole and added > 0 and release_id > %(older)s and release_id <= %(newer)s order by 1, 2""",
            {"older": older, "newer": newer},
        ).fetchall()
    return [dict(zip(("table", "dataset", "added", "changed", "removed", "whole"), row, strict=True)) for row in rows]


def cells(older: int, newer: int, table: str | None = None) -> Iterator[Cell]:
    """The cells that differ between two releases, read in pages however many there are. Raises: `WrongUsage`."""
    with warehouse() as conn:
        _refuse_unreadable(conn, older, newer)
        with conn.transaction(), conn.cursor("cells") as cursor:
            cursor.itersize = PAGE
            cursor.execute(CELLS, {"older": older, "newer": newer, "table": table})
            for row in cursor:
                yield Cell(*row)


def write_csv(path: Path, older: int, newer: int, table: str | None = None) -> int:
    """All cells into a CSV file; how many."""
    number = 0
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADER)
        for one in cells(older, newer, table):
            writer.writerow([one.table, one.dataset, one.kind, one.key_text, one.column, one.before, one.after])
            number += 1
    return number


def span(older: int | None, newer: int | None) -> tuple[int, int]:
    """The two releases a person means: none named, the newest against the one before; one named, that one against the newest."""
    with warehouse() as conn:
        row = conn.execute("select max(release_id) from ops.release").fetchone()
        newest = int(row[0]) if row and row[0] else 0
        if older is None:
            return newest - 1, newest
        first, last = sorted((older, newest if newer is None else newer))
        for number in (first, last):
            known_release(conn, number)
    return first, last


def _refuse_unreadable(conn: Connection, older: int, newer: int) -> None:
    row = conn.execute(
        "select max(release_id) from ops.release where rows_cleared and release_id > %s and release_id <= %s", [older, newer]
    ).fetchone()
    if row and row[0]:
        raise WrongUsage(
            f"Perubahan per baris rilis {row[0]} sudah melewati masa simpannya", "Jumlahnya masih ada di `satudata release list`"
        )
