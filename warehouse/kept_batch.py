"""A batch as the ledger keeps it, when a person is to decide about it: read once more, and its copy in the raw table once more found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from psycopg import Connection
from psycopg.rows import class_row

from warehouse.ledger import Scope


@dataclass(frozen=True)
class KeptBatch:
    """One row of `ops.batch`, as far as a decision rests on it."""

    batch_id: int
    dataset: str
    penerbit: str
    nilai: str
    state: str
    accept_no: int | None
    periods: str
    content_sha256: str
    fetched_at: datetime
    judged_at: datetime
    message: str | None
    run_date: date | None
    """Of its fetches: the day as of which it was judged."""

    @property
    def scope(self) -> Scope:
        """The ledger's name for what the batch is of."""
        return Scope(self.dataset, self.penerbit, self.nilai)


_COLUMNS = """b.batch_id, b.dataset, b.penerbit, b.nilai, b.state, b.accept_no, b.periods::text, b.content_sha256, b.fetched_at, b.judged_at, b.message,
    (select max(f.run_date) from ops.batch_fetch l join ops.fetch f using (fetch_id) where l.batch_id = b.batch_id) as run_date"""


def kept_batch(conn: Connection, batch_id: int) -> KeptBatch | None:
    """The batch of this number."""
    found = _kept(conn, "b.batch_id = %s", [batch_id])
    return found[0] if found else None


def merged_since(conn: Connection, batch: KeptBatch, accept_no: int) -> list[KeptBatch]:
    """What its publisher has in the raw table from this accept number on, oldest first."""
    values = [batch.dataset, batch.penerbit, accept_no]
    return _kept(conn, "b.dataset = %s and b.penerbit = %s and b.accept_no >= %s and b.state in ('accepted', 'held')", values)


def held_before(conn: Connection, batch: KeptBatch, write: str) -> list[KeptBatch]:
    """The batches of its publisher that are held, older than this one, and speak of nothing that it does not speak of."""
    values = [batch.dataset, batch.penerbit, batch.accept_no, batch.fetched_at, write, write, batch.periods]
    return _kept(
        conn, f"b.state = 'held' and b.dataset = %s and b.penerbit = %s and b.accept_no < %s and b.fetched_at <= %s and {_COVERED}", values
    )


def replaced_by(conn: Connection, batch: KeptBatch, write: str) -> int | None:
    """The newer batch that speaks of all this one speaks of, so that there is nothing left to decide; None without one."""
    covered = _COVERED.replace("%s::datemultirange", "n.periods")
    row = conn.execute(
        f"""select max(n.batch_id) from ops.batch b join ops.batch n using (dataset, penerbit)
            where b.batch_id = %s and n.state in ('accepted', 'held') and n.fetched_at > b.fetched_at and {covered}""",
        [batch.batch_id, write, write],
    ).fetchone()
    return row[0] if row else None


_COVERED = "(%s = 'snapshot' or %s = 'replace_period' and not isempty(b.periods) and b.periods <@ %s::datemultirange)"


def fetch_ids(conn: Connection, batch_id: int) -> list[int]:
    """The fetches a batch rests on."""
    return [
        row[0] for row in conn.execute("select fetch_id from ops.batch_fetch where batch_id = %s order by halaman, fetch_id", [batch_id])
    ]


def _kept(conn: Connection, which: str, values: Sequence[object]) -> list[KeptBatch]:
    with conn.cursor(row_factory=class_row(KeptBatch)) as cursor:
        return cursor.execute(f"select {_COLUMNS} from ops.batch b where {which} order by b.accept_no, b.batch_id", list(values)).fetchall()
