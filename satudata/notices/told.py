"""What is news to an address: what is open and was not told, and what was told and is over.

States are compared, not events counted: a finding that came and went between two digests is told to nobody, and a server that was down for
a week costs one digest, not seven.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from psycopg import Connection
from psycopg.rows import dict_row

from satudata.notices.causes import Cause, root_of
from satudata.notices.owners import Owner

REMIND_EVERY = timedelta(days=7)
"""An open finding alone brings a new digest once a week, and when its day draws near or has passed."""
SOON = timedelta(days=3)


@dataclass(frozen=True)
class Digest:
    """What one address is told on one day."""

    owner: Owner
    address: str
    day: date
    new: tuple[Cause, ...]
    still: tuple[Cause, ...]
    over: tuple[dict[str, Any], ...]
    """`Cause.about` of what was told and is over, with `cause` and, of a batch, `became`: the state it has now; `stopped`: why its dataset
    is fetched no more."""
    returned: tuple[str, ...]
    """Causes that came back, or became another one, before their end was told: nothing to say, but they are over."""
    aside: int = 0
    """Rows in quarantine, each once, however many rules it breaks."""


@dataclass(frozen=True)
class Before:
    """What an address was told, and when last; `is_unclear` where nobody knows whether the last letter left."""

    told: dict[str, dict[str, Any]]
    day: date | None
    is_unclear: bool


def digest_of(owner: Owner, address: str, day: date, found: Sequence[Cause], before: Before, aside: int = 0) -> Digest | None:
    """The digest due to an address, or None where there is nothing to tell today."""
    now = {name for cause in found for name in cause.names}
    roots = {root_of(name) for name in now}
    ended = [name for name in before.told if name not in now]
    digest = Digest(
        owner, address, day,
        tuple(cause for cause in found if cause.cause not in before.told),
        tuple(cause for cause in found if cause.cause in before.told),
        tuple({**before.told[name], "cause": name} for name in ended if root_of(name) not in roots),
        tuple(name for name in ended if root_of(name) in roots),
        aside,
    )  # fmt: skip
    return digest if digest.new or digest.over or _reminds(digest, before) else None


def before(conn: Connection, owner: Owner, address: str) -> Before:
    """What stands in the ledger of an address."""
    with conn.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(
            """select n.cause, n.about || jsonb_build_object('became', (
                 select b.state from ops.batch b where split_part(n.cause, '|', 1) = 'batch' and b.batch_id = (n.about ->> 'batch_id')::bigint),
                 'stopped', (select s.alasan from ops.stopped_dataset s where s.dataset = n.about ->> 'dataset')) as about
               from ops.notified n
               where (n.pemda, n.opd, n.channel, n.address) = (%(pemda)s, %(opd)s, %(channel)s, %(address)s) and n.part = 'baru'
               and not exists (select from ops.notified o where (o.pemda, o.opd, o.channel, o.address, o.cause, o.part)
                                                              = (n.pemda, n.opd, n.channel, n.address, n.cause, 'selesai'))
               order by n.cause""",
            _values(owner, address),
        ).fetchall()
        last = cursor.execute(
            """select day, state from ops.notification
               where (pemda, opd, channel, address) = (%(pemda)s, %(opd)s, %(channel)s, %(address)s) and state <> 'gagal' order by day desc limit 1""",
            _values(owner, address),
        ).fetchone()
    told = {row["cause"]: row["about"] for row in rows}
    return Before(told, last["day"] if last else None, bool(last and last["state"] == "mengirim"))


def _values(owner: Owner, address: str) -> dict[str, str]:
    return {"pemda": owner.pemda, "opd": owner.opd, "channel": owner.channel, "address": address}


def _reminds(digest: Digest, before: Before) -> bool:
    """Is what is still open worth a letter of its own today?"""
    last, asked = before.day, [cause for cause in digest.still if cause.severity not in ("warn", "held") and not cause.waived_until]
    if last is None or last >= digest.day or not digest.still:
        return False
    if before.is_unclear or (asked and digest.day - last >= REMIND_EVERY):
        return True
    marks = [mark for cause in asked if cause.due for mark in (cause.due - SOON, cause.due + timedelta(days=1))]
    return any(last < mark <= digest.day for mark in marks)
