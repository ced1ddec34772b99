"""A guard on columns that have changed places: men stand under women.

Headers say nothing where an agency exchanges them with the columns left behind, and each figure alone is one that could be. But all of them
are then nearer to what the other column said before. Only columns that break down one indicator are asked: what comes in and goes out, what was
planned and what was reached may well cross from one month to the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations

from psycopg import Connection

from contracts.models.checks import Check
from contracts.models.contract import Contract
from expectations.measuring.short import is_short
from expectations.measuring.sides import Nothing, Sides, sides
from expectations.rules.implied import figures_of
from expectations.rules.judged import Judged
from expectations.verdict import CheckResult

MOST_COLUMNS = 6
"""More classes make too many pairs to look at each."""
FEWEST, NEARLY_ALL, MUCH_NEARER = 5, 0.9, 0.5
"""Rows that tell; the share of them that must be nearer to the other column; and how near, as a share of what they are from their own."""


def swapped_columns(conn: Connection, judged: Judged) -> Iterator[CheckResult]:
    """A finding per pair of columns of one indicator whose figures were exchanged, by the last ones of the same keys; none without a history.

    `conn` is in autocommit.
    """
    pairs = list(_pairs(judged.contract))
    if not pairs or not judged.history.last_counts or not is_short(conn, judged):
        return
    said = {name: sides(conn, judged, Check(rule="unit_shift", column=name)) for name in sorted({*chain(*pairs)})}
    for one, other in pairs:
        first, second = said[one], said[other]
        if isinstance(first, Nothing) or isinstance(second, Nothing):
            continue
        compared, nearer, crossed, straight = conn.execute(_compared(first, second).encode()).fetchone() or (0, 0, 0, 0)
        if compared >= FEWEST and nearer >= NEARLY_ALL * compared and crossed <= MUCH_NEARER * straight:
            yield _finding(judged, one, other, compared, nearer)


def _pairs(contract: Contract) -> Iterator[tuple[str, str]]:
    """Two classes of one indicator each: men and women, but not the sum of both."""
    columns = contract.columns
    names = [name for name in figures_of(contract) if columns[name].indikator and columns[name].klasifikasi]
    for one, other in combinations(names, 2) if len(names) <= MOST_COLUMNS else ():
        if columns[one].indikator == columns[other].indikator and columns[one].unit == columns[other].unit:
            yield one, other


def _compared(first: Sides, second: Sides) -> str:
    """SQL of (rows compared, rows nearer to the other column, the sum of all distances crosswise, straight)."""
    crossed, straight = "abs(a - lama_b) + abs(b - lama_a)", "abs(a - lama_a) + abs(b - lama_b)"
    return f"""
        with kini as (select s._no, s.k, s.urut, s.angka as a, t.angka as b from ({first.mine}) s join ({second.mine}) t using (_no)),
             dahulu as (select s.k, s.urut, s.angka as lama_a, t.angka as lama_b from ({first.theirs}) s join ({second.theirs}) t using (k, urut)),
             pasangan as (
               select distinct on (kini._no) a, b, lama_a, lama_b from kini join dahulu on dahulu.k = kini.k and dahulu.urut <= kini.urut
               where lama_a <> lama_b order by kini._no, dahulu.urut desc)
        select count(*), count(*) filter (where {crossed} < {straight}), coalesce(sum({crossed}), 0)::float8,
               coalesce(sum({straight}), 0)::float8 from pasangan"""


def _finding(judged: Judged, one: str, other: str, compared: int, nearer: int) -> CheckResult:
    rule_id = f"swapped.{one}.{other}"
    told = f"Angka kolom {one} dan {other} tampak tertukar: {nearer} dari {compared} baris lebih dekat ke angka kolom yang lain sebelumnya"
    message = f"{told}. Periksa letak kedua kolom dan judulnya di berkas; bila memang demikian, setujui dengan `--terima {rule_id}`."
    return judged.result(
        rule_id=rule_id, rule="swapped", scope="batch", column_name=None, columns=[one, other], severity="hold", outcome="fail", checked=compared,
        failed=nearer, observed=told, expected="tiap kolom melanjutkan angkanya sendiri", source="guard", message=message,
    )  # fmt: skip
