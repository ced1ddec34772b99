"""What an acceptance means for the findings: what the batch found whole is over, and so is what a person accepted of it, with its twin
across datasets for as long as both figures stand.
"""

from __future__ import annotations

from contracts import clock
from expectations.lintas.same_figures import accept_differences
from satudata.review.begin import Case
from warehouse.issues import close_accepted, close_approved
from warehouse.reviews import Review


def settle_accepted(case: Case, review: Review) -> None:
    """Within the transaction that accepts the batch, once its rows are those that stand; `review` is the last decision about it."""
    conn, batch = case.conn, case.batch
    close_approved(conn, batch.scope, batch.batch_id, review.at, whole=case.dataset.contract.write == "snapshot")
    reviews = [*case.reviews, review]
    for one in reviews:
        close_accepted(conn, batch.scope, batch.batch_id, one.accepted_rules, one.by, one.reason, review.at)
    rules = {rule for one in reviews for rule in one.accepted_rules}
    accept_differences(conn, case.dataset, batch.penerbit, rules, batch.batch_id, batch.run_date or clock.today())
