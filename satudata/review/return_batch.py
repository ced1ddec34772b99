"""`satudata review return`: a batch goes back to the Produsen Data with the reasons (Perpres 39/2019 Ps 34); what is published stays."""

from __future__ import annotations

from contracts import clock
from satudata.findings.due import due_date
from satudata.review.allowed import refuse_the_wrong_person, refuse_what_is_over, refuse_without
from satudata.review.begin import Case, case_of
from satudata.review.decided import Decided
from warehouse.issues import send_back
from warehouse.kept_batch import merged_since
from warehouse.pins import pin_to_the_held
from warehouse.remerge import remerge
from warehouse.reviews import Review, Step
from warehouse.row_ends import end_twins, reopen


def return_(batch_id: int, by: str, reason: str, step: Step = "walidata") -> Decided:
    """Return a held or failed batch: its rows leave the raw table as if they had never come, also where newer batches lie on top of them.

    Raises: `ReviewRefused`, `UnknownBatch`.
    """
    with case_of(batch_id) as case:
        batch = case.batch
        refuse_what_is_over(batch, case.reviews)
        refuse_without(batch, by, reason, "mengembalikan")
        if step == "pembina":
            refuse_the_wrong_person(case.dataset, batch, case.reviews, by, step)
        return carry_out(case, Review(batch_id, step, "return", by.strip(), clock.now(), reason))


def carry_out(case: Case, review: Review) -> Decided:
    """Do what was decided: the batch goes, what lies on top of it is merged once more."""
    batch, conn, number = case.batch, case.conn, case.batch.accept_no
    staged = case.staged_again([one for one in merged_since(conn, batch, number) if one != batch]) if number is not None else []
    with case.decision(review):
        if number is not None:
            remerge(conn, case.table, {batch: "returned"}, staged)
        message = f"Dikembalikan kepada Produsen Data oleh {review.by}: {review.reason}"
        due = due_date(case.dataset, case.dataset.hari_ini())
        conn.execute("update ops.batch set state = 'returned', message = %s, due = %s where batch_id = %s", [message, due, batch.batch_id])
        send_back(conn, batch.batch_id, f"{message.rstrip('.')}.", review.by, review.reason, review.at)
        reopen(conn, batch.batch_id)
        end_twins(conn, batch.batch_id, review.at)
        behind = pin_to_the_held(conn, batch.dataset, batch.penerbit)
    return Decided(batch.batch_id, batch.dataset, batch.penerbit, "returned", behind=behind)
