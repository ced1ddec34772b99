"""The rows of a batch that was judged before, staged once more from the archive: what a reviewer's decision and a second verdict rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace

from psycopg import Connection

from contracts import clock
from contracts.placeholders import varying_time
from contracts.registry import Dataset
from extractors.parse import parse
from extractors.report import ParseReport
from extractors.source_file import SourceFile
from satudata.session import archive
from warehouse import raw_tables
from warehouse.catalogue import register
from warehouse.kept_batch import KeptBatch, fetch_ids
from warehouse.ledger import StoredFetch, stored_fetches
from warehouse.remerge import Restaged
from warehouse.reviews import reviews_of
from warehouse.stage import batch_number, fill
from warehouse.staged_batch import Batch


@dataclass(frozen=True)
class StagedAgain:
    """A staging table of its own number; nothing of it is judged."""

    number: int
    batch: Batch
    report: ParseReport
    fetches: Sequence[StoredFetch]


def source_file(stack: ExitStack, stored: StoredFetch) -> SourceFile:
    """A fetched file as the parser reads it, from the archive. Raises: `ArchiveDamaged`."""
    path = stack.enter_context(archive().local(stored.sha256, stored.bytes))
    return SourceFile(path, stored.file_name or stored.url.rsplit("/", 1)[-1], stored.url, stored.halaman, stored.ended_at)


@contextmanager
def staged_again(conn: Connection, dataset: Dataset, kept: KeptBatch) -> Iterator[StagedAgain]:
    """Parse a batch's bytes by today's contract into a staging table that is gone after the block; `conn` is in autocommit.

    Raises: whatever parsing raises, `ArchiveDamaged`.
    """
    dataset_id = register(conn, dataset)
    raw_tables.ensure(conn, dataset)
    name = varying_time(dataset.contract)
    nilai = {name: kept.nilai} if name and kept.nilai else {}
    fetches = stored_fetches(conn, fetch_ids(conn, kept.batch_id))
    with batch_number(conn) as number:
        with ExitStack() as stack:
            parsed = parse(dataset, [source_file(stack, one) for one in fetches], penerbit=kept.penerbit, nilai=nilai)
            table = fill(conn, number, [(c.name, c.pg_type) for c in parsed.columns], parsed.chunks())
        conn.execute(f"analyze {table}")
        batch = Batch(dataset, dataset_id, kept.penerbit, table, None, kept.fetched_at)
        yield StagedAgain(number, batch, parsed.report, fetches)


@contextmanager
def restaged(conn: Connection, dataset: Dataset, kept: KeptBatch) -> Iterator[Restaged]:
    """A batch with the very rows that its verdict let in: doubles collapsed as then, and what was set aside then set aside again."""
    from expectations.collapse import collapse
    from expectations.rules.judged import Judged
    from expectations.verdict import History
    from warehouse.code_columns import code_columns

    dataset = accepting(dataset, [rule for one in reviews_of(conn, kept.batch_id) for rule in one.accepted_rules])
    with staged_again(conn, dataset, kept) as staged:
        table, day = staged.batch.staged, kept.run_date or clock.today()
        collapse(conn, Judged(dataset, table, day, History((), kept.penerbit), tuple(code_columns(conn, dataset.id))))
        bad = f"staging_load.q_{staged.number}"
        conn.execute(
            f"""create unlogged table {bad} as select _no from {table}
                where _lokasi in (select lokasi from ops.quarantined_row where batch_id = %s and state <> 'replayed')""",
            [kept.batch_id],
        )
        yield Restaged(kept, replace(staged.batch, bad=bad))


def accepting(dataset: Dataset, rules: Sequence[str]) -> Dataset:
    """The dataset as it is read for a person who accepts these rules: of rows that stand twice, one is merged."""
    if "same_rows" not in rules:
        return dataset
    return replace(dataset, contract=dataset.contract.model_copy(update={"same_rows": "collapse"}))
