"""What reviewers decided about batches: `ops.review`, and the rules a decision has to name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from psycopg import Connection
from psycopg.rows import class_row, dict_row

Step = Literal["walidata", "pembina"]


@dataclass(frozen=True)
class Review:
    """One decision about a batch."""

    batch_id: int
    step: str
    decision: str
    by: str
    at: datetime
    reason: str | None
    accepted_rules: Sequence[str] = ()


def add_review(conn: Connection, review: Review) -> None:
    """Write a decision within the caller's transaction."""
    conn.execute(
        "insert into ops.review (batch_id, step, decision, by, at, reason, accepted_rules) values (%s, %s, %s, %s, %s, %s, %s)",
        [review.batch_id, review.step, review.decision, review.by, review.at, review.reason, list(review.accepted_rules)],
    )


def reviews_of(conn: Connection, batch_id: int) -> list[Review]:
    """The decisions about a batch, oldest first."""
    with conn.cursor(row_factory=class_row(Review)) as cursor:
        return cursor.execute(
            "select batch_id, step, decision, by, at, reason, accepted_rules from ops.review where batch_id = %s order by review_id",
            [batch_id],
        ).fetchall()


def broken_rules(conn: Connection, batch_id: int) -> list[dict[str, Any]]:
    """The rules for which a batch was held or failed: rule_id, rule, severity, outcome, message, each once."""
    with conn.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(
            """select distinct on (rule_id) rule_id, rule, severity, outcome, message from ops.check_result
               where batch_id = %s and (outcome = 'error' or outcome = 'fail' and severity in ('fail', 'hold')) order by rule_id, check_result_id""",
            [batch_id],
        ).fetchall()


def waiting(conn: Connection, everything: bool) -> list[dict[str, Any]]:
    """The batches that wait for a person, oldest first; with `everything` also what failed or was returned and nothing newer came of.

    Each: batch_id, dataset, penerbit, nilai, state, judged_at, fetched, accepted, unchanged, quarantined, message, due, rules (ids that do
    not pass), kinds (what rules they are), reviews.
    """
    states = ["held", "failed", "returned"] if everything else ["held"]
    with conn.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(
            """select b.batch_id, b.dataset, b.penerbit, b.nilai, b.state, b.judged_at, b.fetched, b.accepted, b.unchanged, b.quarantined, b.message, b.due,
                      array(select distinct rule_id from ops.check_result c where c.batch_id = b.batch_id
                            and (c.outcome = 'error' or c.outcome = 'fail' and c.severity in ('fail', 'hold')) order by 1) as rules,
                      array(select distinct case c.outcome when 'error' then 'error' else rule end from ops.check_result c
                            where c.batch_id = b.batch_id
                            and (c.outcome = 'error' or c.outcome = 'fail' and c.severity in ('fail', 'hold'))) as kinds,
                      coalesce((select jsonb_agg(jsonb_build_object('step', step, 'decision', decision, 'by', by, 'at', at, 'reason', reason)
                                                 order by review_id)
                                from ops.review r where r.batch_id = b.batch_id), '[]') as reviews
               from ops.batch b
               where b.state = any(%s) and (b.state = 'held' or b.batch_id = (
                 select max(n.batch_id) from ops.batch n where n.dataset = b.dataset and n.penerbit = b.penerbit and n.nilai = b.nilai))
               order by b.batch_id""",
            [states],
        ).fetchall()
