"""Where the rows of every published table come from, as `ops.lineage_rows` follows it: written with the cut that they are read by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from psycopg import Connection

from warehouse.data_tables import numbered_rows
from warehouse.names import quote

_ALIAS = re.compile(r"\b([ms])\.")
"""The row we have, and one it may come from."""


@dataclass(frozen=True)
class LineageSource:
    """One step back from a published table."""

    table: str
    source: str
    """A published table, or SQL of accepted rows with what a staging row says of itself."""
    is_published: bool
    condition: str
    """SQL, true where row `m` comes from row `s`."""
    columns: tuple[str, ...] = ()
    """The columns that are fed from here; all where it is empty."""


def write_lineage_sources(conn: Connection, sources: Iterable[LineageSource]) -> None:
    """Make the ledger say these, and the tables of datasets without a concept. Within the transaction that fixes the cut."""
    rows = [
        (one.table, nth, one.source, one.is_published, list(one.columns), _ALIAS.sub(r"$\1.", one.condition))
        for nth, one in enumerate([*sources, *_data_tables(conn)], start=1)
    ]
    conn.execute("delete from ops.lineage_source")
    with conn.cursor() as cursor:
        cursor.executemany("insert into ops.lineage_source values (%s, %s, %s, %s, %s, %s)", rows)


def _data_tables(conn: Connection) -> Iterator[LineageSource]:
    for found in numbered_rows(conn):
        same = " and ".join(f"s.{quote(name)} = m.{quote(name)}" for name in found.key)
        yield LineageSource(found.name, f"({found.rows})", False, same)
