"""How long the ledger keeps what it notes by the way, and the clearing of what is older: in slices, each a transaction of its own.

Figures that were accepted, the files they came from, and what people did or decided are not here: they are kept for good.
docs/penyimpanan.md states the policy for its readers; a test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from psycopg import Connection

SLICE = 5_000
NOT_THE_NEWEST = """exists (
  select from ops.batch b join ops.batch n using (dataset, penerbit, nilai) where b.batch_id = x.batch_id and n.batch_id > b.batch_id)"""
"""SQL: a newer batch of the same has been judged; what the newest one found is kept, however long ago that was."""
SAID_AGAIN = f"""case when x.batch_id is not null then {NOT_THE_NEWEST} else x.release_id is not null or exists (
  select from ops.check_result n where n.batch_id is null and n.release_id is null and n.dataset = x.dataset and n.penerbit = x.penerbit
  and n.rule_id = x.rule_id and n.check_result_id > x.check_result_id) end"""
"""SQL: the same, also for what was judged across datasets: that is written when the outcome changes, so the last word may be old and still hold."""


@dataclass(frozen=True)
class Kept:
    """One kind of thing that is kept for a while."""

    name: str
    """What it is, in Indonesian."""
    table: str
    since: str
    """The column from which its age counts."""
    days: int
    where: str
    """SQL over a row `x`: what may go at all."""


POLICY = (
    Kept(
        "catatan pengambilan tanpa isi baru", "ops.fetch", "ended_at", 400,
        """not exists (select from ops.batch_fetch f where f.fetch_id = x.fetch_id)
           and exists (select from ops.fetch n where (n.dataset, n.penerbit, n.nilai) = (x.dataset, x.penerbit, x.nilai) and n.fetch_id > x.fetch_id
                       and (x.sha256 is null or n.sha256 is not null and (n.url, n.halaman) = (x.url, x.halaman)))""",
    ),
    Kept("hasil aturan yang lolos", "ops.check_result", "judged_at", 400, f"x.outcome in ('pass', 'skipped') and {SAID_AGAIN}"),
    Kept("hasil aturan yang dilanggar", "ops.check_result", "judged_at", 1_825, f"x.waiver_id is null and {SAID_AGAIN}"),
    Kept("hasil lengkap Great Expectations", "ops.validation_result", "judged_at", 180, NOT_THE_NEWEST),
    Kept("baris yang melanggar aturan tanpa dikarantina", "ops.violating_row", "judged_at", 400, NOT_THE_NEWEST),
    Kept("baris karantina yang sudah berakhir", "ops.quarantined_row", "ended_at", 730, "x.state <> 'open'"),
    Kept(
        "catatan bahwa temuan masih terlihat", "ops.issue_event", "at", 400,
        "x.event = 'terlihat' and exists (select from ops.issue_event n where n.issue_id = x.issue_id and n.issue_event_id > x.issue_event_id)",
    ),
)  # fmt: skip


def count_old(conn: Connection, kept: Kept, now: datetime) -> int:
    """How many of a kind are older than they are kept."""
    row = conn.execute(f"select count(*) from {_old(kept)}", [_before(kept, now)]).fetchone()
    return int(row[0]) if row else 0


def clear(conn: Connection, kept: Kept, now: datetime, slice_rows: int = SLICE) -> int:
    """Delete what is older, a slice at a time, each committed by itself; how many. `conn` is in autocommit."""
    gone = 0
    while True:
        done = conn.execute(
            f"delete from {kept.table} where ctid = any(array(select x.ctid from {_old(kept)} limit {slice_rows} for update of x skip locked))",
            [_before(kept, now)],
        ).rowcount
        gone += done
        if done < slice_rows:
            return gone


def _old(kept: Kept) -> str:
    return f"{kept.table} x where x.{kept.since} < %s and {kept.where}"


def _before(kept: Kept, now: datetime) -> datetime:
    return now - timedelta(days=kept.days)
