"""`satudata review approve`: a batch that waits is accepted, and the pin before it moves. One transaction; a kill leaves it undecided or decided."""

from __future__ import annotations

from collections.abc import Sequence

from contracts import clock
from satudata.review.accept_failed import accept_failed
from satudata.review.allowed import (
    refuse_the_wrong_person,
    refuse_unnamed_rules,
    refuse_what_a_newer_one_said,
    refuse_what_is_over,
    refuse_without,
)
from satudata.review.begin import Case, case_of
from satudata.review.decided import Decided
from satudata.review.pembina import pembina_named, still_missing
from satudata.review.settle_accepted import settle_accepted
from warehouse.kept_batch import held_before, merged_since
from warehouse.pins import pin_to_the_held
from warehouse.remerge import remerge
from warehouse.reviews import Review, Step


def approve(batch_id: int, step: Step, by: str, reason: str | None = None, terima: Sequence[str] = ()) -> Decided:
    """Approve a held batch, or accept a failed one although the rules `terima` (their ids) do not pass, once and with a reason.

    The next batch is judged by every rule as before; what was accepted is its new baseline. Data Prioritas stays held until its Pembina has
    approved too (step `pembina`). Older held batches about the same give way. Raises: `ReviewRefused`, `UnknownBatch`.
    """
    with case_of(batch_id) as case:
        refuse_what_is_over(case.batch, case.reviews)
        refuse_without(case.batch, by, reason, "menerima yang tidak lolos aturan" if terima else None)
        refuse_the_wrong_person(case.dataset, case.batch, case.reviews, by, step)
        refuse_unnamed_rules(case.conn, case.batch, terima, case.reviews)
        review = Review(batch_id, step, "approve", by.strip(), clock.now(), reason, tuple(terima))
        if case.batch.state == "failed":
            refuse_what_a_newer_one_said(case.conn, case.dataset, case.batch)
            return accept_failed(case, review, _waiting_for(case, review))
        return carry_out(case, review)


def carry_out(case: Case, review: Review) -> Decided:
    """Do what was decided about a held batch."""
    waiting_for = _waiting_for(case, review)
    return _wait(case, review, waiting_for) if waiting_for else _accept(case, review)


def _waiting_for(case: Case, review: Review) -> str | None:
    missing = still_missing(case.dataset, [*case.reviews, review])
    return pembina_named(case.dataset, missing) if missing else None


def _wait(case: Case, review: Review, waiting_for: str) -> Decided:
    """Set the approval down; the batch stays held for the next person."""
    with case.decision(review):
        message = f"Data Prioritas: disetujui Walidata ({review.by}), menunggu Pembina Data ({waiting_for})."
        case.conn.execute("update ops.batch set message = %s where batch_id = %s", [message, case.batch.batch_id])
        pin_to_the_held(case.conn, case.batch.dataset, case.batch.penerbit)
    return Decided(case.batch.batch_id, case.batch.dataset, case.batch.penerbit, "held", waiting_for=waiting_for)


def _accept(case: Case, review: Review) -> Decided:
    conn, batch, write = case.conn, case.batch, case.dataset.contract.write
    covered = held_before(conn, batch, write)
    rules = {rule for one in (*case.reviews, review) for rule in one.accepted_rules}
    is_gone = any(rule.partition(".")[0] == "volume" for rule in rules)  # a person said so of what is missing: until now it was kept open
    ends_keys = is_gone and write != "append"
    first = covered[0] if covered else batch if ends_keys else None
    again = [one for one in merged_since(conn, batch, int(first.accept_no or 0)) if one not in covered] if first else []
    staged = case.staged_again(again)
    with case.decision(review):
        if first:
            remerge(conn, case.table, dict.fromkeys(covered, "superseded"), staged)
        conn.execute("update ops.batch set state = 'accepted', error_class = null, message = null where batch_id = %s", [batch.batch_id])
        held = pin_to_the_held(conn, batch.dataset, batch.penerbit)
        settle_accepted(case, review)
    behind = held if held is not None and held < batch.batch_id else None  # one that came later holds nothing of this one back
    return Decided(batch.batch_id, batch.dataset, batch.penerbit, "accepted", tuple(one.batch_id for one in covered), behind=behind)
