"""What a record is done again on: the warehouse that is being made, the archive, the registry of that time; and what could not be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from psycopg import Connection

from contracts.dataset import Dataset
from contracts.errors import NotRebuilt, RebuiltOtherwise, SatudataError
from contracts.hand_over import metadata_gaps
from extractors.archive import Archive
from satudata.rebuild.past import Past, Record
from satudata.rebuild.sources import Sources
from warehouse import raw_tables
from warehouse.acts import Act, add_act
from warehouse.catalogue import register
from warehouse.journal import Entry, add_row
from warehouse.ledger import BatchRow, StoredFetch, stored_fetches
from warehouse.metadata_gaps import write_gaps

COUNTS = ("accepted", "unchanged", "corrected", "closed", "quarantined", "rejected")


@dataclass
class Ground:
    """One rebuild under way."""

    conn: Connection
    """The loader's, in autocommit."""
    archive: Archive
    sources: Sources
    past: Past
    to_build: frozenset[int]
    """Records of releases whose figures are made anew; of the others only what was recorded comes back."""
    said: Callable[[str], None] = lambda _: None
    """Hears what takes its time."""
    problems: list[SatudataError] = field(default_factory=list)

    def did(self, record: Record, conn: Connection | None = None) -> None:
        """Say that a record is done, in the transaction that does it: a rebuild that was killed goes on after it."""
        entry = Entry(record.kind, record.at, {}, record.dataset, record.penerbit, record.digest)
        add_row(conn or self.conn, record.number, entry, record.settled_to)

    def acted(self, record: Record) -> None:
        """Write the act that a record is of; it is done with it."""
        said = record.content
        add_act(self.conn, record.number, Act(record.at, said["by"], record.kind, said["subject"], said["reason"]))
        self.did(record)

    def dataset(self, record: Record) -> Dataset:
        """The dataset by the contract that the record rests on. Raises: `ArchiveDamaged`, `NotRebuilt`."""
        dataset = self.sources.dataset(record.content["texts"], record.content["contract"])
        batch = record.content.get("batch")
        if batch and dataset.sha256 != batch["contract_sha256"]:
            raise self.failed(record, "kontraknya tidak lagi terbaca seperti waktu itu")
        return dataset

    def registered(self, dataset: Dataset, record: Record, at: datetime) -> int:
        """Make a dataset known under the number it had, with its table; as every load does."""
        self.conn.execute(
            """insert into ops.dataset (dataset_id, dataset, raw_table) overriding system value values (%s, %s, %s)
               on conflict (dataset) do nothing""",
            [record.content["dataset_id"], dataset.id, dataset.raw_table],
        )
        number = register(self.conn, dataset)
        raw_tables.ensure(self.conn, dataset)
        if dataset.contract.item:
            write_gaps(self.conn, dataset.id, metadata_gaps(dataset), at)
        return number

    def fetches(self, record: Record) -> list[StoredFetch]:
        """The fetches a verdict rests on. Raises: `NotRebuilt` where one is lost."""
        wanted = record.content["fetch_ids"]
        found = stored_fetches(self.conn, wanted)
        if lost := sorted(set(wanted) - {one.fetch_id for one in found}):
            raise self.failed(record, f"catatan pengambilan {', '.join(map(str, lost))} hilang atau rusak")
        return found

    def compare(self, record: Record, was: Mapping[str, Any], now: Mapping[str, Any], names: Sequence[str] = COUNTS) -> None:
        """Set down where a batch came out otherwise than it was recorded."""
        differing = [f"{name} {now[name]}, dahulu {was[name]}" for name in names if now[name] != was[name]]
        if differing:
            self.problems.append(RebuiltOtherwise(record.subject, record.path, "; ".join(differing)))

    def failed(self, record: Record, reason: str) -> NotRebuilt:
        """The failure of a record, to be raised."""
        return NotRebuilt(record.subject, record.path, reason)


def batch_row(kept: Mapping[str, Any]) -> BatchRow:
    """A batch as its record keeps it."""
    moments = {name: datetime.fromisoformat(kept[name]) for name in ("fetched_at", "judged_at")}
    return BatchRow(**{**kept, **moments, "due": date.fromisoformat(kept["due"]) if kept["due"] else None})
