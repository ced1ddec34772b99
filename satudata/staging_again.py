"""The rows of a batch that was judged before, staged once more from the archive: what a reviewer's decision and a second verdict rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date

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
from warehouse.ledger import Scope, StoredFetch, stored_fetches
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
    with staged(conn, dataset, kept.scope, stored_fetches(conn, fetch_ids(conn, kept.batch_id))) as found:
        yield found


@contextmanager
def staged(conn: Connection, dataset: Dataset, scope: Scope, fetches: Sequence[StoredFetch]) -> Iterator[StagedAgain]:
    """Parse what these fetches brought into a staging table that is gone after the block; `conn` is in autocommit. Raises as `staged_again`."""
    dataset_id = register(conn, dataset)
    raw_tables.ensure(conn, dataset)
    name = varying_time(dataset.contract)
    nilai = {name: scope.nilai} if name and scope.nilai else {}
    with batch_number(conn) as number:
        with ExitStack() as stack:
            parsed = parse(dataset, [source_file(stack, one) for one in fetches], penerbit=scope.penerbit, nilai=nilai)
            table = fill(conn, number, [(c.name, c.pg_type) for c in parsed.columns], parsed.chunks())
        conn.execute(f"analyze {table}")
        batch = Batch(dataset, dataset_id, scope.penerbit, table, None, max(one.ended_at for one in fetches))
        yield StagedAgain(number, batch, parsed.report, fetches)


def collapsed(conn: Connection, dataset: Dataset, batch: Batch, day: date) -> int:
    """Take the doubles that the contract resolves by itself out of a staged batch, as its verdict did; how many rows went."""
    from expectations.collapse import collapse
    from expectations.rules.judged import Judged
    from expectations.verdict import History
    from warehouse.code_columns import code_columns

    return collapse(conn, Judged(dataset, batch.staged, day, History((), batch.penerbit), tuple(code_columns(conn, dataset.id))))


def note_totals(conn: Connection, dataset: Dataset, batch: Batch, day: date) -> None:
    """Write down which rows of a staged batch are totals of others, while those stand beside them: what is left of it is judged by that."""
    from expectations.measuring.totals_among import totals_among
    from expectations.rules.judged import Judged
    from expectations.verdict import History

    totals_among(conn, Judged(dataset, batch.staged, day, History((), batch.penerbit)))


@contextmanager
def restaged(conn: Connection, dataset: Dataset, kept: KeptBatch) -> Iterator[Restaged]:
    """A batch with the very rows that its verdict let in: doubles collapsed as then, and what was set aside then set aside again."""
    dataset = accepting(dataset, [rule for one in reviews_of(conn, kept.batch_id) for rule in one.accepted_rules])
    with staged_again(conn, dataset, kept) as found:
        table, bad = found.batch.staged, f"staging_load.q_{found.number}"
        collapsed(conn, dataset, found.batch, kept.run_date or clock.today())
        conn.execute(
            f"""create unlogged table {bad} as select _no from {table}
                where _lokasi in (select lokasi from ops.quarantined_row where batch_id = %s and state <> 'replayed')""",
            [kept.batch_id],
        )
        yield Restaged(kept, replace(found.batch, bad=bad))


def accepting(dataset: Dataset, rules: Sequence[str]) -> Dataset:
    """The dataset as it is read for a person who accepts these rules: of rows that stand twice, one is merged."""
    if "same_rows" not in rules:
        return dataset
    return replace(dataset, contract=dataset.contract.model_copy(update={"same_rows": "collapse"}))
