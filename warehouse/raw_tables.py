"""The tables that keep every accepted version.

Datasets of one concept share `raw.<concept>`; what the concept does not know goes to `tambahan`. A dataset without a concept has
its own typed table. Tables are only ever widened: a column that changes its type is refused, because history would have to be rewritten.
"""

from __future__ import annotations

from psycopg import Connection, sql

from contracts.errors import ColumnTypeChanged
from contracts.registry import Dataset
from warehouse.names import PG_TYPES, contract_columns, quote

RAW_SYSTEM: tuple[tuple[str, str], ...] = (
    ("_dataset_id", "integer not null"), ("_penerbit", "text not null"), ("_from_batch", "bigint not null"), ("_to_batch", "bigint"),
    ("_row_hash", "bigint not null"), ("_lokasi", "text"), ("_fetched_at", "timestamptz not null"),
    ("_status_angka", "text"), ("_periode_mulai", "date"), ("_periode_akhir", "date"),
)  # fmt: skip


def typed_columns(dataset: Dataset) -> list[tuple[str, str]]:
    """(name, Postgres type) of the raw table's own columns: the concept's, or the contract's where there is no concept."""
    if dataset.concept is None:
        return contract_columns(dataset)
    return [(name, PG_TYPES[column.type]) for name, column in dataset.concept.columns.items()]


def extra_columns(dataset: Dataset) -> list[str]:
    """Contract columns that the concept does not know; they live in `tambahan`."""
    if dataset.concept is None:
        return []
    return [name for name in dataset.contract.columns if name not in dataset.concept.columns]


def ensure(conn: Connection, dataset: Dataset) -> None:
    """Create or widen the raw table of a dataset; safe when several loads do it at once.

    Raises ColumnTypeChanged where a column exists with another type.
    """
    schema, table = dataset.raw_table.split(".")
    with conn.transaction():
        conn.execute("select pg_advisory_xact_lock(7003, hashtext(%s))", [dataset.raw_table])
        found: dict[str, str] = dict(conn.execute(
            "select attname, format_type(atttypid, null) from pg_attribute where attrelid = to_regclass(%s) and attnum > 0 and not attisdropped",
            [f"{schema}.{quote(table)}"],
        ).fetchall())  # fmt: skip
        if not found:
            _create(conn, dataset, schema, table)
            return
        for name, pg_type in typed_columns(dataset):
            if name not in found:
                conn.execute(f"alter table {schema}.{quote(table)} add column {quote(name)} {pg_type}")
            elif not _same_type(found[name], pg_type):
                raise ColumnTypeChanged(dataset=dataset.id, column=name, was=found[name], now=pg_type)


def _same_type(found: str, wanted: str) -> bool:
    return {"timestamptz": "timestamp with time zone"}.get(wanted, wanted) == found


def _create(conn: Connection, dataset: Dataset, schema: str, table: str) -> None:
    name = f"{schema}.{quote(table)}"
    columns = [f"{column} {pg_type}" for column, pg_type in RAW_SYSTEM]
    columns += [f"{quote(column)} {pg_type}" for column, pg_type in typed_columns(dataset)]
    if dataset.concept is not None:
        columns.append("tambahan jsonb")
    conn.execute(f"create table {name} ({', '.join(columns)})")
    # A batch lies together on disk and speaks of near periods: a block range index finds it and costs next to nothing to keep.
    conn.execute(f"create index on {name} using brin (_dataset_id, _periode_mulai) with (pages_per_range = 32)")
    conn.execute(f"grant select on {name} to transformer")
    title = dataset.contract.concept or dataset.contract.title
    conn.execute(sql.SQL("comment on table {} is {}").format(sql.SQL(name), sql.Literal(f"Semua versi yang pernah diterima: {title}")))
