"""The last batches of every publisher and the validations they rest on: what the site shows. Found along indexes, however long the history is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from psycopg import Connection
from psycopg.rows import class_row

from satudata.state_words import STATES

KEPT = 5
"""Batches of each publisher that the site shows; the others stay in the ledger."""


@dataclass(frozen=True)
class Shown:
    """One batch on the index."""

    dataset: str
    judul: str
    penerbit: str
    produsen: str
    batch_id: int
    judged_at: datetime
    state: str
    passed: int
    failed: int
    message: str | None
    validations: list[str]
    """Names of their pages: the number of the validation, and how many times it was masked since."""

    @property
    def name(self) -> str:
        return " ".join(filter(None, [self.judul, self.penerbit]))

    @property
    def putusan(self) -> str:
        return STATES[self.state]


def recent(conn: Connection, kept: int = KEPT) -> list[Shown]:
    """The last `kept` batches per dataset and publisher, newest first; `passed` and `failed` count the results of the ledger, GX's or not."""
    with conn.cursor(row_factory=class_row(Shown)) as cursor:
        return cursor.execute(
            """select p.dataset, coalesce(p.judul, p.dataset) as judul, coalesce(p.penerbit_nama, p.penerbit) as penerbit,
                      coalesce(p.produsen, p.opd) as produsen, b.batch_id, b.judged_at,
                      b.state, r.passed, r.failed, quality.samarkan(b.message) as message, v.validations
               from quality.penerbit p
               cross join lateral (
                 select * from ops.batch b where b.dataset = p.dataset and b.penerbit = p.penerbit order by b.batch_id desc limit %s) b
               cross join lateral (
                 select count(*) filter (where c.outcome = 'pass') as passed, count(*) filter (where c.outcome in ('fail', 'error')) as failed
                 from ops.check_result c where c.batch_id = b.batch_id) r
               cross join lateral (
                 select coalesce(array_agg(v.validation_id || coalesce('-' || nullif(v.masked, 0), '') order by v.table_name), '{}') as validations
                 from ops.validation_result v where v.batch_id = b.batch_id) v
               order by p.dataset, p.penerbit, b.batch_id desc""",
            [kept],
        ).fetchall()
