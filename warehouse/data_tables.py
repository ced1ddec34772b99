"""Datasets without a concept, and restricted ones, are published as they are: `mart.data_<id>`, `mart_instansi.data_<id>`, typed and described by
their contract, each row with what its source says of its figures: whether they are final or provisional.

No dbt model is involved, so the 500th such dataset costs no node. Codes are published as resolved codes; a row whose code is not known
waits like any other; a column with personal data is not even read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from psycopg import Connection

from contracts.models.columns import ColumnType
from warehouse.code_columns import CodeColumn, columns_of, place, qualified, same_pair, visible_code_columns
from warehouse.names import PG_TYPES, quote
from warehouse.published import PublishedTable

SYSTEM = "_dataset_id, _penerbit, _from_batch, _lokasi, _fetched_at"
"""What a row of raw says of itself, and its published row does not."""

BESIDE = "tambahan"
"""Where the table of a concept keeps the columns that the concept does not know."""
PUBLISHER_COMMENT = "Kode penerbit baris; kosong bila penerbitnya hanya satu"
STATUS = "status_angka"
STATUS_COMMENT = "tetap, sementara, sangat_sementara, revisi, atau estimasi, menurut sumbernya"
ROW_COMMENT = "Nomor urut di antara baris yang kuncinya sama; biasanya 1"


@dataclass(frozen=True)
class DataColumn:
    """One publishable column of such a dataset."""

    name: str
    is_key: bool
    description: str
    type: ColumnType


def data_tables(conn: Connection) -> Iterator[PublishedTable]:
    """The tables of all these datasets, their rows as of the transform's cut in a temporary table each.

    Within the publishing transaction.
    """
    for found in numbered_rows(conn):
        columns = ", ".join(quote(name) for name in found.columns)
        bare = quote(found.name.rpartition(".")[2])
        conn.execute(f"create temp table {bare} on commit drop as select {columns} from ({found.rows}) r")
        yield PublishedTable(
            found.name, f"pg_temp.{bare}", found.key, found.comment, found.columns,
            dataset_id=found.dataset_id, closed=_personal(conn, found.dataset_id),
        )  # fmt: skip


def named(conn: Connection) -> list[str]:
    """What the tables of all these datasets are called."""
    return [str(name) for (name,) in conn.execute("select table_name from ops.data_table").fetchall()]


@dataclass(frozen=True)
class DataRows:
    """The rows of one such dataset, as the transform's cut sees them."""

    dataset_id: int
    name: str
    rows: str
    """SQL of them: the columns to publish, and `SYSTEM`."""
    key: tuple[str, ...]
    comment: str
    columns: dict[str, str]
    """Name -> what it means."""


def numbered_rows(conn: Connection) -> Iterator[DataRows]:
    """The rows of all such datasets, those that say the same of one key numbered."""
    found = conn.execute(
        "select dataset_id, dataset, coalesce(title, dataset), raw_table, table_name from ops.data_table order by dataset"
    ).fetchall()
    for dataset_id, dataset, title, raw_table, name in found:
        there = columns_of(conn, raw_table)
        columns = [column for column in _columns(conn, dataset_id) if column.name in there or BESIDE in there]
        if columns:
            yield _rows(conn, dataset_id, dataset, title, raw_table, name, columns, there if BESIDE in there else None)


def _columns(conn: Connection, dataset_id: int) -> list[DataColumn]:
    rows = conn.execute(
        "select column_name, is_key, description, type from ops.data_column where dataset_id = %s order by position", [dataset_id]
    )
    return [DataColumn(*row) for row in rows.fetchall()]


def _personal(conn: Connection, dataset_id: int) -> frozenset[str]:
    rows = conn.execute("select column_name from ops.cut_column where dataset_id = %s and pribadi is not null", [dataset_id])
    return frozenset(str(row[0]) for row in rows.fetchall())


def _rows(
    conn: Connection, dataset_id: int, dataset: str, title: str, raw_table: str, name: str, columns: list[DataColumn], own: set[str] | None
) -> DataRows:
    codes = {column.column_name: column for column in visible_code_columns(conn, dataset)}
    key = ("penerbit", *(column.name for column in columns if column.is_key and not _may_be_empty(codes.get(column.name))))
    rows = f"""select {", ".join(quote(column) for column in ("penerbit", *(c.name for c in columns), STATUS))}, {SYSTEM},
                   row_number() over (partition by {", ".join(map(quote, key))} order by _lokasi, _row_hash)::integer as baris_ke
            from ({_visible(dataset_id, raw_table, columns, codes, own)}) v"""
    described = {
        "penerbit": PUBLISHER_COMMENT,
        **{column.name: column.description for column in columns},
        STATUS: STATUS_COMMENT,
        "baris_ke": ROW_COMMENT,
    }
    return DataRows(dataset_id, name, rows, (*key, "baris_ke"), f"{title} ({dataset})", described)


def _may_be_empty(code: CodeColumn | None) -> bool:
    return code is not None and code.unknown == "keep_null"


def _visible(dataset_id: int, raw_table: str, columns: list[DataColumn], codes: dict[str, CodeColumn], own: set[str] | None) -> str:
    """SQL of the rows as of the cut and pins, codes resolved, rows whose code is unknown left out."""
    values, joins, waits = [f"coalesce(r._status_angka, 'tetap') as {STATUS}"], [], []
    for column in columns:
        name, code, alias = quote(column.name), codes.get(column.name), quote("x_" + column.name)
        published = place(column.name, own)
        values.append(f"{alias}.own_code as {name}" if code else f"({published})::{PG_TYPES[column.type]} as {name}")
        if code:
            joins.append(f"left join ops.resolved_code {alias} on {same_pair(code, alias, own)}")
            waits.append("true" if _may_be_empty(code) else f"({published} is null or {alias}.own_code is not null)")
    return f"""
        select r._penerbit as penerbit, r._row_hash, {", ".join(f"r.{name}" for name in SYSTEM.split(", "))}, {", ".join(values)}
        from {qualified(raw_table)} r cross join ops.cut c join ops.dataset d on d.dataset_id = r._dataset_id
        left join ops.cut_pin p on p.dataset = d.dataset and p.penerbit = r._penerbit
        {" ".join(joins)}
        where r._dataset_id = {dataset_id} and r._from_batch <= least(c.cut_no, p.up_to_no)
          and (r._to_batch is null or r._to_batch > least(c.cut_no, p.up_to_no)) and {" and ".join(["true", *waits])}"""
