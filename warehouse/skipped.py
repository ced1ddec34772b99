"""Rules that could not be asked: a rule that is skipped finds nothing, and whoever reads that nothing was found must know it."""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import Connection

NEWEST = """select max(batch_id) from ops.batch where replay_of is null and state <> 'failed' group by dataset, penerbit"""


def skipped_rules(conn: Connection, batch_ids: Sequence[int] | None = None) -> dict[tuple[str, str], dict[str, str]]:
    """(dataset, penerbit) -> rule -> why it was skipped, in these batches; without them, in the newest batch of every publisher."""
    which = "= any(%(batches)s)" if batch_ids is not None else f"in ({NEWEST})"
    rows = conn.execute(
        f"""select b.dataset, b.penerbit, jsonb_object_agg(c.rule_id, coalesce(c.message, 'tidak dapat dinilai') order by c.check_result_id)
            from ops.check_result c join ops.batch b using (batch_id)
            where c.outcome = 'skipped' and b.batch_id {which} group by 1, 2 order by 1, 2""",
        {"batches": list(batch_ids or ())},
    ).fetchall()
    return {(dataset, penerbit): rules for dataset, penerbit, rules in rows}
