"""Conflicts as people take them up: one of them with its figures, and the decision that binds itself to those figures."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row, dict_row


@dataclass(frozen=True)
class Report:
    """What one agency says of the object."""

    pelapor: str
    opd: str
    """Its name."""
    dataset: str
    nilai: Decimal
    langkah: Decimal


@dataclass(frozen=True)
class Decision:
    """A decision as it is made."""

    objek: str
    nilai: Decimal
    pakai: str | None
    dasar: str
    berita_acara: str
    by: str
    at: datetime
    day: date
    reason: str | None


def fingerprint(reports: Iterable[Report]) -> str:
    """Of who reports and what: another one is another case."""
    lines = sorted(f"{one.pelapor}={one.nilai.normalize():f}" for one in reports)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def locked(conn: Connection, conflict_id: int) -> dict[str, Any] | None:
    """A conflict, kept from changing until the caller's transaction ends: objek, state, pemda, satuan; None where there is none."""
    with conn.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(
            "select conflict_id, objek, state, pemda, satuan from ops.conflict where conflict_id = %s for update", [conflict_id]
        ).fetchone()


def reports_of(conn: Connection, conflict_id: int) -> list[Report]:
    """What the agencies say now."""
    with conn.cursor(row_factory=class_row(Report)) as cursor:
        return cursor.execute(
            """select pelapor, quality.nama_pelapor(pelapor) as opd, dataset, nilai, langkah from ops.conflict_report
               where conflict_id = %s and until is null order by pelapor""",
            [conflict_id],
        ).fetchall()


def add_decision(conn: Connection, decision: Decision, reports: Iterable[Report]) -> int:
    """Write a decision bound to these figures, in place of the one in force; return its number. Within the caller's transaction."""
    told = list(reports)
    conn.execute(
        "update ops.decision set ended_on = %s, ended_why = %s where objek = %s and ended_on is null",
        [decision.day, f"Diganti keputusan dengan berita acara {decision.berita_acara}.", decision.objek],
    )
    (number,) = conn.execute(
        """insert into ops.decision (objek, nilai, pakai, dasar, berita_acara, fingerprint, by, at, day, reason)
           values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) returning decision_id""",
        [
            decision.objek, decision.nilai, decision.pakai, decision.dasar, decision.berita_acara, fingerprint(told), decision.by, decision.at,
            decision.day, decision.reason,
        ],
    ).fetchone()  # type: ignore[misc]  # fmt: skip
    with conn.cursor() as cursor:
        cursor.executemany(
            "insert into ops.decision_report (decision_id, pelapor, dataset, nilai, langkah) values (%s, %s, %s, %s, %s)",
            [(number, one.pelapor, one.dataset, one.nilai, one.langkah) for one in told],
        )
    return int(number)


def move(
    conn: Connection, conflict_id: int, state: str, at: datetime, day: date, by: str, note: str | None, decision_id: int | None = None
) -> None:
    """Bring a conflict to a state, with the event of the same name."""
    conn.execute("update ops.conflict set state = %s where conflict_id = %s", [state, conflict_id])
    conn.execute(
        "insert into ops.conflict_event (conflict_id, at, day, event, by, note, decision_id) values (%s, %s, %s, %s, %s, %s, %s)",
        [conflict_id, at, day, state, by, note, decision_id],
    )
