"""What every act on a finding has in common: a person, a moment, a reason, and a record in ledger and journal."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from psycopg import Connection

from contracts import clock
from contracts.errors import WrongUsage
from satudata.session import archive
from warehouse import acts
from warehouse.acts import Act, Wrote, record


def set_down(
    conn: Connection,
    kind: str,
    by: str,
    subject: Mapping[str, Any],
    reason: str | None,
    at: datetime | None = None,
    *,
    wrote: Wrote | None = None,
    needs: Mapping[str, Any] | None = None,
) -> datetime:
    """Record an act as the last step of the caller's transaction; return its moment. Raises: `WrongUsage` without a name.

    `wrote`: the rows of `ops` that it left, by table and key; they are what a rebuild brings back. `needs`: see `warehouse.acts.Act`.
    """
    moment = at or clock.now()
    record(conn, archive().put_json, Act(moment, named(by), kind, subject, reason, wrote or {}, needs or {}))
    return moment


def numbered(
    conn: Connection,
    kind: str,
    by: str,
    subject: Mapping[str, Any],
    reason: str | None,
    at: datetime,
    needs: Mapping[str, Any] | None = None,
) -> AbstractContextManager[tuple[int, dict[str, Mapping[str, Any]]]]:
    """The same for an act whose number its own rows name; see `warehouse.acts.numbered`. `needs` may be filled within the block."""
    return acts.numbered(conn, archive().put_json, Act(at, named(by), kind, subject, reason, needs={} if needs is None else needs))


def named(by: str) -> str:
    """The name of who acts, which may not be empty. Raises: `WrongUsage`."""
    if not by.strip():
        raise WrongUsage("Tindakan tanpa nama", "Sebut siapa yang bertindak dengan --oleh, atau isi SATUDATA_NAMA")
    return by.strip()


def needed(reason: str | None) -> str:
    """The reason, which may not be empty. Raises: `WrongUsage`."""
    if not (reason or "").strip():
        raise WrongUsage("Tindakan tanpa alasan", "Tulis alasannya dengan --alasan")
    return str(reason).strip()
