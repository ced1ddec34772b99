"""`satudata digest`: what each Produsen Data is told today; shown, or sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from psycopg import Connection

from contracts import clock
from contracts.errors import NoticesUnsent
from contracts.registry import load_registry
from satudata.notices.causes import Cause, causes, rows_aside
from satudata.notices.letters import body_of
from satudata.notices.mail_settings import MailSettings, is_on, mail_settings
from satudata.notices.owners import Owner, desks, owners, unknown_owner
from satudata.notices.told import Digest, before, digest_of
from satudata.notices.wording import subject_of
from satudata.session import warehouse

MOST_FAILURES = 3
"""After so many letters in a row that a server did not take, the others wait for the next run."""


@dataclass(frozen=True)
class Told:
    """One letter: `state` is terkirim, gagal, mengirim (nobody knows) or menunggu (not tried)."""

    opd: str
    address: str
    subject: str
    state: str
    problem: str | None = None


def preview() -> dict[str, Any]:
    """What would be sent now: {on, letters: [{opd, address, subject, body}], without_address: [{opd, name, open}]}. Nothing is written."""
    with warehouse() as conn:
        found = _by_owner(conn)
        letters = [
            {"opd": f"{one.owner.pemda}/{one.owner.opd}", "address": one.address, "subject": subject_of(one), "body": body_of(one)}
            for one in _due(conn, found, clock.today())
        ]
    silent = [
        {"opd": f"{owner.pemda}/{owner.opd}", "name": owner.name, "open": len(open_)}
        for owner, open_ in found
        if open_ and not owner.addresses and not owner.is_desk
    ]
    return {"on": is_on(), "letters": letters, "without_address": silent}


def send_digests() -> list[Told]:
    """Send today's digests; each letter that became of it, in the order of the agencies.

    Nothing where notices are off or all is told. Raises: `MailSettingsMissing`, `MailSettingsExposed`, `WrongSetting`, `WarehouseUnreachable`.
    """
    if not is_on():
        return []
    server, done = mail_settings(), []
    with warehouse() as conn:
        failures = 0
        for digest in _due(conn, _by_owner(conn), clock.today()):
            told = _sent(conn, digest, server) if failures < MOST_FAILURES else _waiting(digest)
            if told is not None:
                done.append(told)
                failures = 0 if told.state == "terkirim" else failures + 1
    return done


def refuse_unsent(told: list[Told]) -> None:
    """Raises: `NoticesUnsent` where a letter was not taken, with what the server said."""
    unsent = [one for one in told if one.state != "terkirim"]
    if unsent:
        raise NoticesUnsent(len(unsent), next((one.problem for one in unsent if one.problem), "belum dicoba"))


def _sent(conn: Connection, digest: Digest, server: MailSettings) -> Told | None:
    from satudata.notices.mail import Letter, send
    from satudata.notices.noted import claim, conclude

    subject, body = subject_of(digest), body_of(digest)
    number = claim(conn, digest, subject, body)
    if number is None:
        return None
    state, problem = send(Letter(digest.address, subject, body, digest.owner.replies_to), server)
    conclude(conn, number, state, problem)
    return Told(f"{digest.owner.pemda}/{digest.owner.opd}", digest.address, subject, state, problem)


def _waiting(digest: Digest) -> Told:
    return Told(f"{digest.owner.pemda}/{digest.owner.opd}", digest.address, subject_of(digest), "menunggu")


def _due(conn: Connection, found: list[tuple[Owner, list[Cause]]], day: date) -> Iterator[Digest]:
    aside = rows_aside(conn)
    for owner, open_ in found:
        for address in owner.addresses:
            known = before(conn, owner, address)
            digest = digest_of(owner, address, day, open_, known, aside.get((owner.pemda, owner.opd), 0)) if known.day != day else None
            if digest is not None:
                yield digest


def _by_owner(conn: Connection) -> list[tuple[Owner, list[Cause]]]:
    """Every agency, also one whose last finding is over, with what is open of it; then every Walidata, with all of his pemda."""
    registry = load_registry()
    known, all_open = owners(registry), causes(conn)
    found: dict[tuple[str, str], list[Cause]] = {name: [] for name in known}
    for cause in all_open:
        found.setdefault((cause.pemda, cause.opd), []).append(cause)
    agencies = [(known.get(name) or unknown_owner(*name), open_) for name, open_ in sorted(found.items())]
    return agencies + [(desk, [cause for cause in all_open if cause.pemda == pemda]) for pemda, desk in sorted(desks(registry).items())]
