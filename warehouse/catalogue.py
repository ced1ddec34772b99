"""What SQL must know of the contracts: which datasets there are, and what each of their columns means.

Written anew at every load, so that views and rules over hundreds of datasets need no SQL of their own per dataset.
"""

from __future__ import annotations

import json
from collections.abc import Collection

from psycopg import Connection

from contracts.column_words import column_meaning
from contracts.durations import duration
from contracts.registry import Dataset
from warehouse.later_personal import mask_what_was_said
from warehouse.registered_words import mask_registered_words


def register(conn: Connection, dataset: Dataset) -> int:
    """Write a dataset and its columns to `ops.dataset` and `ops.dataset_column`; return its lasting number.

    Each version of the contract is kept as well: what is published is read by the one its batch was accepted by.
    """
    with conn.transaction():
        # The lookup first: an upsert would draw an identity number at every load.
        row = conn.execute("select dataset_id from ops.dataset where dataset = %s for update", [dataset.id]).fetchone()
        number = int(row[0]) if row else _insert(conn, dataset)
        conn.execute(
            f"update ops.dataset set ({_DESCRIBED}) = ({', '.join(['%s'] * 18)}) where dataset_id = %s",
            [*_described(dataset), *_promised(dataset), number],
        )
        conn.execute("delete from ops.dataset_column where dataset_id = %s", [number])
        with conn.cursor() as cursor:
            cursor.executemany(
                f"insert into ops.dataset_column values ({', '.join(['%s'] * 17)})",
                [(number, *values) for values in _columns(dataset)],
            )
        conn.execute(_KEEP_VERSION, [dataset.sha256, number])
    return number


def introduce(conn: Connection, dataset: Dataset, number: int | None = None) -> None:
    """Make a dataset known whose source has never been read, so that a fetch that fails names its agency too; under this number, or the next."""
    values = [number, dataset.id, *_described(dataset), *_promised(dataset)]
    conn.execute(
        f"""insert into ops.dataset (dataset_id, dataset, {_DESCRIBED}) overriding system value
            select coalesce(%s, nextval(pg_get_serial_sequence('ops.dataset', 'dataset_id'))), {", ".join(["%s"] * 19)}
            where not exists (select from ops.dataset where dataset = %s) on conflict (dataset) do nothing""",
        [*values, dataset.id],
    )


def apply_access(conn: Connection, datasets: Collection[Dataset]) -> None:
    """Write who may see what, and until when things are to be mended, for datasets known already: a contract that closes a dataset or names
    a personal column takes effect at the next release, also while the source is silent. What was said of such a column is taken back with it.
    """
    columns = [(d.id, name, column.pribadi) for d in datasets for name, column in d.contract.columns.items()]
    with conn.transaction():
        conn.execute(
            """update ops.dataset d set akses = v.akses, due_days = v.due_days from unnest(%s::text[], %s::text[], %s::integer[]) v (dataset, akses, due_days)
               where d.dataset = v.dataset and (d.akses, d.due_days) <> (v.akses, v.due_days)""",
            [[d.id for d in datasets], [d.contract.akses for d in datasets], [d.due_days for d in datasets]],
        )
        conn.execute(
            """update ops.dataset_column c set pribadi = v.pribadi
               from unnest(%s::text[], %s::text[], %s::text[]) v (dataset, column_name, pribadi) join ops.dataset d using (dataset)
               where c.dataset_id = d.dataset_id and c.column_name = v.column_name and c.pribadi is distinct from v.pribadi""",
            [list(part) for part in zip(*columns, strict=True)] or [[], [], []],
        )
        mask_what_was_said(conn)
        mask_registered_words(conn)


_DESCRIBED = """title, opd, pemda, concept, raw_table, grain, akses, produsen, pemda_nama, walidata, schedule, publikasi, warn_after, error_after,
    working_days, publishers, items, due_days"""
_KEEP_VERSION = """
    insert into ops.contract_version as v (dataset_id, contract_sha256, title, opd, pemda, concept, raw_table, grain, columns)
    select d.dataset_id, %s, d.title, d.opd, d.pemda, d.concept, d.raw_table, d.grain,
           coalesce((select jsonb_agg(to_jsonb(c) order by c.position) from ops.dataset_column c where c.dataset_id = d.dataset_id), '[]')
    from ops.dataset d where d.dataset_id = %s
    on conflict (dataset_id, contract_sha256) do update
      set (title, opd, pemda, concept, raw_table, grain, columns)
        = (excluded.title, excluded.opd, excluded.pemda, excluded.concept, excluded.raw_table, excluded.grain, excluded.columns)
      where (v.title, v.opd, v.pemda, v.concept, v.raw_table, v.grain, v.columns) is distinct from
            (excluded.title, excluded.opd, excluded.pemda, excluded.concept, excluded.raw_table, excluded.grain, excluded.columns)"""


def _insert(conn: Connection, dataset: Dataset) -> int:
    conn.execute(
        "insert into ops.dataset (dataset, raw_table) values (%s, %s) on conflict (dataset) do nothing", [dataset.id, dataset.raw_table]
    )
    row = conn.execute("select dataset_id from ops.dataset where dataset = %s", [dataset.id]).fetchone()
    assert row is not None
    return int(row[0])


def _described(dataset: Dataset) -> list[object]:
    contract = dataset.contract
    grain = contract.period.grain if contract.period else None
    return [
        contract.title, dataset.opd, dataset.pemda.kode if dataset.pemda else None, contract.concept, dataset.raw_table, grain, contract.akses,
    ]  # fmt: skip


def _promised(dataset: Dataset) -> list[object]:
    """Whose it is by name, when it is fetched, until when it counts as fresh, and who is to send it."""
    contract, pemda = dataset.contract, dataset.pemda
    agency, fresh = (dataset.agencies or {}).get(dataset.opd), contract.freshness
    warn, error = (duration(text) if text else None for text in ((fresh.warn_after, fresh.error_after) if fresh else (None, None)))
    each = [code for code in dataset.publishers() if code] if contract.for_each and (pemda or isinstance(contract.for_each, tuple)) else []
    return [
        agency.nama if agency else dataset.opd or None, pemda and pemda.nama, pemda and pemda.walidata, contract.schedule, contract.publikasi,
        warn, error, bool(fresh and fresh.days == "kerja"), each, list(contract.item), dataset.due_days,
    ]  # fmt: skip


def _columns(dataset: Dataset) -> list[tuple[object, ...]]:
    return [
        (
            name, position, column.type, column.unit, column.unit_from, column.indikator,
            json.dumps(column.klasifikasi) if column.klasifikasi else None, column.level, column.within,
            column.system if column.type == "wilayah" else None, column.bare_name_is, column.unknown, column.reference,
            name in dataset.contract.key, column.pribadi, column_meaning(dataset, name),
        )
        for position, (name, column) in enumerate(dataset.contract.columns.items(), start=1)
    ]  # fmt: skip
