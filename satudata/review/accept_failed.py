"""A failed batch that a person accepts once: it was never merged, so it is judged again from the archive with those rules accepted, and merged."""

from __future__ import annotations

from dataclasses import asdict, replace

from contracts import clock
from contracts.errors import ReviewRefused
from satudata.findings.due import due_date
from satudata.journal.batches import Verdict, write_verdict
from satudata.review.begin import Case
from satudata.review.decided import Decided
from satudata.review.settle_accepted import settle_accepted
from satudata.session import archive, code_version
from satudata.staging_again import accepting, staged_again
from warehouse.codes import count_waiting
from warehouse.conclude import conclude
from warehouse.ledger import BatchRow, accepted_counts, forget_verdict
from warehouse.reviews import Review
from warehouse.waivers import in_force


def accept_failed(case: Case, review: Review, waiting_for: str | None) -> Decided:
    """Judge, merge and set down; the batch keeps its number. Held where a Pembina Data has still to approve.

    Raises: `ReviewRefused` where today's contract finds more wrong with it than the rules named, `ArchiveDamaged`, and what parsing raises.
    """
    from expectations.judge import History, judge  # Great Expectations is heavy: only a batch that is judged pays for it

    conn, kept = case.conn, case.batch
    dataset = accepting(case.dataset, review.accepted_rules)
    day = kept.run_date or clock.today()
    waived = in_force(conn, kept.scope, day)
    counts = accepted_counts(conn, kept.scope, dataset.contract.guards.of_last)
    with staged_again(conn, dataset, kept) as staged:
        table, report = staged.batch.staged, staged.report
        verdict = judge(conn, dataset, table, report, History(counts, kept.penerbit, waived), day, accepted=review.accepted_rules)
        if verdict.state != "accepted":
            raise ReviewRefused(
                kept.batch_id,
                f"dinilai lagi, masih tidak lolos ({(verdict.message or '').rstrip('.')})",
                "Betulkan dahulu, atau sebut juga aturan itu",
            )
        row = BatchRow(
            batch_id=kept.batch_id, content_sha256=kept.content_sha256, contract_sha256=dataset.sha256, code_version=code_version(waived.values()),
            state="held" if waiting_for else "accepted", fetched_at=kept.fetched_at, judged_at=review.at, read=report.read, fetched=report.fetched,
            quarantined=verdict.quarantined, dropped=dict(report.dropped), waiting=count_waiting(conn, dataset, table),
            due=due_date(dataset, day), message=f"Disetujui Walidata ({review.by}), menunggu Pembina Data ({waiting_for})." if waiting_for else None,
        )  # fmt: skip
        batch = replace(
            staged.batch, bad=f"staging_load.q_{staged.number}" if verdict.quarantined else None,
            listed=f"staging_load.v_{staged.number}" if verdict.lists else None,
        )  # fmt: skip
        ids, results = [one.fetch_id for one in staged.fetches], [asdict(one) for one in verdict.results]
        found = Verdict(ids, results, day, verdict.closes, report.staged, review.accepted_rules)
        with case.decision(review):
            forget_verdict(conn, kept.batch_id)
            conclude(
                conn, kept.scope, batch, row, ids, results, closes=verdict.closes, staged=report.staged,
                validations=[asdict(one) for one in verdict.validations],
                record=lambda row: write_verdict(conn, archive(), dataset, kept.scope, found, row, batch),
            )  # fmt: skip
            if not waiting_for:
                settle_accepted(case, review)
    return Decided(kept.batch_id, kept.dataset, kept.penerbit, row.state, waiting_for=waiting_for)
