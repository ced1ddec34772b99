"""The rows set aside, as people look at them and put an end to them. What is personal is masked: the file itself says it to its owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from psycopg import Connection
from psycopg.rows import dict_row

MASKED = """(select jsonb_object_agg(e.key, case when e.key = any(p.columns) and e.value <> 'null' then '"(disamarkan)"'
               when ops.masked(e.value #>> '{{}}') <> e.value #>> '{{}}' then to_jsonb(ops.masked(e.value #>> '{{}}')) else e.value end)
             from jsonb_each(q.{0}) e) as {0}"""
"""SQL: an object of published values without those of a column that any version of the contract calls personal, and without anybody's number
or address, also where it was read as a number."""
ROW = f"""q.quarantined_row_id as id, b.dataset, b.penerbit, q.batch_id, ops.masked(q.lokasi) as lokasi, {MASKED.format("key")}, {MASKED.format("raw")},
          q.rule_ids, q.messages, q.state, q.due, b.judged_at, q.ended_at, q.ended_batch_id, q.reason, q.by"""
FROM = """ops.quarantined_row q join ops.batch b using (batch_id) left join ops.dataset d on d.dataset = b.dataset
          left join ops.personal_columns p on p.dataset_id = d.dataset_id"""


@dataclass(frozen=True)
class Which:
    """Which rows somebody wants to see; None: any."""

    dataset: str | None = None
    penerbit: str | None = None
    rule_id: str | None = None
    batch_id: int | None = None
    everything: bool = False
    """Also those that have ended."""
    limit: int = 50


def listed(conn: Connection, which: Which) -> list[dict[str, Any]]:
    """Rows set aside, newest batch first."""
    with conn.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(
            f"""select {ROW} from {FROM}
                where (%(dataset)s::text is null or b.dataset = %(dataset)s) and (%(penerbit)s::text is null or b.penerbit = %(penerbit)s)
                and (%(rule_id)s::text is null or %(rule_id)s = any(q.rule_ids)) and (%(batch_id)s::bigint is null or q.batch_id = %(batch_id)s)
                and (%(everything)s or q.state = 'open') order by q.batch_id desc, q.quarantined_row_id limit %(limit)s""",
            asdict(which),
        ).fetchall()


def one_row(conn: Connection, row_id: int) -> dict[str, Any] | None:
    """One row with all that is known of it, and the files it came from; None where there is none of this number."""
    with conn.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(
            f"""select {ROW}, (select array_agg(distinct ops.masked(coalesce(f.file_name, split_part(f.url, '?', 1))))
                               from ops.batch_fetch join ops.fetch f using (fetch_id) where batch_id = q.batch_id) as berkas
                from {FROM} where q.quarantined_row_id = %s""",
            [row_id],
        ).fetchone()


def reject(conn: Connection, row_ids: Sequence[int], by: str, reason: str, at: datetime) -> list[dict[str, Any]]:
    """End open rows because a person says so; the dataset, publisher, batch, place and rules of each that was open."""
    with conn.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(
            """update ops.quarantined_row q set state = 'rejected', by = %s, reason = %s, ended_at = %s from ops.batch b
               where b.batch_id = q.batch_id and q.quarantined_row_id = any(%s) and q.state = 'open'
               returning q.quarantined_row_id as id, b.dataset, b.penerbit, q.batch_id, q.lokasi, q.rule_ids""",
            [by, reason, at, list(row_ids)],
        ).fetchall()
