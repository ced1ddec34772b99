"""change_within: a figure is measured by the last accepted one of the same key, one period back, or one batch back without a period.

Days have gaps (markets are visited once a week), so there the newest earlier day of the last month counts. A figure that is published for the
period already is revised, and measured by that too, unless the one before says that it was wrong and is put right. Only what is trusted of this
dataset and publisher counts (`warehouse.trusted`): a held batch that is sent again would else find its like. A key without an earlier figure is
not judged; from 0 any change is too much. Days of one batch are measured by each other as well (`measuring.between_days`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from psycopg import Connection

from contracts.models.checks import Check
from contracts.models.contract import Grain
from expectations.rules.judged import Judged, severity_of
from expectations.rules.rule import Expected, Rule
from expectations.rules.sql import literal, quote, shown, spoken
from expectations.rules.where import where_sql
from warehouse.names import PG_TYPES
from warehouse.raw_tables import typed_columns
from warehouse.trusted import Trusted, ensure_index, periods_near, trusted

LONGEST_DAYS: dict[Grain, int] = {"hari": 1, "minggu": 7, "minggu_bulan": 10, "bulan": 31, "triwulan": 92, "semester": 184, "tahun": 366}
"""Grain -> days of its longest period."""
LONGEST_GAP_DAYS = 31
"""So far back the figure of an earlier day is still one to measure by."""
EARLIER_DAYS = 3
"""So many days that hold figures are looked at before those of the batch; a key that none of them has is not judged."""
LAST_FIRST = "r._periode_mulai desc, r._from_batch desc"


def with_history(conn: Connection, judged: Judged) -> Judged:
    """The batch with the rows that its figures are measured by, where a check asks for them; `conn` is in autocommit."""
    if all(check.rule != "change_within" for check in judged.contract.checks):
        return judged
    of = trusted(conn, judged.dataset.id, judged.history.penerbit)
    if of is None:
        return judged
    ensure_index(conn, of)
    return replace(judged, earlier=of, earlier_since=_since(conn, judged, of))


def _since(conn: Connection, judged: Judged, of: Trusted) -> date | None:
    """The first day of the periods that figures are measured by; None without periods."""
    period = judged.contract.period
    row = conn.execute(f"select min(_periode_mulai) from {judged.table}").fetchone()
    if period is None or row is None or row[0] is None:
        return None
    first: date = row[0]
    if not has_gaps(judged):
        return first - timedelta(days=LONGEST_DAYS[period.grain])
    earliest = min(periods_near(conn, of, first - timedelta(days=1), EARLIER_DAYS), default=first)
    return max(first - timedelta(days=LONGEST_GAP_DAYS), earliest)


def change_within_rule(check: Check, judged: Judged) -> Rule:
    """The figure has changed by at most `percent`."""
    assert judged.earlier is not None, "with_history comes first, and raw_tables.ensure before that"
    name, of = check.column or "", judged.earlier
    rows = where_sql(check.where, judged.contract) if check.where else "true"
    is_off = f"{off(check, 'angka', 'lama')} or {off(check, 'angka', 'terbit')} and (lama is null or not {off(check, 'terbit', 'lama')})"
    compared = f"select _no, {is_off} as off from ({figures(judged, of, name)}) f"
    measure, others = judged.measures.get(check.rule_id), "0"
    if measure:
        mine = f"{measure.table} where nth = {measure.nth}"
        compared = (
            f"select _no, bool_or(off) as off from ({compared} union all select _no, true from {mine} and _no is not null) m group by _no"
        )
        others = f"(select lama::bigint from {mine} and _no is null)"
    return Rule(
        rule="change_within", rule_id=check.rule_id, severity=severity_of(check), column=name, scope="batch", message=check.message,
        fails=f"({rows}) and _no in (select _no from ({compared}) x where off)", subject=f"Kolom {name} berisi",
        observed=_told(check, judged, of), expected=f"berubah paling banyak {spoken(check.percent or 0)} persen",
        expectation=Expected("ExpectColumnChangeToBeWithin", {
            "column": name, "query": f"""select greatest(count(*), {others}), count(*) filter (where x.off)
                from ({compared}) x join {judged.table} t using (_no) where {rows}""",
        }),
        skipped=f"Belum ada angka {name} sebelumnya untuk dibandingkan.",
    )  # fmt: skip


def off(check: Check, figure: str, before: str) -> str:
    """SQL: true where a figure is too far from the one before; false where there is none."""
    return f"coalesce(abs({figure} - {before}) > {check.percent!r} / 100 * abs({before}), false)"


def figures(judged: Judged, of: Trusted, name: str) -> str:
    """SQL: `_no`, `angka`, `lama` (one period back) and `terbit` (published for its own period) of each figure that has any of the two.

    Where a held batch lies between two trusted versions of a key, the later one is what was said last.
    """
    period, value = judged.contract.period, raw_value(name, judged)
    once, order = ("distinct on (_no, sama)", f"order by _no, sama, {LAST_FIRST}") if of.held or has_gaps(judged) else ("", "")
    times = f"join ({_times(judged, of)}) d on d.mulai = s._periode_mulai" if period else ""
    pairs = f"""select {once} s._no, s.{quote(name)} as angka, {value} as nilai, {"d.mulai = d.lalu" if period else "false"} as sama
                from {judged.table} s {times} join {earlier_rows(judged, of)} on {_same_key(judged)} {"and r._periode_mulai = d.lalu" if period else ""}
                where {value} is not null {order}"""
    return f"""select _no, max(angka) as angka, max(nilai) filter (where not sama) as lama, max(nilai) filter (where sama) as terbit
               from ({pairs}) p group by _no"""


def _times(judged: Judged, of: Trusted) -> str:
    """SQL: `mulai` of each period of the batch beside `lalu`, of those it is compared with: itself, and the one before or the last few days."""
    mine = f"(select distinct _periode_mulai as mulai from {judged.table}) m"
    theirs = f"select distinct r._periode_mulai as lalu, r._periode_akhir as akhir from {earlier_rows(judged, of)}"
    if not has_gaps(judged):
        return f"select mulai, lalu from {mine} join ({theirs}) t on lalu = mulai or akhir = mulai - 1"
    last = f"select lalu from days where lalu between mulai - {LONGEST_GAP_DAYS} and mulai order by lalu desc limit {EARLIER_DAYS + 1}"
    return f"with days as materialized ({theirs}) select mulai, lalu from {mine} cross join lateral ({last}) t"


def has_gaps(judged: Judged) -> bool:
    """Whether its periods are days, of which some hold no figure."""
    return judged.contract.period is not None and judged.contract.period.grain == "hari"


def _told(check: Check, judged: Judged, of: Trusted) -> str:
    """SQL: the figure of row `s` as a reader sees it, and what it was."""
    name = check.column or ""
    shows, value = shown(name, judged.column(name)), raw_value(name, judged)

    def last(which: str, where: str, told: str) -> str:
        found = f"""select {value} as nilai from {earlier_rows(judged, of)} where {_same_key(judged)} and {which} and {value} is not null
                    order by {LAST_FIRST} limit 1"""
        return f"coalesce((select {told} from ({found}) v where {where}), '')"

    figure = "replace(nilai::text, '.', ',')"
    before = last(_before(judged), "true", f"', sebelumnya ' || {figure}")
    if measure := judged.measures.get(check.rule_id):
        before = f"coalesce((select min(lama) from {measure.table} where nth = {measure.nth} and _no = s._no), {before})"
    revised = last(_same(judged), off(check, f"s.{quote(name)}", "nilai"), f"', angka yang terbit ' || {figure} || ' menjadi ' || {shows}")
    return f"{shows} || {before} || {revised}"


def earlier_rows(judged: Judged, of: Trusted) -> str:
    """SQL: the rows `r` that figures are measured by, as a relation; bounded for the index on time: however long the history, they are soon found."""
    since = judged.earlier_since
    within = f"r._periode_mulai >= {literal(str(since))} and r._periode_mulai <= (select max(_periode_mulai) from {judged.table})"
    return f"({of.rows(within if since else 'true')}) r"


def _same_key(judged: Judged) -> str:
    """SQL: raw row `r` is about what staged row `s` is about."""
    period = judged.contract.period
    key = [name for name in judged.contract.key if period is None or name != period.column]
    return " and ".join([*(f"{raw_value(name, judged)} = s.{quote(name)}" for name in key), "true"])


def _same(judged: Judged) -> str:
    """SQL: and about the same period."""
    return "r._periode_mulai = s._periode_mulai" if judged.contract.period else "false"


def _before(judged: Judged) -> str:
    """SQL: and about a period that may be compared with. Periods of one grain follow each other without a gap; days need not."""
    if judged.contract.period is None:
        return "true"
    if has_gaps(judged):
        return f"r._periode_mulai < s._periode_mulai and r._periode_mulai >= s._periode_mulai - {LONGEST_GAP_DAYS}"
    return "r._periode_akhir = s._periode_mulai - 1"


def raw_value(name: str, judged: Judged) -> str:
    """SQL: a contract column in the raw table, as the type the contract gives it; what a concept does not know stands in `tambahan`."""
    pg_type = PG_TYPES[judged.column(name).type]
    own = dict(typed_columns(judged.dataset))
    return f"r.{quote(name)}::{pg_type}" if name in own else f"(r.tambahan ->> {literal(name)})::{pg_type}"
