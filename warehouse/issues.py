"""The life of a finding: one issue per dataset, publisher and rule, opened once, counted while it lasts, closed when it is over.

A verdict opens and counts issues by what it found broken. It closes by itself only what an accepted batch found whole, and only once no row
of it is left open in quarantine. All of it starts from the few issues and rows that are open, never from the batch.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from psycopg import Connection
from psycopg.types.json import Jsonb

from warehouse.ledger import Scope

OF_A_BATCH = ("baris", "batch")
"""The scopes of the rules that each batch is judged by; those of scope *lintas* are judged elsewhere and closed by that judgement."""
BROKEN = ("fail", "error")
WORST = ("fail", "hold", "quarantine", "warn")
NO_ROW_OPEN = """not exists (
  select from ops.batch b join ops.quarantined_row q using (batch_id)
  where b.dataset = i.dataset and b.penerbit = i.penerbit and q.state = 'open' and i.rule_id = any(q.rule_ids))"""

PASSED_BY_THE_LAST = """exists (
  select from ops.check_result c where c.rule_id = i.rule_id and c.outcome = 'pass' and c.batch_id = (
    select max(b.batch_id) from ops.batch b
    where b.dataset = i.dataset and b.penerbit = i.penerbit and b.state = 'accepted' and b.replay_of is null))"""
SEEN_IN_NO_DATA = """not exists (
  select from ops.issue_event e join ops.batch s using (batch_id)
  where e.issue_id = i.issue_id and e.event in ('dibuka', 'dibuka_lagi', 'terlihat') and s.state = 'accepted'
  and e.issue_event_id >= (select max(o.issue_event_id) from ops.issue_event o where o.issue_id = i.issue_id and o.event in ('dibuka', 'dibuka_lagi')))"""


def open_broken(
    conn: Connection, scope: Scope, results: Sequence[Mapping[str, Any]], *, at: datetime, batch_id: int | None, due: date | None
) -> int:
    """Open, count up or open again the issue of every broken rule; return how many. `results` as in `warehouse.conclude.add_results`.

    `due` is until when whoever is responsible has time, for an issue that begins now and is more than a warning.
    """
    broken = _one_per_rule(results)
    if not broken:
        return 0
    return conn.execute(
        """with found as (
             select * from jsonb_to_recordset(%(broken)s)
               as r (rule_id text, rule text, scope text, severity text, column_name text, failed bigint, message text)),
           kept as (
             insert into ops.issue as i (dataset, penerbit, rule_id, rule, scope, severity, column_name, opened_at, last_seen_at, last_batch_id, nilai,
                                         failed, message, due)
             select %(dataset)s, %(penerbit)s, rule_id, rule, scope, severity, column_name, %(at)s, %(at)s, %(batch)s, %(nilai)s,
                    coalesce(failed, 0), message, case when severity <> 'warn' then %(due)s::date end
             from found
             on conflict (dataset, penerbit, rule_id) do update set
               rule = excluded.rule, scope = excluded.scope, severity = excluded.severity, column_name = excluded.column_name,
               last_seen_at = excluded.last_seen_at, last_batch_id = excluded.last_batch_id,
               nilai = case when i.state = 'selesai' then excluded.nilai else greatest(i.nilai collate "C", excluded.nilai) end,
               failed = excluded.failed, message = excluded.message,
               due = case when i.state = 'selesai' then excluded.due else coalesce(i.due, excluded.due) end,
               times = case when i.state = 'selesai' then 1 else i.times + 1 end,
               reopened = i.reopened + (i.state = 'selesai')::integer,
               assigned_to = case when i.state <> 'selesai' then i.assigned_to end,
               state = case when i.state = 'selesai' then 'baru' else i.state end, closed_at = null
             returning issue_id, times, reopened, failed)
           insert into ops.issue_event (issue_id, at, event, batch_id, note)
           select issue_id, %(at)s, case when times > 1 then 'terlihat' when reopened > 0 then 'dibuka_lagi' else 'dibuka' end, %(batch)s, failed || ' baris'
           from kept order by issue_id""",
        {"broken": Jsonb(broken), "at": at, "batch": batch_id, "due": due,
         "dataset": scope.dataset, "penerbit": scope.penerbit, "nilai": scope.nilai},
    ).rowcount  # fmt: skip


def open_unnamed(
    conn: Connection, scope: Scope, results: Sequence[Mapping[str, Any]], *, at: datetime, batch_id: int | None, due: date | None
) -> int:
    """Open issues for the broken rules that have none standing, and count none up: after a replay has found another reason. How many."""
    standing = conn.execute(
        "select rule_id from ops.issue where dataset = %s and penerbit = %s and state <> 'selesai'", [scope.dataset, scope.penerbit]
    ).fetchall()
    unnamed = [result for result in results if (result["rule_id"],) not in standing]
    return open_broken(conn, scope, unnamed, at=at, batch_id=batch_id, due=due)


def close_mended(
    conn: Connection,
    scope: Scope,
    results: Iterable[Mapping[str, Any]],
    *,
    at: datetime,
    batch_id: int | None,
    scopes: Sequence[str] = OF_A_BATCH,
) -> int:
    """Close the issues that a judgement of all rules of these scopes found nothing of, this value of `each` or an earlier one; how many.

    To be called for what is accepted only: what was held or failed has mended nothing yet.
    """
    unproven = [str(result["rule_id"]) for result in results if result["outcome"] != "pass"]
    return _close(
        conn, scope, at, batch_id, """i.scope = any(%(scopes)s) and not i.rule_id = any(%(unproven)s) and i.nilai collate "C" <= %(nilai)s""",
        {"scopes": list(scopes), "unproven": unproven},
    )  # fmt: skip


def close_outdone(conn: Connection, scope: Scope, results: Iterable[Mapping[str, Any]], *, at: datetime, batch_id: int, state: str) -> int:
    """Close what only files that never became data were found to break, where this newer one does not; how many.

    `state` is what this one came to: a failed file outdoes failed ones, a held one those that were held, too. Nothing that an accepted batch
    was found to break is touched: its figures stand.
    """
    passed = [str(result["rule_id"]) for result in results if result["outcome"] == "pass"]
    over = ["failed", "returned", "superseded", *(["held"] if state == "held" else [])]
    return _close(
        conn, scope, at, batch_id, f"""i.scope = any(%(scopes)s) and i.rule_id = any(%(passed)s) and i.nilai collate "C" <= %(nilai)s
          and exists (select from ops.batch l where l.batch_id = i.last_batch_id and l.state = any(%(over)s)) and {SEEN_IN_NO_DATA}""",
        {"scopes": list(OF_A_BATCH), "passed": passed, "over": over},
    )  # fmt: skip


def close_replaced(conn: Connection, scope: Scope, *, at: datetime, batch_id: int, whole: bool) -> int:
    """Close what only files that never became data were found to break, now that this newer one about the same is data; how many.

    Also of a rule that this one could not be asked: nothing of those files stands. `whole`: is the newer one all there is (a snapshot)?
    """
    return _close(
        conn, scope, at, batch_id, f"""i.scope = any(%(scopes)s) and i.nilai collate "C" <= %(nilai)s and exists (
          select from ops.batch l join ops.batch n on n.batch_id = %(batch)s
          where l.batch_id = i.last_batch_id and l.batch_id < n.batch_id and l.state in ('failed', 'returned', 'superseded')
          and (%(whole)s or l.periods = '{{}}' or n.periods = '{{}}' or l.periods && n.periods)) and {SEEN_IN_NO_DATA}""",
        {"scopes": list(OF_A_BATCH), "whole": whole},
    )  # fmt: skip


def send_back(conn: Connection, batch_id: int, said: str, by: str, reason: str | None, at: datetime) -> int:
    """Say of the findings that stand for a batch that it was returned, by whom and why (`said` in a sentence); how many."""
    return conn.execute(
        """with told as (
             update ops.issue set message = concat_ws(' ', %(said)s::text, message)
             where last_batch_id = %(batch)s and severity in ('fail', 'hold') and state <> 'selesai' returning issue_id)
           insert into ops.issue_event (issue_id, at, event, batch_id, by, note)
           select issue_id, %(at)s, 'dikembalikan', %(batch)s, %(by)s, %(reason)s from told order by issue_id""",
        {"said": said, "batch": batch_id, "by": by, "reason": reason, "at": at},
    ).rowcount


def close_read(conn: Connection, scope: Scope, *, at: datetime, batch_id: int) -> int:
    """Close what was said of bytes that could not be read: these could. How many."""
    return _close(conn, scope, at, batch_id, """i.rule = 'parse' and i.nilai collate "C" <= %(nilai)s""", {})


def close_emptied(
    conn: Connection, scope: Scope, rule_ids: Sequence[str], *, at: datetime, batch_id: int, by: str | None = None, note: str | None = None
) -> int:
    """Close the issues about rows set aside by these rules, where none of them is left: after a replay, or because a person rejected them. How many."""
    return _close(
        conn, scope, at, batch_id, f"i.rule_id = any(%(rules)s) and (i.severity = 'quarantine' or {PASSED_BY_THE_LAST})", {"rules": list(rule_ids)}, by, note
    )  # fmt: skip


def close_approved(conn: Connection, scope: Scope, batch_id: int, at: datetime, *, whole: bool) -> int:
    """Close what a held batch had found whole, now that a person has accepted it, and what older files than it never came to be; how many."""
    results = conn.execute("select rule_id, outcome from ops.check_result where batch_id = %s", [batch_id]).fetchall()
    found = [{"rule_id": rule_id, "outcome": outcome} for rule_id, outcome in results]
    mended = close_mended(conn, scope, found, at=at, batch_id=batch_id)
    return mended + close_replaced(conn, scope, at=at, batch_id=batch_id, whole=whole)


def close_accepted(conn: Connection, scope: Scope, batch_id: int, rules: Sequence[str], by: str, reason: str | None, at: datetime) -> int:
    """Close what a person accepted of a batch, once, by these rules; the event says who and why. How many."""
    note = f"diterima pada batch {batch_id}: {reason or 'tanpa alasan'}"
    return _close(conn, scope, at, batch_id, "i.rule_id = any(%(rules)s)", {"rules": list(rules)}, by, note)


def _close(
    conn: Connection, scope: Scope, at: datetime, batch_id: int | None, which: str, values: Mapping[str, Any],
    by: str | None = None, note: str | None = None,
) -> int:  # fmt: skip
    return conn.execute(
        f"""with ended as (
              update ops.issue i set state = 'selesai', closed_at = %(at)s, failed = 0
              where i.dataset = %(dataset)s and i.penerbit = %(penerbit)s and i.state <> 'selesai' and {which} and {NO_ROW_OPEN}
              returning issue_id)
            insert into ops.issue_event (issue_id, at, event, batch_id, by, note)
            select issue_id, %(at)s, 'selesai', %(batch)s, %(by)s, %(note)s from ended order by issue_id""",
        {
            "at": at,
            "batch": batch_id,
            "by": by,
            "note": note,
            "dataset": scope.dataset,
            "penerbit": scope.penerbit,
            "nilai": scope.nilai,
            **values,
        },
    ).rowcount


def _one_per_rule(results: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The broken rules, each once: parsing may report one rule for several tables."""
    found: dict[str, dict[str, Any]] = {}
    for result in results:
        if result["outcome"] not in BROKEN:
            continue
        one = {name: result.get(name) for name in ("rule_id", "rule", "scope", "severity", "column_name", "failed", "message")}
        known = found.setdefault(str(result["rule_id"]), one)
        if known is not one:
            known["severity"] = min(known["severity"], one["severity"], key=WORST.index)
            known["failed"] = (known["failed"] or 0) + (one["failed"] or 0)
    return list(found.values())
