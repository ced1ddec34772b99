"""What is kept back because it contradicts other data: no batch waits, yet somebody has to decide. The same for `review list`, `status` and the portal."""

from __future__ import annotations

from typing import Any

from psycopg import Connection

from expectations.lintas.across import rule_of
from warehouse.pins import held_across

OF_ALL_PUBLISHERS = "complete"
"""A rule that judges the publishers of a dataset together."""


def across_list(conn: Connection) -> list[dict[str, Any]]:
    """The oldest first, as JSON can carry it: dataset, penerbit, rules, reason, since, next_steps."""
    return [one | {"since": one["since"].isoformat(), "next_steps": _next_steps(one)} for one in held_across(conn)]


def _next_steps(one: dict[str, Any]) -> list[str]:
    """The commands that let it through where it is right as it is; what is wrong is let go once it is mended."""
    commands = dict.fromkeys(waiving(one["dataset"], one["penerbit"], rule_id) for rule_id in one["rules"])
    return [*commands, "satudata release publish"]


def waiving(dataset: str, penerbit: str, rule_id: str) -> str:
    """The command that lets a dataset, or one publisher of it, off a rule for a while."""
    rule = rule_of(rule_id)
    whose = f" --penerbit {penerbit}" if penerbit and rule != OF_ALL_PUBLISHERS else ""
    return f"satudata waiver add {dataset} {rule}{whose} --sampai TTTT-BB-HH --alasan ..."
