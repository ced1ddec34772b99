"""GX's counts of one batch, and who is to blame where there are none: a rule that cannot be computed, or the warehouse.

What GX could not compute is asked once more, on our own connection: a rule that fails there too is at fault, and the batch fails with it;
one that does not was cut off, and a lost connection is no verdict on anybody's data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import psycopg
from psycopg import Connection

from contracts.errors import WarehouseUnreachable
from contracts.secrets import masked_url
from expectations.rules.judged import Judged
from expectations.rules.rule import Rule
from expectations.verdict import Validation
from warehouse.connect import database_url
from warehouse.opening import is_lost


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
    validation: Validation
    """All that GX returned for the table it was counted on."""


@dataclass(frozen=True)
class Fault:
    """Why a rule has no count to be trusted."""

    message: str


def count(conn: Connection, judged: Judged, rules: Mapping[str, Rule]) -> tuple[list[Counted], Mapping[str, Fault]]:
    """Run the rules as a GX suite on each table they are computed on. Raises WarehouseUnreachable."""
    from expectations import suite  # Great Expectations: ten seconds, paid by the first batch that is judged

    url = database_url("loader")
    places: dict[str, list[Rule]] = {}
    for rule in rules.values():
        places.setdefault(judged.place(rule), []).append(rule)
    try:
        counted = [one for table, its in places.items() for one in suite.run(suite.suite_of(its), table, url)]
    except ConnectionError as error:
        raise WarehouseUnreachable(masked_url(url), str(error).splitlines()[0]) from error
    counted = [_with_known(one, rules[one.rule_id], judged) for one in counted]
    order = list(rules)
    counted.sort(key=lambda one: order.index(one.rule_id))
    return counted, {
        one.rule_id: _fault(conn, judged.place(rules[one.rule_id]), rules[one.rule_id], url) for one in counted if one.broken
    }  # fmt: skip


def _with_known(one: Counted, rule: Rule, judged: Judged) -> Counted:
    """A row that passed before counts as checked; of how many of them a rule with `where` speaks, nobody has counted."""
    is_of_all = judged.news and rule.is_about_news and not rule.expectation.kwargs.get("rows")
    return replace(one, checked=one.checked + judged.known) if is_of_all else one


def _fault(conn: Connection, table: str, rule: Rule, url: str) -> Fault:
    try:
        with conn.transaction():
            conn.execute(_alone(rule, table).encode())
    except psycopg.Error as error:
        if is_lost(error):
            raise WarehouseUnreachable(masked_url(url), str(error).splitlines()[0]) from error
        return Fault(f"Aturan {rule.rule_id} tidak dapat dihitung: {str(error).splitlines()[0]}.")
    raise WarehouseUnreachable(masked_url(url), "sambungan terputus ketika batch sedang dinilai")


def _alone(rule: Rule, table: str) -> str:
    """SQL of one rule by itself."""
    query = rule.expectation.kwargs.get("query")
    return (
        str(query)
        if query
        else f"select count(*) filter (where {rule.fails or rule.expectation.kwargs.get('fails', 'true')}) from {table} s"
    )
