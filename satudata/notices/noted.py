"""What is told stands in the ledger before it is sent, so that no kill can make it be told twice.

First the letter and its causes are written (`mengirim`), then it is sent, then the outcome is written. A kill in between, or a server that
fell silent, leaves `mengirim`: nobody knows, so it is not repeated, and the next day's digest lists all that is open in any case. A letter
that was surely not taken (`gagal`) gives its causes back, and the next attempt tells them as new.
"""

from __future__ import annotations

from psycopg import Connection
from psycopg.types.json import Jsonb

from contracts import clock
from satudata.notices.mail import Outcome
from satudata.notices.told import Digest
from satudata.session import archive
from warehouse.journal import Entry, rows_of, write

TOLD = ("ops.notification", "ops.notified")


def claim(conn: Connection, digest: Digest, subject: str, body: str) -> int | None:
    """Write a letter that is about to be sent; its number, or None where this address was told today already or is being told."""
    with conn.transaction():
        row = conn.execute(
            """insert into ops.notification as n (pemda, opd, day, channel, address, subject, body, started_at)
               values (%(pemda)s, %(opd)s, %(day)s, %(channel)s, %(address)s, %(subject)s, %(body)s, %(at)s)
               on conflict (pemda, opd, day, channel, address) do update
               set state = 'mengirim', subject = excluded.subject, body = excluded.body, started_at = excluded.started_at, ended_at = null,
                   tries = n.tries + 1
               where n.state = 'gagal' returning notification_id""",
            {**_owner(digest), "day": digest.day, "subject": subject, "body": body, "at": clock.now()},
        ).fetchone()
        if row is not None:
            _write_causes(conn, digest, int(row[0]))
    return int(row[0]) if row else None


def conclude(conn: Connection, number: int, outcome: Outcome, problem: str | None) -> None:
    """Write what became of it."""
    with conn.transaction():
        conn.execute(
            "update ops.notification set state = %s, problem = %s, ended_at = %s where notification_id = %s",
            [outcome, problem, clock.now(), number],
        )
        if outcome == "gagal":
            conn.execute("delete from ops.notified where notification_id = %s", [number])
        told = {table: rows_of(conn, table, "t.notification_id = %(number)s", {"number": number}) for table in TOLD}
        write(conn, archive().put_json, Entry("digest", clock.now(), {"rows": told}))


def _write_causes(conn: Connection, digest: Digest, number: int) -> None:
    told = [(cause.cause, "baru", cause.about) for new in digest.new for cause in (new, *new.covers)]
    told += [(str(one["cause"]), "selesai", one) for one in digest.over]
    told += [(cause, "selesai", {}) for cause in digest.returned]
    with conn.cursor() as cursor:
        cursor.executemany(
            """insert into ops.notified (pemda, opd, channel, address, notification_id, cause, part, about)
               values (%(pemda)s, %(opd)s, %(channel)s, %(address)s, %(number)s, %(cause)s, %(part)s, %(about)s)
               on conflict do nothing""",
            [{**_owner(digest), "number": number, "cause": cause, "part": part, "about": Jsonb(about)} for cause, part, about in told],
        )


def _owner(digest: Digest) -> dict[str, str]:
    return {"pemda": digest.owner.pemda, "opd": digest.owner.opd, "channel": digest.owner.channel, "address": digest.address}
