"""Which rows break a rule that sets none aside: who is asked to mend a file needs every place in it, not the first one.

They are listed up to a limit; how many there are says the result of the rule.
"""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import Connection

from expectations.quarantine import sentence
from expectations.rules.rule import Rule
from expectations.rules.sql import literal

MOST_LISTED = 200
"""Rows of one rule in one batch; who has more to mend sees from these what is wrong with the rest."""


def table_of_violations(table: str) -> str:
    """`staging_load.v_<n>` beside `staging_load.b_<n>`: (_no, rule_id, message)."""
    return table.replace(".b_", ".v_")


def list_violations(conn: Connection, table: str, rules: Sequence[Rule]) -> bool:
    """Write the first rows that break each of the rules to `v_<n>`; False, and no table, where there is no rule to list."""
    if not rules:
        return False
    listed = table_of_violations(table)
    conn.execute(f"drop table if exists {listed}".encode())
    conn.execute(f"create unlogged table {listed} with (autovacuum_enabled = false) as {_listed(table, rules)}".encode())
    for rule in rules:
        if rule.beside:
            conn.execute(
                f"""update {listed} v set message = message || ' ' || x.told from ({rule.beside}) x
                    where x._no = v._no and v.rule_id = {literal(rule.rule_id)}""".encode()
            )
    return True


def _listed(table: str, rules: Sequence[Rule]) -> str:
    """SQL: the numbers first, in one scan for all rules; a sentence may ask for more, so only rows that are listed get one."""
    broken = ", ".join(f"case when {rule.fails} then {literal(rule.rule_id)} end" for rule in rules)
    sentences = " ".join(f"when {literal(rule.rule_id)} then {sentence(rule)}" for rule in rules)
    return f"""
        with _broken as materialized (
          select _v_no, _v_rule from (
            select s._no as _v_no, _v_rule, row_number() over (partition by _v_rule order by s._no) as nth
            from {table} s cross join lateral unnest(array[{broken}]::text[]) _v (_v_rule)
            where ({" or ".join(f"({rule.fails})" for rule in rules)}) and _v_rule is not null) x
          where nth <= {MOST_LISTED})

        select _v_no as _no, _v_rule as rule_id, case _v_rule {sentences} end as message from _broken join {table} s on s._no = _v_no"""
