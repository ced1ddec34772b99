"""What was agreed about figures of several agencies, for SQL: one row per dataset and data item that it carries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from psycopg import Connection

from contracts.dataset import Dataset
from contracts.models.data_item import Rekonsiliasi

COLUMNS = "dataset, item, produsen, policy, tolerance, deadline_days"


def write_rules(conn: Connection, datasets: Iterable[Dataset]) -> None:
    """Bring `ops.reconciliation` to what daftar_data.yml and the concepts say. Within the caller's transaction.

    What was agreed about a dataset whose contract is gone stays: until the day of its end its figures are published.
    """
    known = list(datasets)
    rows = [row for dataset in known for row in _rows(dataset)]
    conn.execute("delete from ops.reconciliation where dataset = any(%s)", [[dataset.id for dataset in known]])
    with conn.cursor() as cursor:
        cursor.executemany(f"insert into ops.reconciliation ({COLUMNS}) values (%s, %s, %s, %s, %s, %s)", rows)


def _rows(dataset: Dataset) -> Iterator[tuple[object, ...]]:
    """A dataset that names no data item has no Produsen by law, and waits for a decision as long as is usual."""
    if dataset.concept is None:
        return
    usual = Decimal(str(dataset.concept.tolerance))
    for item in dataset.items:
        agreed, pemda = item.rekonsiliasi, dataset.pemda
        tolerance = usual if agreed.tolerance is None else Decimal(str(agreed.tolerance))
        produsen = f"{pemda.kode}/{item.produsen_data}" if pemda else None
        yield dataset.id, item.kode, produsen, agreed.policy, tolerance, agreed.deadline_days
    if not dataset.items:
        yield dataset.id, "", None, "hold", usual, Rekonsiliasi().deadline_days
