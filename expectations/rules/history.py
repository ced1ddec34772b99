"""change_within: a figure is measured by the last accepted one of the same key, one period back, or one batch back without a period.

Only what is trusted of this dataset and publisher counts (`warehouse.trusted`): a held batch that is sent again would else find its like. A key
without an earlier figure is not judged; from 0 any change is too much.
"""

from __future__ import annotations

from dataclasses import replace

from psycopg import Connection

from contracts.models.checks import Check
from contracts.models.contract import Grain
from expectations.rules.judged import Judged, severity_of
from expectations.rules.rule import Expected, Rule
from expectations.rules.sql import literal, quote, shown, spoken
from expectations.rules.where import where_sql
from warehouse.names import PG_TYPES
from warehouse.raw_tables import typed_columns
from warehouse.trusted import Trusted, ensure_index, trusted

LONGEST_DAYS: dict[Grain, int] = {"hari": 1, "minggu": 7, "minggu_bulan": 10, "bulan": 31, "triwulan": 92, "semester": 184, "tahun": 366}
"""Grain -> days of its longest period."""


def with_history(conn: Connection, judged: Judged) -> Judged:
    """The batch with the rows that its figures are measured by, where a check asks for them; `conn` is in autocommit."""
    if all(check.rule != "change_within" for check in judged.contract.checks):
        return judged
    of = trusted(conn, judged.dataset.id, judged.history.penerbit)
    if of:
        ensure_index(conn, of)
    return replace(judged, earlier=of)


def change_within_rule(check: Check, judged: Judged) -> Rule:
    """The figure has changed by at most `percent`."""
    assert judged.earlier is not None, "with_history comes first, and raw_tables.ensure before that"
    name, of, key = check.column or "", judged.earlier, _same_key(judged)
    earlier, raw, once = raw_value(name, judged), _earlier_rows(judged, of), "distinct on (s._no)" if of.held else ""
    off = f"abs(s.{quote(name)} - {earlier}) > {check.percent!r} / 100 * abs({earlier})"
    pairs = f"select {once} s._no, {off} as off from {judged.table} s join {raw} on {key} {_last(of, 's._no,')}"
    rows = where_sql(check.where, judged.contract) if check.where else "true"
    return Rule(
        rule="change_within", rule_id=check.rule_id, severity=severity_of(check), column=name, scope="batch", message=check.message,
        fails=f"({rows}) and _no in (select _no from ({pairs}) x where off)", subject=f"Kolom {name} berisi",
        observed=f"""{shown(name, judged.column(name))} || coalesce(', sebelumnya '
                     || (select replace(({earlier})::text, '.', ',') from {raw} where {key} {_last(of)} limit 1), '')""",
        expected=f"berubah paling banyak {spoken(check.percent or 0)} persen",
        expectation=Expected("ExpectColumnChangeToBeWithin", {"column": name, "query": _query(judged, pairs, rows)}),
        skipped=f"Belum ada angka {name} sebelumnya untuk dibandingkan.",
    )  # fmt: skip


def _earlier_rows(judged: Judged, of: Trusted) -> str:
    """SQL: the rows `r` that figures are measured by, as a relation."""
    period = judged.contract.period
    return f"({of.rows(_near(judged, LONGEST_DAYS[period.grain]) if period else 'true')}) r"


def _last(of: Trusted, first: str = "") -> str:
    """SQL: where a held batch lies between two trusted versions of a key, the later one is what was said last."""
    return f"order by {first} r._from_batch desc" if of.held else ""


def _query(judged: Judged, pairs: str, rows: str) -> str:
    """SQL: figures that have an earlier one, and how many of them are off."""
    return f"select count(*), count(*) filter (where off) from ({pairs}) x join {judged.table} t using (_no) where {rows}"


def _same_key(judged: Judged) -> str:
    """SQL: raw row `r` holds the earlier figure of staged row `s`. Periods of one grain follow each other without a gap."""
    period = judged.contract.period
    key = [name for name in judged.contract.key if period is None or name != period.column]
    before = ["r._periode_akhir = s._periode_mulai - 1"] if period else []
    return " and ".join([*(f"{raw_value(name, judged)} = s.{quote(name)}" for name in key), *before])


def _near(judged: Judged, days: int) -> str:
    """SQL that follows from the rest, for the index on time: however long the history, its last period is soon found."""
    bounds = f"select min(_periode_mulai) - {days} from {judged.table}", f"select max(_periode_mulai) from {judged.table}"
    return f"r._periode_mulai >= ({bounds[0]}) and r._periode_mulai < ({bounds[1]})"


def raw_value(name: str, judged: Judged) -> str:
    """SQL: a contract column in the raw table, as the type the contract gives it; what a concept does not know stands in `tambahan`."""
    pg_type = PG_TYPES[judged.column(name).type]
    own = dict(typed_columns(judged.dataset))
    return f"r.{quote(name)}::{pg_type}" if name in own else f"(r.tambahan ->> {literal(name)})::{pg_type}"
