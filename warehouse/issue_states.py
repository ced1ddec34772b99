"""Findings as people take them up: listed, acknowledged, assigned. What opens and closes them stands in `warehouse.issues`."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from psycopg import Connection
from psycopg.rows import dict_row

from warehouse.issues import NO_ROW_OPEN

Taken = Literal["diakui", "ditugaskan"]
COLUMNS = """issue_id, dataset, penerbit, rule_id, severity, state, assigned_to, opened_at, last_seen_at, last_batch_id, times, reopened, failed,
    message, due, closed_at, scope, (select b.state from ops.batch b where b.batch_id = last_batch_id) as batch_state"""


def issues(conn: Connection, dataset: str | None = None, everything: bool = False) -> list[dict[str, Any]]:
    """The findings that stand, those due first; with `everything` also those that are over."""
    with conn.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(
            f"""select {COLUMNS} from ops.issue where (%s::text is null or dataset = %s) and (%s or state <> 'selesai')
                order by state = 'selesai', due nulls last, dataset, penerbit, rule_id""",
            [dataset, dataset, everything],
        ).fetchall()


def unnumbered(conn: Connection, dataset: str | None = None) -> list[dict[str, Any]]:
    """What stands and is no finding of a rule: batches that wait, sources that are down, data that is late, metadata not handed over. Those due first."""
    with conn.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(
            """select dataset, penerbit, aturan as rule_id, keparahan as severity, sejak as since, kali as times, tenggat as due,
                      penanggung_jawab as responsible, batch_terakhir as batch_id, pesan as message
               from quality.temuan where temuan_id is null and (%s::text is null or dataset = %s) order by tenggat nulls last, dataset, penerbit, aturan""",
            [dataset, dataset],
        ).fetchall()


def one_issue(conn: Connection, issue_id: int) -> dict[str, Any] | None:
    """One finding, standing or over, with whose it is and all that happened to it; None where there is none of this number."""
    with conn.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(
            f"""select {COLUMNS}, column_name, not ({NO_ROW_OPEN}) as open_rows,
                  (select t.penanggung_jawab from quality.temuan t where t.temuan_id = i.issue_id) as responsible,
                  (select jsonb_agg(jsonb_build_object('at', e.at, 'event', e.event, 'batch_id', e.batch_id, 'by', e.by, 'note', e.note)
                                    order by e.issue_event_id)
                   from ops.issue_event e where e.issue_id = i.issue_id and e.event <> 'terlihat') as events
                from ops.issue i where issue_id = %s""",
            [issue_id],
        ).fetchone()


def take_up(
    conn: Connection, issue_id: int, state: Taken, by: str, at: datetime, assigned_to: str | None = None, note: str | None = None
) -> dict[str, Any] | None:
    """Move a standing finding on and write the event; None where it is over or there is none. What is assigned is not merely acknowledged again."""
    with conn.cursor(row_factory=dict_row) as cursor:
        found = cursor.execute(
            f"""update ops.issue set state = %s, assigned_to = coalesce(%s, assigned_to)
                where issue_id = %s and state <> 'selesai' and not (state = 'ditugaskan' and %s = 'diakui') returning {COLUMNS}""",
            [state, assigned_to, issue_id, state],
        ).fetchone()
        if found:
            cursor.execute(
                "insert into ops.issue_event (issue_id, at, event, by, note) values (%s, %s, %s, %s, %s)",
                [issue_id, at, state, by, note or assigned_to],
            )
    return found
