"""`satudata review list`: what waits for a person, and the command that decides it; the portal shows the same."""

from __future__ import annotations

from typing import Any

from satudata.review.allowed import NEVER
from satudata.session import warehouse
from satudata.state_words import STATES
from warehouse.reviews import waiting


def waiting_list(*, everything: bool = False) -> list[dict[str, Any]]:
    """The held batches, oldest first; with `everything` also failed and returned ones that nothing newer followed.

    Each as JSON can carry it: batch_id, dataset, penerbit, nilai, state, keadaan (the word for it), judged_at, fetched, accepted, unchanged,
    quarantined, message, due, rules (ids that do not pass), kinds, reviews [{step, decision, by, at, reason}], next_step. Raises: `WarehouseUnreachable`.
    """
    with warehouse() as conn:
        found = waiting(conn, everything)
    return [
        one
        | {
            "judged_at": one["judged_at"].isoformat(),
            "due": one["due"] and str(one["due"]),
            "keadaan": STATES[one["state"]],
            "next_step": _next_step(one),
        }
        for one in found
    ]


def _next_step(one: dict[str, Any]) -> str:
    if one["state"] == "returned":
        return "menunggu kiriman perbaikan dari Produsen"
    if {"error", *NEVER} & set(one["kinds"]):
        held = one["state"] == "held"
        return (
            f"satudata review return {one['batch_id']} --alasan ..."
            if held
            else f"betulkan sumber atau kontraknya, lalu satudata run {one['dataset']}"
        )
    named = "".join(f" --terima {rule}" for rule in one["rules"])
    approved = any((review["step"], review["decision"]) == ("walidata", "approve") for review in one["reviews"])
    extra = " --pembina" if approved else f"{named} --alasan ..." if named else ""
    return f"satudata review approve {one['batch_id']}{extra}"
