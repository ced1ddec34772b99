"""What the demo proves at its end: a random row of every published table leads to archived bytes that are still what was fetched."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from psycopg import Connection

from satudata.lineage.follow import lineage
from warehouse.names import quote, relation
from warehouse.published import columns

MOST_TRIES = 3


@dataclass(frozen=True)
class Traced:
    """One row that was followed."""

    table: str
    key: str
    origins: int
    """Accepted rows behind it; 0 for a table that is made of a list, or of nothing accepted."""
    made_of: str
    problem: str = ""
    """Why it could not be proven; '' where it could."""


def traced(conn: Connection, seed: str) -> Iterator[Traced]:
    """Follow a row of every table of mart that has any, chosen by `seed`. Raises: `WarehouseUnreachable`."""
    tables = conn.execute(
        "select p.table_name from ops.published_table p where p.table_name = ops.newest_table(p.model) order by 1"
    ).fetchall()
    for (table,) in tables:
        found = [_followed(table, pairs) for pairs in _rows(conn, str(table), seed)]
        if found:
            yield next((one for one in found if not one.problem), found[0])


def _rows(conn: Connection, table: str, seed: str) -> list[list[str]]:
    """Some rows of a table, each as the `column=value` pairs of its key, of those that say most: in some tables who has sent nothing has a row."""
    (key,) = conn.execute("select ops.primary_key(%s::regclass)", [relation(table)]).fetchall()[0]
    texts, everything = ", ".join(f"{quote(name)}::text" for name in key), ", ".join(map(quote, columns(conn, relation(table))))
    rows = conn.execute(
        f"""select {texts} from {relation(table)}
            order by num_nulls({everything}), md5(concat_ws('|', {texts}, %s::text)) limit {MOST_TRIES}""".encode(),
        [seed],
    ).fetchall()
    return [[f"{name}={value}" for name, value in zip(key, row, strict=True)] for row in rows]


def _followed(table: str, pairs: list[str]) -> Traced:
    found, key = lineage(table, pairs), shlex.join(pairs)
    if found.made_of:
        return Traced(table, key, 0, found.made_of)
    missing = [one for one in found.origins if one.isi is None]
    problem = f"arsip {', '.join(found.damaged)}" if found.damaged else "tidak ada baris di baliknya" if not found.origins else ""
    return Traced(table, key, len(found.origins), "", problem or (missing[0].catatan if missing else ""))
