"""How every decision begins and is set down: the batch under its publisher's lock, and afterwards the review, the act and the journal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace

from psycopg import Connection

from contracts.errors import ReviewRefused, SatudataError, UnknownBatch
from contracts.registry import Dataset, load_dataset
from satudata.journal.texts import keep_texts
from satudata.session import archive, warehouse
from satudata.staging_again import restaged
from warehouse.acts import Act, record
from warehouse.journal import journaling
from warehouse.kept_batch import KeptBatch, kept_batch
from warehouse.publisher_lock import publisher_lock
from warehouse.remerge import Restaged
from warehouse.reviews import Review, add_review, reviews_of
from warehouse.stage import drop_orphans
from warehouse.staged_batch import Batch


def journaled(case: Case, act: Act) -> None:
    """Write an act with the texts its batches are read by."""
    with journaling():
        needs = {"texts": keep_texts(archive(), case.dataset), "contract": case.dataset.id, "day": case.dataset.hari_ini()}
    record(case.conn, archive().put_json, replace(act, needs=needs))


@dataclass(frozen=True)
class Case:
    """A batch on a reviewer's table; while it is there no load and no other decision touches its publisher."""

    conn: Connection
    batch: KeptBatch
    dataset: Dataset
    reviews: Sequence[Review]
    _staged: ExitStack = field(default_factory=ExitStack)
    record: Callable[[Case, Act], None] = journaled

    @property
    def table(self) -> Batch:
        """Dataset and publisher as the raw table knows them; no rows are staged."""
        row = self.conn.execute("select dataset_id from ops.dataset where dataset = %s", [self.dataset.id]).fetchone()
        return Batch(self.dataset, int(row[0]) if row else 0, self.batch.penerbit, "", None, self.batch.fetched_at)

    def staged_again(self, others: Sequence[KeptBatch]) -> list[Restaged]:
        """Other batches of the publisher, staged once more until the case is closed. Raises: `ReviewRefused` where one cannot be read any more."""
        found = []
        for one in others:
            try:
                found.append(self._staged.enter_context(restaged(self.conn, self.dataset, one)))
            except SatudataError as error:
                if error.exit_code == 3:
                    raise
                problem = f"batch {one.batch_id} tidak dapat disusun ulang tanpanya ({error.message.rstrip('.')})"
                raise ReviewRefused(
                    self.batch.batch_id, problem, "Putuskan dahulu batch itu, atau kembalikan kontraknya seperti saat ia diterima"
                ) from error
        return found

    @contextmanager
    def decision(self, review: Review) -> Iterator[None]:
        """The transaction that carries a decision out; with it stand `ops.review`, `ops.act` and, written last, the archive's journal."""
        with self.conn.transaction():
            add_review(self.conn, review)
            yield
            subject = {
                "dataset": self.batch.dataset, "penerbit": self.batch.penerbit, "nilai": self.batch.nilai, "batch_id": self.batch.batch_id,
                "content_sha256": self.batch.content_sha256, "state": self.batch.state, "step": review.step,
                "accepted_rules": list(review.accepted_rules),
            }  # fmt: skip
            self.record(self, Act(review.at, review.by, f"review.{review.decision}", subject, review.reason))


@contextmanager
def case_of(batch_id: int) -> Iterator[Case]:
    """Open the case of a batch. Raises: `UnknownBatch`, `BrokenContract`, `UnknownDataset`, `WarehouseUnreachable`."""
    with warehouse() as conn, ExitStack() as stack:
        drop_orphans(conn)
        dataset = load_dataset(_known(conn, batch_id).dataset)
        named = _known(conn, batch_id)
        stack.enter_context(publisher_lock(conn, named.dataset, named.penerbit))
        yield Case(conn, _known(conn, batch_id), dataset, reviews_of(conn, batch_id), stack)


def _known(conn: Connection, batch_id: int) -> KeptBatch:
    found = kept_batch(conn, batch_id)
    if found is None:
        raise UnknownBatch(batch_id)
    return found
