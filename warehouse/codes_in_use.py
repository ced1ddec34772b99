"""Codes that a reference list no longer has though accepted rows speak of them: dropped, their figures would go out of the next release.

Asked only where a list comes without a code that stands, so that a list that loses none costs nothing: every text that raw holds for that list
is resolved by the list as it stands, rows that are published no more included, because the history of figures shows them.
"""

from __future__ import annotations

from dataclasses import dataclass

from psycopg import Connection
from psycopg.rows import class_row

from warehouse.asked_of import ask, tables_of
from warehouse.code_columns import PAIR, qualified


@dataclass(frozen=True)
class UsedCode:
    """A code that stands, and how many rows speak of it or of a part of it."""

    code: str
    name: str
    rows: int


def used_among(conn: Connection, reference: str, dropped: str, most: int) -> list[UsedCode]:
    """Of the codes in the table `dropped` (code) those that rows use, in their order and no more than `most`. Within the caller's transaction.

    A code is used with those below it: without a kecamatan nobody can tell which desa a name means.
    """
    conn.execute("create temp table used_code (code text not null, rows bigint not null) on commit drop")
    ask(conn, reference)
    _resolve(conn)
    if reference == "wilayah":
        _count_pemda(conn, dropped)
    found = _used(conn, reference, dropped, most)
    conn.execute("drop table asked_of, used_code")
    return found


def _resolve(conn: Connection) -> None:
    """What the texts mean by the list as it stands, however many columns ask the same."""
    names = ", ".join(PAIR)
    conn.execute(f"create temp table asked_once on commit drop as select distinct {names} from asked_of; analyze asked_once")
    conn.execute(
        f"""insert into used_code select x.code, sum(a.rows) from ops.resolve_codes('asked_once') x join asked_of a using ({names})
            where x.code is not null group by 1"""
    )
    conn.execute("drop table asked_once")


def _count_pemda(conn: Connection, dropped: str) -> None:
    """Figures of a dataset whose source names no region are those of its pemda."""
    of_pemda = f"""pemda in (select code from {dropped})
                   and dataset_id not in (select dataset_id from ops.code_column where reference = 'wilayah')"""
    for table in tables_of(conn, of_pemda):
        conn.execute(
            f"""insert into used_code select d.pemda, count(*) from {qualified(table)} r
                join (select dataset_id, pemda from ops.dataset where {of_pemda}) d on d.dataset_id = r._dataset_id group by 1"""
        )


def _used(conn: Connection, reference: str, dropped: str, most: int) -> list[UsedCode]:
    with conn.cursor(row_factory=class_row(UsedCode)) as cursor:
        return cursor.execute(
            f"""with recursive part as (
                  select code as of, code from {dropped}
                  union
                  select p.of, i.code from part p join ops.reference_item i on i.reference = %(list)s and i.parent = p.code)
                select p.of as code, i.name, sum(u.rows)::bigint as rows from part p
                join used_code u on u.code = p.code join ops.reference_item i on i.reference = %(list)s and i.code = p.of
                group by 1, 2 order by 1 limit %(most)s""".encode(),
            {"list": reference, "most": most},
        ).fetchall()
