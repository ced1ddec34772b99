"""`satudata review list`: what waits for a person, and the command that decides it; the portal shows the same."""

from __future__ import annotations

from typing import Any

from satudata.review.across_list import across_list
from satudata.review.allowed import NEVER
from satudata.session import warehouse
from satudata.state_words import STATES
from warehouse.reviews import waiting


def kept_back() -> list[dict[str, Any]]:
    """What contradicts other data, or is not complete, and waits for a decision; see `across_list`. Raises: `WarehouseUnreachable`."""
    with warehouse() as conn:
        return across_list(conn)


def waiting_list(*, everything: bool = False) -> list[dict[str, Any]]:
    """The held batches, oldest first; with `everything` also failed and returned ones that nothing newer followed.

    Each as JSON can carry it: batch_id, dataset, penerbit, nilai, state, keadaan (the word for it), judged_at, fetched, accepted, unchanged,
    quarantined, message, due, rules (ids that do not pass), kinds, reviews [{step, decision, by, at, reason}], next_step, next_steps (all that may
    come next, that one first). Raises: `WarehouseUnreachable`.
    """
    with warehouse() as conn:
        found = waiting(conn, everything)
    return [
        one
        | {
            "judged_at": one["judged_at"].isoformat(),
            "due": one["due"] and str(one["due"]),
            "keadaan": STATES[one["state"]],
            "next_step": _next_steps(one)[0],
            "next_steps": _next_steps(one),
        }
        for one in found
    ]


def _next_steps(one: dict[str, Any]) -> list[str]:
    """What a person may do about a batch: approve where that is allowed, and send it back; first what the product takes for likely."""
    if one["state"] == "returned":
        return ["menunggu kiriman perbaikan dari Produsen"]
    send_back = f"satudata review return {one['batch_id']} --alasan ..."
    if {"error", *NEVER} & set(one["kinds"]):
        mend = f"betulkan sumber atau kontraknya, lalu satudata run {one['dataset']}"
        return [send_back] if one["state"] == "held" else [mend, send_back]
    named = "".join(f" --terima {rule}" for rule in one["rules"])
    approved = any((review["step"], review["decision"]) == ("walidata", "approve") for review in one["reviews"])
    extra = " --pembina" if approved else f"{named} --alasan ..." if named else ""
    return [f"satudata review approve {one['batch_id']}{extra}", send_back]
