"""The two sides of a comparison: the figures of a batch, and those they are measured by, each figure beside the key it belongs to.

A side is SQL with the columns `k` (the key as texts), `mulai` and `akhir` (the period), `urut` (its place in time), `angka`; the batch's has `_no`
too. Figures of one dataset share the texts of its keys. Two datasets share only what the texts mean, so their keys are resolved codes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from psycopg import Connection

from contracts.models.checks import Check
from expectations.measuring.described import Described, describe
from expectations.rules.sql import literal, quote
from expectations.rules.where import where_sql
from warehouse.code_columns import CodeColumn, named_pair, place, same_pair
from warehouse.names import PG_TYPES
from warehouse.raw_tables import typed_columns
from warehouse.trusted import Trusted, ensure_index, periods_near, trusted

if TYPE_CHECKING:
    from expectations.rules.judged import Judged

PERIODS_BACK, PERIODS_AFTER = 3, 1
"""How much of the history a figure is measured by: the middle of three tells a wrong one from the others."""
WHOLE_HISTORY, MOST_PERIODS = ("refiled", "outlier"), 400
"""Rules that look back from the first period of the batch, not from its last; and how many periods of it count."""
PERIOD_ORDER = f"coalesce(r._periode_mulai - date '1900-01-01', {2**31 - 1})::bigint"
"""SQL: the place of a row in time; what has no period is the news after all batches."""


@dataclass(frozen=True)
class Sides:
    """Both sides, in SQL."""

    mine: str
    theirs: str
    named: str
    """What the other side is to a reader: ``biasanya``, ``menurut kota.opd.penduduk``."""
    is_own: bool = True


@dataclass(frozen=True)
class Nothing:
    """There is no other side yet, or none that could be compared; why, for a reader."""

    reason: str


def sides(conn: Connection, judged: Judged, check: Check, back: int = PERIODS_BACK, after: int = PERIODS_AFTER) -> Sides | Nothing:
    """The sides of a check against the dataset's own history, or against `dataset.column`. Within a transaction of the caller."""
    if check.rule == "same_as_dataset":
        return _across(conn, judged, check, check.dataset or "", check.other or check.column or "", None)
    if check.against is not None:
        name, column = check.against.rsplit(".", 1)
        return _across(conn, judged, check, name, column, (1, 1) if check.rule != "refiled" else (back, after))
    return _own(conn, judged, check, back, after)


def _own(conn: Connection, judged: Judged, check: Check, back: int, after: int) -> Sides | Nothing:
    of = trusted(conn, judged.dataset.id, judged.history.penerbit)
    if of is None:
        return Nothing("Belum ada angka yang dapat dibandingkan.")
    ensure_index(conn, of)
    within = _near(conn, judged, of, (back + (_periods(conn, judged) if check.rule in WHOLE_HISTORY else 0), after))
    own = set(dict(typed_columns(judged.dataset)))
    key = [name for name in judged.contract.key if judged.contract.period is None or name != judged.contract.period.column]
    mine = _staged(judged, check, _array(f"r.{quote(name)}::text" for name in key))
    values = {name: _typed(name, judged, own) for name in {*key, check.column or ""}}
    versions = check.rule == "outlier" and judged.contract.period is None
    rows = of.versions(judged.dataset.id, judged.history.penerbit, back) if versions else of.rows(within)
    order = "r._from_batch" if versions else PERIOD_ORDER
    theirs = _side(f"({rows}) r", _array(f"{values[name]}::text" for name in key), f"{values[check.column or '']}::numeric", order=order)
    return Sides(mine, theirs, "biasanya")


def _across(conn: Connection, judged: Judged, check: Check, dataset: str, column: str, around: tuple[int, int] | None) -> Sides | Nothing:
    of = trusted(conn, dataset)
    there = describe(conn, dataset, of) if of else None
    if of is None or there is None:
        return Nothing(f"Dataset {dataset} belum pernah dimuat.")
    if column not in there.measures:
        return Nothing(f"Dataset {dataset} tidak mempunyai kolom angka {column}.")
    if missing := [name for name in there.key if name not in judged.contract.columns]:
        return Nothing(f"Kunci dataset {dataset} ({', '.join(missing)}) tidak ada di sini.")
    ensure_index(conn, of)
    within = _near(conn, judged, of, around) if around else _same_time(conn, judged)
    keys = _resolved(conn, judged, there, of, within)
    mine = _staged(judged, check, _array(keys.mine), keys.joins)
    theirs = _side(f"({of.rows(within)}) r {keys.their_joins}", _array(keys.theirs), there.figure(column))
    return Sides(mine, theirs, f"menurut {dataset}", is_own=False)


@dataclass(frozen=True)
class Keys:
    """The key of the other dataset, as SQL on a row `r` of either side."""

    mine: Sequence[str] = ()
    theirs: Sequence[str] = ()
    joins: str = ""
    their_joins: str = ""


def _resolved(conn: Connection, judged: Judged, there: Described, of: Trusted, within: str) -> Keys:
    """Ask once what the texts of both sides mean; a key column that is no code on both is compared as text."""
    mine = {code.column_name: code for code in judged.codes}
    codes = {name: (mine[name], there.codes[name]) for name in there.key if name in mine and name in there.codes}
    asked = [_asked(one, judged.table, None) for one, _ in codes.values()]
    asked += [_asked(other, f"({of.rows(within)})", there.own) for _, other in codes.values()]
    conn.execute("drop table if exists pg_temp.code_pair, pg_temp.code_resolution")
    if asked:
        conn.execute(f"create temp table code_pair on commit drop as {' union '.join(asked)}")
        conn.execute("analyze code_pair")
        conn.execute("create temp table code_resolution on commit drop as select * from ops.resolve_codes('code_pair')")
        conn.execute("analyze code_resolution")
    found = Keys()
    for nth, name in enumerate(there.key):
        x = f"x{nth}"
        if name in codes:
            one, other = codes[name]
            found = replace(
                found, mine=(*found.mine, f"{x}.code"), theirs=(*found.theirs, f"{x}.code"),
                joins=f"{found.joins} join code_resolution {x} on {same_pair(one, x, None)} and {x}.code is not null",
                their_joins=f"{found.their_joins} join code_resolution {x} on {same_pair(other, x, there.own)} and {x}.code is not null",
            )  # fmt: skip
        else:
            texts = f"lower(trim(r.{quote(name)}::text))", f"lower(trim({place(name, there.own)}::text))"
            found = replace(found, mine=(*found.mine, texts[0]), theirs=(*found.theirs, texts[1]))
    return found


def _asked(code: CodeColumn, relation: str, own: set[str] | None) -> str:
    named = named_pair(code, own)
    return f"select distinct {named} from {relation} r where {place(code.column_name, own)} is not null"


def _staged(judged: Judged, check: Check, key: str, joins: str = "") -> str:
    rows = where_sql(check.where, judged.contract) if check.where else "true"
    return _side(f"(select * from {judged.table} where {rows}) r {joins}", key, f"r.{quote(check.column or '')}::numeric", "r._no, ")


def _side(relation: str, key: str, figure: str, more: str = "", order: str = PERIOD_ORDER) -> str:
    return f"""select * from (select {more}{key} as k, r._periode_mulai as mulai, r._periode_akhir as akhir, {order} as urut, {figure} as angka
               from {relation}) side where angka is not null"""


def _array(parts: Sequence[str] | object) -> str:
    return f"array[{', '.join(parts)}]::text[]"  # type: ignore[arg-type]


def _typed(name: str, judged: Judged, own: set[str]) -> str:
    """SQL: a contract column in the raw table, as the type the contract gives it; what a concept does not know stands in `tambahan`."""
    pg_type = PG_TYPES[judged.column(name).type]
    return f"r.{quote(name)}::{pg_type}" if name in own else f"(r.tambahan ->> {literal(name)})::{pg_type}"


def _periods(conn: Connection, judged: Judged) -> int:
    """Periods of the batch, as far as they are few enough to look back as far again."""
    row = conn.execute(f"select count(distinct _periode_mulai) from {judged.table}").fetchone()
    return min(int(row[0]), MOST_PERIODS) if row else 0


def _near(conn: Connection, judged: Judged, of: Trusted, around: tuple[int, int]) -> str:
    """SQL on `r`: the periods about those of the batch; without periods, what stands now."""
    last = conn.execute(f"select max(_periode_mulai) from {judged.table}").fetchone()
    if last is None or last[0] is None:
        return "true"
    days = periods_near(conn, of, last[0], *around)
    return f"r._periode_mulai in ({', '.join(literal(str(day)) for day in days)})" if days else "false"


def _same_time(conn: Connection, judged: Judged) -> str:
    """SQL on `r`: periods that may contain one of the batch; none is longer than a year."""
    row = conn.execute(f"select min(_periode_mulai) - 366, max(_periode_mulai) from {judged.table}").fetchone()
    if row is None or row[0] is None:
        return "true"
    return f"(r._periode_mulai is null or r._periode_mulai between {literal(str(row[0]))} and {literal(str(row[1]))})"
