"""What `ops` says a day came to, in the same words as the expectation, so that the two can be compared."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from psycopg import Connection
from psycopg.rows import dict_row

from satudata.demo.expected import COUNTS, Result, Source

SOURCES = """
with fetches as (
  select dataset, penerbit, (array_agg(outcome order by (outcome = 'new') desc, fetch_id desc))[1] as fetch,
         (array_agg(error_class order by fetch_id desc))[1] as fetch_error, array_agg(fetch_id) as ids
  from ops.fetch where run_date = %(day)s and fetch_id > %(after)s group by 1, 2)
select f.dataset, f.penerbit, f.fetch, f.fetch_error, last.state, last.error_class,
       coalesce((select jsonb_agg(to_jsonb(b) order by b.batch_id) from ops.batch b
                 where b.batch_id > %(after_batch)s
                   and exists (select from ops.batch_fetch l where l.batch_id = b.batch_id and l.fetch_id = any(f.ids))), '[]') as batches
from fetches f
left join lateral (select state, error_class from ops.batch b where (b.dataset, b.penerbit) = (f.dataset, f.penerbit) order by batch_id desc limit 1) last
     on true"""


def last_numbers(conn: Connection) -> tuple[int, int]:
    """The last fetch and the last batch there are now: what comes later belongs to the day that is about to be played."""
    row = conn.execute(
        "select coalesce((select max(fetch_id) from ops.fetch), 0), coalesce((select max(batch_id) from ops.batch), 0)"
    ).fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)


def found_day(conn: Connection, day: date, after: tuple[int, int] = (0, 0)) -> dict[Source, Result]:
    """Every source fetched for this date, later than these numbers of `last_numbers`."""
    with conn.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(SOURCES, {"day": day, "after": after[0], "after_batch": after[1]}).fetchall()
    return {(row["dataset"], row["penerbit"]): _result(row) for row in rows}


def found_pins(conn: Connection) -> dict[str, tuple[str, ...]]:
    """Dataset -> the kinds of pins that keep any of its publishers back now."""
    rows = conn.execute("select dataset, array_agg(distinct kind order by kind) from ops.pin group by dataset").fetchall()
    return {dataset: tuple(kinds) for dataset, kinds in rows}


def unbalanced(conn: Connection) -> list[str]:
    """Batches whose counts do not add up, or whose rows set aside are not as many as they say."""
    rows = conn.execute(
        """select batch_id, dataset, penerbit from ops.batch b
           where fetched <> accepted + unchanged + quarantined + rejected + coalesce((select sum(value::bigint) from jsonb_each_text(dropped)), 0)
              or quarantined <> (select count(*) from ops.quarantined_row q where q.batch_id = b.batch_id) order by 1"""
    ).fetchall()
    return [f"{dataset} {penerbit}: hitungan batch {number} tidak berjumlah".replace(" :", ":") for number, dataset, penerbit in rows]


def _result(row: dict[str, Any]) -> Result:
    batches: list[dict[str, Any]] = row["batches"]
    dropped: Counter[str] = Counter()
    for batch in batches:
        dropped.update({why: int(rows) for why, rows in batch["dropped"].items() if int(rows)})
    return Result(
        fetch=row["fetch"],
        state=row["state"],
        judged=bool(batches),
        counts={name: sum(int(batch[name]) for batch in batches) for name in COUNTS},
        dropped=dict(dropped),
        error=row["fetch_error"] if row["fetch"] == "failed" else row["error_class"],
    )
