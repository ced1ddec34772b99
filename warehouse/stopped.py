"""Datasets that are fetched no more: what was open of them ends with them, says why, and is open again should they come back.

Nothing is taken away: a finding keeps its life with the sentence of its end, a row set aside keeps all it held. Only nobody is asked for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from psycopg import Connection


class Stop(NamedTuple):
    """Since when a dataset is fetched no more, and why, in Indonesian."""

    since: date
    reason: str


def stopped(conn: Connection) -> set[str]:
    """The datasets that are known to be fetched no more."""
    return {row[0] for row in conn.execute("select dataset from ops.stopped_dataset").fetchall()}


def stop(conn: Connection, ends: Mapping[str, Stop], at: datetime) -> None:
    """Close the findings and end the open rows of these datasets; within the caller's transaction."""
    conn.execute(
        """insert into ops.stopped_dataset (dataset, sejak, alasan, at)
           select s.dataset, s.sejak, 'Dataset tidak lagi diambil sejak ' || quality.tanggal(s.sejak) || ': ' || s.alasan, %s
           from unnest(%s::text[], %s::date[], %s::text[]) as s (dataset, sejak, alasan)""",
        [at, list(ends), [one.since for one in ends.values()], [one.reason for one in ends.values()]],
    )
    conn.execute(
        """with ended as (
             update ops.issue i set state = 'selesai', closed_at = s.at from ops.stopped_dataset s
             where s.dataset = i.dataset and s.dataset = any(%s) and i.state <> 'selesai' returning i.issue_id, s.at, s.alasan)
           insert into ops.issue_event (issue_id, at, event, note) select issue_id, at, 'selesai', alasan from ended order by issue_id""",
        [list(ends)],
    )
    conn.execute(
        """update ops.quarantined_row q set state = 'stopped', ended_at = s.at, reason = s.alasan
           from ops.batch b join ops.stopped_dataset s using (dataset)
           where b.batch_id = q.batch_id and s.dataset = any(%s) and q.state = 'open'""",
        [list(ends)],
    )


def go_on(conn: Connection, back: Mapping[str, date], at: datetime) -> None:
    """Open again what ended with these datasets, which are fetched again; within the caller's transaction.

    `back`: dataset -> until when there is time now, for what had a day by which it was to be mended.
    """
    again = "unnest(%(names)s::text[], %(due)s::date[]) as d (dataset, due) join ops.stopped_dataset s using (dataset)"
    values = {"names": list(back), "due": list(back.values()), "at": at}
    conn.execute(
        f"""with opened as (
              update ops.issue i set state = case when i.assigned_to is null then 'baru' else 'ditugaskan' end, closed_at = null,
                reopened = i.reopened + 1, due = case when i.due is not null then greatest(i.due, d.due) end
              from {again} where i.dataset = d.dataset and i.state = 'selesai' and i.closed_at = s.at returning i.issue_id)
            insert into ops.issue_event (issue_id, at, event, note)
            select issue_id, %(at)s, 'dibuka_lagi', 'dataset diambil lagi' from opened order by issue_id""",
        values,
    )
    conn.execute(
        f"""update ops.quarantined_row q set state = 'open', ended_at = null, reason = null,
              due = case when q.due is not null then greatest(q.due, d.due) end
            from {again} join ops.batch b using (dataset) where b.batch_id = q.batch_id and q.state = 'stopped'""",
        values,
    )
    conn.execute("delete from ops.stopped_dataset where dataset = any(%s)", [list(back)])
