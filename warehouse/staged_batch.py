"""A staged batch beside its raw table, in SQL: which rows are open, when two have one key, when two say the same.

The merge, the search for unchanged rows and the pins all speak of it in these words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from psycopg import Connection

from contracts.registry import Dataset
from warehouse.names import contract_columns, literal, quote
from warehouse.raw_tables import typed_columns


@dataclass(frozen=True)
class Batch:
    """What the merge must know of a staged batch.

    `bad` is the table of row numbers set aside, if there is one; `news` a smaller table that holds every staged row without an equal in raw.
    """

    dataset: Dataset
    dataset_id: int
    penerbit: str
    staged: str
    bad: str | None
    fetched_at: datetime
    news: str | None = None
    listed: str | None = None
    """The table of rows that break a rule without being set aside, if there is one."""


def table_of(batch: Batch) -> str:
    """The raw table of a batch, quoted."""
    schema, table = batch.dataset.raw_table.split(".")
    return f"{schema}.{quote(table)}"


def open_rows(batch: Batch) -> str:
    """SQL: true for a raw row `r` that is this dataset's and publisher's last word."""
    return f"r._dataset_id = {batch.dataset_id} and r._penerbit = {literal(batch.penerbit)} and r._to_batch is null"


def open_in_scope(batch: Batch) -> str:
    """The open rows a batch may touch: of `replace_period` those of its periods; a day need not read five years."""
    contract = batch.dataset.contract
    within = f"""{open_rows(batch)} and r._periode_mulai between (select min(_periode_mulai) from {batch.staged})
                 and (select max(_periode_mulai) from {batch.staged})"""
    if contract.write == "replace_period":
        return f"{within} and r._periode_mulai in (select distinct _periode_mulai from {batch.staged})"
    is_keyed_by_period = contract.period is not None and contract.period.column in contract.key
    return within if contract.write == "append" and is_keyed_by_period else open_rows(batch)


def has_open_rows(conn: Connection, batch: Batch) -> bool:
    """Has anything of this dataset and publisher been accepted before?"""
    return bool(scalar(conn, f"select exists (select from {table_of(batch)} r where {open_rows(batch)})"))


def scalar(conn: Connection, query: str) -> object:
    """The one value a query returns, None without a row."""
    row = conn.execute(query).fetchone()
    return row[0] if row else None


def row_hash(dataset: Dataset) -> str:
    """SQL of the 64-bit hash of all that a staged row says: its typed columns, what they are called, and the status of its figure."""
    names = [name for name, _ in contract_columns(dataset)]
    columns = ", ".join(["s._status_angka", *(f"s.{quote(name)}" for name in names)])
    return f"hash_record_extended(row({columns}), hashtextextended({literal(' '.join(names))}, 0))"


def key_match(batch: Batch, left: str = "r", right: str = "s", *, right_is_raw: bool = False) -> str:
    """SQL that is true when raw row `left` and staged (or raw) row `right` have the same key."""
    own, types = dict(typed_columns(batch.dataset)), dict(contract_columns(batch.dataset))

    def raw(alias: str, name: str) -> str:
        return f"{alias}.{quote(name)}" if name in own else f"({alias}.tambahan ->> {literal(name)})::{types[name]}"

    pairs = ((raw(left, name), raw(right, name) if right_is_raw else f"{right}.{quote(name)}") for name in batch.dataset.contract.key)
    return " and ".join(f"{a} = {b}" for a, b in pairs)
