"""Details, asked for only where a rule failed: which rows, why, and one example in words. All of it set by set, in SQL.

GX has counted; this finds the very rows, by the same rule in SQL. If the two disagree the rule is not trusted (`expectations.judge`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from psycopg import Connection

from expectations.rules.judged import Judged
from expectations.rules.rule import Rule
from expectations.rules.sql import literal


@dataclass(frozen=True)
class Found:
    """The rows that break one rule: how many, and the first of them."""

    rows: int
    first: int | None


@dataclass(frozen=True)
class Example:
    """The first row that breaks a rule, for a reader."""

    lokasi: str | None
    observed: str | None
    sentence: str


def table_beside(table: str) -> str:
    """`staging_load.q_<n>` beside `staging_load.b_<n>`: the rows set aside."""
    return table.replace(".b_", ".q_")


def set_aside(conn: Connection, judged: Judged, rules: Sequence[Rule]) -> Mapping[str, Found]:
    """Write every row that breaks one of the rules to `q_<n>`, once, with the ids and sentences of all it breaks; what was found per rule."""
    aside = table_beside(judged.table)
    places = {place: [rule for rule in rules if judged.place(rule) == place] for place in map(judged.place, rules)}
    broken = [_broken(table, its) for table, its in places.items()]
    conn.execute(f"drop table if exists {aside}".encode())
    conn.execute(
        f"create unlogged table {aside} with (autovacuum_enabled = false) as {broken[0] if len(broken) == 1 else _together(broken)}".encode()
    )
    for rule in rules:
        if rule.beside:
            _tell_beside(conn, aside, rule, rule.beside)
    found = conn.execute(f"select id, count(*), min(_no) from {aside}, unnest(rule_ids) as id group by id".encode()).fetchall()
    return {rule_id: Found(rows, first) for rule_id, rows, first in found}


def _tell_beside(conn: Connection, aside: str, rule: Rule, beside: str) -> None:
    """Say in the sentence of each row which other rows it contradicts."""
    sentences = f"""(select array_agg(case when u.id = {literal(rule.rule_id)} then u.sentence || ' ' || x.told else u.sentence end order by u.nth)
                     from unnest(q.rule_ids, q.messages) with ordinality u (id, sentence, nth))"""
    conn.execute(f"update {aside} q set messages = {sentences} from ({beside}) x where x._no = q._no".encode())


def _broken(table: str, rules: Sequence[Rule]) -> str:
    """SQL: the rows of one table that break any of the rules."""
    ids = _array([(rule, literal(rule.rule_id)) for rule in rules])
    sentences = _array([(rule, sentence(rule)) for rule in rules])
    return f"""select _no, {ids} as rule_ids, {sentences} as messages from {table} s
               where {" or ".join(f"({rule.fails})" for rule in rules)}"""


def _together(broken: Sequence[str]) -> str:
    """SQL: rows found in several tables, each once."""
    return f"""select _no, array_agg(id) as rule_ids, array_agg(sentence) as messages
               from ({" union all ".join(f"({query})" for query in broken)}) x, unnest(rule_ids, messages) as u(id, sentence) group by _no"""


def count_aside(conn: Connection, table: str) -> int:
    """Rows in `q_<n>`."""
    row = conn.execute(f"select count(*) from {table_beside(table)}".encode()).fetchone()
    return int(row[0]) if row else 0


def locate(conn: Connection, table: str, rules: Sequence[Rule]) -> Mapping[str, Found]:
    """What breaks rules that set nothing aside, in one scan for all of them."""
    if not rules:
        return {}
    counts = ", ".join(f"count(*) filter (where {rule.fails}), min(_no) filter (where {rule.fails})" for rule in rules)
    row = conn.execute(f"select {counts} from {table} s".encode()).fetchone() or ()
    return {rule.rule_id: Found(row[2 * place], row[2 * place + 1]) for place, rule in enumerate(rules)}


def examples(conn: Connection, table: str, rules: Sequence[Rule], found: Mapping[str, Found]) -> Mapping[str, Example]:
    """One row in words per rule that has a failing row."""
    wanted = [(rule, first) for rule in rules if rule.rule_id in found and (first := found[rule.rule_id].first) is not None]
    if not wanted:
        return {}
    spoken = ", ".join(f"case when _no = {first} then array[{rule.observed}, {sentence(rule)}] end" for rule, first in wanted)
    numbers = ", ".join(str(first) for first in {first for _, first in wanted})
    rows = conn.execute(f"select _no, _lokasi, {spoken} from {table} s where _no in ({numbers})".encode()).fetchall()
    by_number = {row[0]: row for row in rows}
    return {
        rule.rule_id: _with_beside(conn, rule, first, Example(by_number[first][1], *by_number[first][2 + place]))
        for place, (rule, first) in enumerate(wanted) if first in by_number
    }  # fmt: skip


def _with_beside(conn: Connection, rule: Rule, first: int, example: Example) -> Example:
    row = conn.execute(f"select told from ({rule.beside}) x where _no = {first}".encode()).fetchone() if rule.beside else None
    return replace(example, sentence=f"{example.sentence} {row[0]}") if row else example


def sentence(rule: Rule) -> str:
    """SQL: why a row breaks the rule, in Indonesian."""
    if rule.message:
        return literal(rule.message)
    return f"{literal(rule.subject + ' ')} || coalesce({rule.observed}, 'kosong') || {literal(f'; seharusnya {rule.expected}.')}"


def _array(values: Sequence[tuple[Rule, str]]) -> str:
    """SQL: the values of the rules that a row breaks."""
    return f"array_remove(array[{', '.join(f'case when {rule.fails} then {value} end' for rule, value in values)}]::text[], null)"
