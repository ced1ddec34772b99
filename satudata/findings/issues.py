"""`satudata issue`: see the findings that stand and take them up; they close by themselves when their rule passes and no row is left open."""

from __future__ import annotations

from typing import Any

from contracts import clock
from contracts.errors import WrongUsage
from satudata.findings.acts import set_down
from satudata.session import warehouse
from warehouse import issue_states


def listed(dataset: str | None = None, everything: bool = False) -> list[dict[str, Any]]:
    """The findings that stand, those due first."""
    with warehouse() as conn:
        return issue_states.issues(conn, dataset, everything)


def others(dataset: str | None = None) -> list[dict[str, Any]]:
    """What else waits for somebody and has no number, as it ends by itself: batches, sources, late data, metadata."""
    with warehouse() as conn:
        return issue_states.unnumbered(conn, dataset)


def show(issue_id: int) -> dict[str, Any]:
    """One finding with all that happened to it. Raises: `WrongUsage` where there is none."""
    with warehouse() as conn:
        found = issue_states.one_issue(conn, issue_id)
    if found is None:
        raise WrongUsage(f"Tidak ada temuan bernomor {issue_id}", "Lihat nomornya dengan `satudata issue list --semua`")
    return found


def acknowledge(issue_id: int, by: str, reason: str | None = None) -> dict[str, Any]:
    """Say that a finding was seen and is taken up. Raises: `WrongUsage` where it is over, or assigned already."""
    return _taken(issue_id, "diakui", by, None, reason)


def assign(issue_id: int, to: str, by: str, reason: str | None = None) -> dict[str, Any]:
    """Give a finding to a person or an agency to mend. Raises: `WrongUsage` where it is over."""
    if not to.strip():
        raise WrongUsage("Temuan ditugaskan tanpa nama", "Sebut siapa yang menanganinya")
    return _taken(issue_id, "ditugaskan", by, to.strip(), reason)


def _taken(issue_id: int, state: issue_states.Taken, by: str, to: str | None, reason: str | None) -> dict[str, Any]:
    moment = clock.now()
    with warehouse() as conn, conn.transaction():
        found = issue_states.take_up(conn, issue_id, state, by.strip(), moment, to, reason)
        if found is None:
            raise WrongUsage(f"Temuan {issue_id} tidak ada, sudah selesai, atau sudah ditugaskan", "Lihat `satudata issue list`")
        subject = {name: found[name] for name in ("issue_id", "dataset", "penerbit", "rule_id")} | ({"assigned_to": to} if to else {})
        set_down(conn, "issue.assign" if to else "issue.ack", by, subject, reason, moment)
    return found
