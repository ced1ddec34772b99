"""`satudata quarantine replay`: judge the rows set aside once more from the archive, by the contract and references of today.

Only they are judged; the batch they came from stays as it is, and so does every other row. What is good now comes in as it would have then.
Where people approve each batch before it is published, or a rule leaves a figure to one, nothing comes in so: the whole file is judged and reviewed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from psycopg import Connection

from contracts import clock
from contracts.errors import SatudataError, WrongUsage
from contracts.registry import Dataset, load_dataset
from satudata.findings.acts import set_down
from satudata.journal.batches import Verdict, described
from satudata.review.pembina import review_needed
from satudata.session import archive, code_version, warehouse
from satudata.staging_again import StagedAgain, note_totals, staged_again
from warehouse.codes import count_waiting
from warehouse.journal import journaling
from warehouse.kept_batch import KeptBatch, kept_batch
from warehouse.ledger import BatchRow
from warehouse.publisher_lock import publisher_lock
from warehouse.references import load_references
from warehouse.replays import Replayed, batches_with_open_rows, conclude_replay, held_of, keep_open_rows, undecided_with_open_rows
from warehouse.stage import drop_orphans
from warehouse.waivers import in_force

if TYPE_CHECKING:
    from expectations.verdict import CheckResult


AS_A_WHOLE = "`satudata run {}`; bila berkasnya tidak lagi di sumbernya, minta dikirim ulang"
"""How figures come in that a person must see first."""


@dataclass(frozen=True)
class ReplayOf:
    """What a replay made of one batch."""

    batch_id: int
    penerbit: str
    done: Replayed | None
    problem: str | None = None
    """Why nothing was judged, in Indonesian."""

    @property
    def sentence(self) -> str:
        """The outcome for a person."""
        name = f"Batch {self.batch_id}" + (f" ({self.penerbit})" if self.penerbit else "")
        if self.done is None:
            return f"{name}: tidak dinilai ulang. {self.problem}"
        found = [
            (self.done.replayed, "masuk"), (self.done.superseded, "sudah digantikan yang lebih baru"), (self.done.still_wrong, "masih salah"),
            (self.done.not_found, "tidak lagi dibaca oleh kontrak (tolak dengan `satudata quarantine reject`)"),
        ]  # fmt: skip
        return f"{name}: " + ", ".join(f"{number} {what}" for number, what in found if number) + "."


def replay(dataset_id: str, by: str, reason: str | None = None, penerbit: str | None = None, batch_id: int | None = None) -> list[ReplayOf]:
    """Judge again what is open of a dataset, of one publisher or one batch of it, in the order of the fetches.

    Raises: `UnknownDataset`, `BrokenContract`, `WrongUsage` where nothing is open or each batch is reviewed, `WarehouseUnreachable`.
    """
    dataset = load_dataset(dataset_id)
    with warehouse() as conn:
        drop_orphans(conn)
        load_references(conn)
        found = batches_with_open_rows(conn, dataset.id, penerbit, batch_id)
        if not found:
            raise _nothing_to_judge(dataset, undecided_with_open_rows(conn, dataset.id, penerbit, batch_id))
        if review_needed(dataset, is_first=False):  # what is replayed is no first batch: one was accepted before
            raise WrongUsage(f"Setiap batch {dataset.id} ditinjau orang sebelum terbit, jadi barisnya tidak masuk tanpa ditinjau",
                             f"Nilai lagi seluruh berkasnya, lalu tinjau: {AS_A_WHOLE.format(dataset.id)}")  # fmt: skip
        return [_of_batch(conn, dataset, number, whose, by, reason) for number, whose in found]


def _nothing_to_judge(dataset: Dataset, undecided: Sequence[tuple[int, str]]) -> WrongUsage:
    """Why no row is judged again: there is none, or its batch is no data, and what is to be done about that batch first."""
    for batch_id, state in undecided:
        if state == "held":
            return WrongUsage(f"Batch {batch_id} ditahan, jadi barisnya belum dinilai ulang sendiri-sendiri",
                              f"Putuskan dahulu: `satudata review approve {batch_id}`, atau `satudata review return {batch_id}`")  # fmt: skip
    if undecided:
        return WrongUsage(f"Batch {undecided[0][0]} tidak diterima, jadi tidak dinilai ulang baris demi baris",
                          f"Nilai lagi seluruhnya setelah dibetulkan: `satudata run {dataset.id}`")  # fmt: skip
    return WrongUsage(f"Tidak ada baris {dataset.id} yang dikarantina dan masih terbuka", "Lihat `satudata quarantine list`")


def _of_batch(conn: Connection, dataset: Dataset, batch_id: int, penerbit: str, by: str, reason: str | None) -> ReplayOf:
    with publisher_lock(conn, dataset.id, penerbit):
        kept = kept_batch(conn, batch_id)
        if kept is None or kept.state != "accepted":
            return ReplayOf(batch_id, penerbit, None, "Batch itu sudah tidak diterima lagi.")
        if held := held_of(conn, kept.scope):
            return ReplayOf(
                batch_id, penerbit, None, f"Batch {held} ditahan. Putuskan dahulu: `satudata review approve {held}`, atau `review return`."
            )
        try:
            with staged_again(conn, dataset, kept) as staged:
                return _judged(conn, dataset, kept, staged, by, reason)
        except SatudataError as error:
            if error.exit_code != 1:
                raise
            return ReplayOf(batch_id, penerbit, None, error.message)


def _judged(conn: Connection, dataset: Dataset, kept: KeptBatch, staged: StagedAgain, by: str, reason: str | None) -> ReplayOf:
    from expectations.judge import History, judge  # Great Expectations is heavy: only what is judged pays for it

    day, table = dataset.hari_ini(), staged.batch.staged
    note_totals(conn, dataset, staged.batch, day)
    staged.report.staged = rows = keep_open_rows(conn, staged.batch, kept.batch_id)
    waived = in_force(conn, kept.scope, day)
    row = BatchRow(
        batch_id=staged.number, content_sha256=kept.content_sha256, contract_sha256=dataset.sha256, code_version=code_version(waived.values()),
        state="accepted", fetched_at=kept.fetched_at, judged_at=clock.now(), replay_of=kept.batch_id,
    )  # fmt: skip
    if not rows:
        return _ended(conn, kept, staged, row, [], [], by, reason)
    collapsed = staged.report.dropped["same_rows"]
    verdict = judge(conn, dataset, table, staged.report, History((), kept.penerbit, waived), day)
    collapsed = staged.report.dropped["same_rows"] - collapsed
    if problem := next(_stopping(dataset, verdict.results), None):
        return ReplayOf(kept.batch_id, kept.penerbit, None, problem)
    bad = f"staging_load.q_{staged.number}" if verdict.quarantined else None
    staged = replace(staged, batch=replace(staged.batch, bad=bad))
    row = replace(
        row, read=rows, fetched=rows, quarantined=verdict.quarantined, dropped={"same_rows": collapsed} if collapsed else {},
        waiting=count_waiting(conn, dataset, table),
    )  # fmt: skip
    results = [asdict(one) for one in verdict.results if one.rule not in OF_THE_WHOLE]
    return _ended(conn, kept, staged, row, results, [asdict(one) for one in verdict.validations], by, reason)


OF_THE_WHOLE = ("volume", "max_quarantined")
"""What a few rows of a batch cannot be asked."""


def _stopping(dataset: Dataset, results: list[CheckResult]) -> Iterator[str]:
    """Why nothing may come in: what could not be computed, a rule that fails the batch, or one that lets a person decide, who is not asked here."""
    for one in results:
        said = one.message or one.rule_id
        if one.outcome == "error" or (one.outcome == "fail" and one.severity == "fail"):
            yield said
        elif one.outcome == "fail" and one.severity == "hold" and one.rule not in OF_THE_WHOLE:
            yield f"{said.rstrip('.')}. Orang yang memutuskannya: nilai lagi seluruh berkasnya dengan {AS_A_WHOLE.format(dataset.id)}."


def _ended(
    conn: Connection,
    kept: KeptBatch,
    staged: StagedAgain,
    row: BatchRow,
    results: list[dict[str, Any]],
    validations: list[dict[str, Any]],
    by: str,
    reason: str | None,
) -> ReplayOf:
    def record(done: Replayed, row: BatchRow) -> None:
        subject = {"dataset": kept.dataset, "penerbit": kept.penerbit, "replay_of": kept.batch_id, **asdict(done)}
        with journaling():
            needs = described(conn, archive(), staged.batch.dataset, found, row, staged.batch)
        set_down(conn, "quarantine.replay", by, subject, reason, row.judged_at, needs=needs)

    ids = [one.fetch_id for one in staged.fetches]
    found = Verdict(ids, results, staged.batch.dataset.hari_ini())
    done = conclude_replay(conn, kept.scope, staged.batch, row, ids, results, validations, by, record)
    return ReplayOf(kept.batch_id, kept.penerbit, done)
