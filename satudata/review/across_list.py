"""What is kept back because it contradicts other data or is not complete: no batch waits, yet somebody has to decide. `review list`, `status` and the
portal say the same of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from psycopg import Connection

from expectations.lintas.across import rule_of
from warehouse.pins import held_across

INCOMPLETE, CONTRADICTING = "belum lengkap", "bertentangan dengan data lain"
OF_ALL_PUBLISHERS = "complete"
"""A rule that judges the publishers of a dataset together."""


def across_list(conn: Connection) -> list[dict[str, Any]]:
    """The oldest first, as JSON can carry it: dataset, penerbit, rules, reason, since, held_for (in a few words), next_steps."""
    return [
        one | {"since": one["since"].isoformat(), "held_for": held_for([one]), "next_steps": _next_steps(one)} for one in held_across(conn)
    ]


def held_for(found: Sequence[Mapping[str, Any]]) -> str:
    """Why these are not published, in a few words: nothing contradicts figures of which some are missing."""
    rules = {rule_of(rule_id) for one in found for rule_id in one["rules"]}
    incomplete, others = OF_ALL_PUBLISHERS in rules, rules - {OF_ALL_PUBLISHERS}
    words = [*([INCOMPLETE] if incomplete else []), *([CONTRADICTING] if others or not incomplete else [])]
    return " atau ".join(words) if len(found) > 1 else " dan ".join(words)


def _next_steps(one: dict[str, Any]) -> list[str]:
    """The commands that let it through where it is right as it is; what is wrong is let go once it is mended."""
    commands = dict.fromkeys(waiving(one["dataset"], one["penerbit"], rule_id) for rule_id in one["rules"])
    return [*commands, "satudata release publish"]


def waiving(dataset: str, penerbit: str, rule_id: str) -> str:
    """The command that lets a dataset, or one publisher of it, off a rule for a while."""
    rule = rule_of(rule_id)
    whose = f" --penerbit {penerbit}" if penerbit and rule != OF_ALL_PUBLISHERS else ""
    return f"satudata waiver add {dataset} {rule}{whose} --sampai TTTT-BB-HH --alasan ..."
