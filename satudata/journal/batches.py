"""The record of a verdict: all that a rebuild must know of a batch beside the bytes it rests on, in one object however many rows it has.

The verdict is kept as it was reached, so that a rebuild needs neither the rules nor the figures they measured by. Which rows were set aside,
and why, is a text of its own in the archive, there only where some were.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from psycopg import Connection

from contracts.dataset import Dataset
from extractors.archive import Archive
from satudata.journal.texts import keep_texts
from warehouse.conclude import RESULT_COLUMNS
from warehouse.journal import Entry, journaling, write
from warehouse.ledger import BatchRow, Scope
from warehouse.staged_batch import Batch

BATCH = "batch"


@dataclass(frozen=True)
class Verdict:
    """What was found out about a staged batch, as far as the row of `ops.batch` does not say it."""

    fetch_ids: Sequence[int]
    results: Sequence[Mapping[str, Any]]
    run_date: date
    closes: bool = False
    staged: int | None = None
    """Rows that were judged; None for bytes that could not be read as rows."""
    accepted_rules: Sequence[str] = ()


def write_verdict(
    conn: Connection, archive: Archive, dataset: Dataset, scope: Scope, verdict: Verdict, row: BatchRow, batch: Batch | None = None
) -> None:
    """Write the record of a batch, as the last step of the transaction that concludes it."""
    with journaling():
        content = described(conn, archive, dataset, verdict, row, batch)
    write(conn, archive.put_json, Entry(BATCH, row.judged_at, {**content, "nilai": scope.nilai}, scope.dataset, scope.penerbit))


def described(
    conn: Connection, archive: Archive, dataset: Dataset, verdict: Verdict, row: BatchRow | None, batch: Batch | None
) -> dict[str, Any]:
    """What a record says of a verdict; `row` None where the batch has none, because nothing of it was good."""
    found = conn.execute("select dataset_id from ops.dataset where dataset = %s", [dataset.id]).fetchone()
    return {
        **asdict(verdict),
        "batch": asdict(row) if row else None,
        "dataset_id": found[0] if found else None,
        "results": [{name: one.get(name) for name in RESULT_COLUMNS} for one in verdict.results],
        "texts": keep_texts(archive, dataset),
        "contract": dataset.id if dataset.root else dataset.path.name,
        "aside": _aside(conn, archive, batch) if batch and batch.bad else None,
        "listed": _listed(conn, archive, batch) if batch and batch.listed else None,
    }


def _aside(conn: Connection, archive: Archive, batch: Batch) -> str:
    """Keep which rows were set aside, by their place, and why; the address comes back."""
    query = f"select b._lokasi, q.rule_ids, q.messages from {batch.bad} q join {batch.staged} b using (_no) order by _no"
    return archive.put(packed(conn, query), 1 << 62).sha256


def _listed(conn: Connection, archive: Archive, batch: Batch) -> str:
    """Keep which rows break a rule without being set aside, by their place; the address comes back."""
    query = f"select b._lokasi, v.rule_id, v.message from {batch.listed} v join {batch.staged} b using (_no) order by rule_id, _no"
    return archive.put(packed(conn, query), 1 << 62).sha256


def packed(conn: Connection, query: str) -> Iterator[bytes]:
    """The rows of a query as COPY writes them, compressed; the same rows give the same bytes."""
    squeeze = zlib.compressobj(6)
    with conn.cursor() as cursor, cursor.copy(f"copy ({query}) to stdout".encode()) as copy:
        for block in copy:
            yield squeeze.compress(bytes(block))
    yield squeeze.flush()


def unpack(conn: Connection, archive: Archive, sha256: str, table: str, columns: str) -> None:
    """Bring rows that were `packed` into a table. Raises: `ArchiveDamaged`."""
    loosen = zlib.decompressobj()
    into = f"copy {table} ({columns}) from stdin".encode()
    with archive.local(sha256) as path, path.open("rb") as stream, conn.cursor() as cursor, cursor.copy(into) as copy:
        while block := stream.read(1 << 20):
            copy.write(loosen.decompress(block))
        copy.write(loosen.flush())
