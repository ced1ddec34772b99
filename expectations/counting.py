"""GX's counts of one batch, and who is to blame where there are none: a rule that cannot be computed, or the warehouse.

GX puts many rules into one query, so one bad rule takes its neighbours with it. Then each of them is asked on its own: the rule at fault is
an error and the batch fails; where none is at fault the connection was, and that is no verdict on anybody's data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import psycopg
from psycopg import Connection

from contracts.errors import WarehouseUnreachable
from contracts.secrets import masked_url
from expectations.rules.rule import Rule
from warehouse.connect import database_url


@dataclass(frozen=True)
class Counted:
    """What GX found for one expectation."""

    rule_id: str
    expectation_type: str
    passed: bool
    checked: int
    failed: int
    observed: str | None
    broken: bool
    """GX could not compute it."""


@dataclass(frozen=True)
class Fault:
    """Why a rule has no count to be trusted."""

    outcome: Literal["error", "skipped"]
    message: str


def count(conn: Connection, table: str, rules: Mapping[str, Rule]) -> tuple[list[Counted], Mapping[str, Fault]]:
    """Run the rules as a GX suite on the table. Raises WarehouseUnreachable."""
    from expectations import suite  # Great Expectations: ten seconds, paid by the first batch that is judged

    url = database_url("loader")
    try:
        counted = suite.run(suite.suite_of(rules.values()), table, url)
    except ConnectionError as error:
        raise WarehouseUnreachable(masked_url(url), str(error).splitlines()[0]) from error
    broken = [rules[one.rule_id] for one in counted if one.broken]
    faults = {rule.rule_id: _fault(conn, table, rule) for rule in broken}
    if broken and not any(fault.outcome == "error" for fault in faults.values()):
        raise WarehouseUnreachable(masked_url(url), "sambungan terputus ketika batch sedang dinilai")
    return counted, faults


def _fault(conn: Connection, table: str, rule: Rule) -> Fault:
    try:
        with conn.transaction():
            conn.execute(_alone(rule, table).encode())
    except psycopg.OperationalError as error:
        raise WarehouseUnreachable(masked_url(database_url("loader")), str(error).splitlines()[0]) from error
    except psycopg.Error as error:
        return Fault("error", f"Aturan {rule.rule_id} tidak dapat dihitung: {str(error).splitlines()[0]}.")
    return Fault("skipped", "Tidak dihitung, karena aturan lain dalam kueri yang sama tidak dapat dihitung.")


def _alone(rule: Rule, table: str) -> str:
    """SQL of one rule by itself."""
    query = rule.expectation.kwargs.get("query")
    return (
        str(query)
        if query
        else f"select count(*) filter (where {rule.fails or rule.expectation.kwargs.get('fails', 'true')}) from {table} s"
    )
