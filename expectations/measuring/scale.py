"""Figures that lost their thousands, or changed their unit, as the ratio of each to what it is measured by.

A portal that reads 29.324 as 29 leaves one figure in a thousand of the others' size; a source that starts to count in thousands moves all
of them by one factor. Growth moves ratios a little, a wrong row moves one of them: so what is usual is the median, and room is left about it.
"""

from __future__ import annotations

from expectations.measuring.sides import Sides
from expectations.measuring.words import spoken

OWN_ROOM, OTHER_ROOM = 2.5, 10
"""How far a figure may be from a thousandth of its own history, or of a related figure of about its size, as a factor."""
SMALLEST = 400
"""Below that no thousands can be lost."""
FEWEST, FEWEST_RATIOS = 3, 5
LEAST_SHIFT, CLOSE, ALMOST_EQUAL = 0.7, 0.15, 0.04
"""In powers of ten: a factor of five; 40 percent; 10 percent."""
WHOLE = "date '-infinity'"
"""SQL: what stands for the whole batch where a part of it is named by the first day of its period."""


def off_scale(both: Sides) -> str:
    """A figure is about a thousandth of what it should be; `mass`: so are more than half of them."""
    room = OWN_ROOM if both.is_own else OTHER_ROOM
    return f"""
        with ratio as ({_ratios(both, f"abs(lama) >= {SMALLEST}")}),
        usual as (select case when percentile_cont(0.5) within group (order by x) * 1000 between 1.0 / {room} and {room} then 1
                         else percentile_cont(0.5) within group (order by x) end as x from ratio),
        lost as (select r._no, r.lama, r.x * 1000 between u.x / {OWN_ROOM} and u.x * {OWN_ROOM} or r.x * 1000 between 1.0 / {room} and {room} and u.x = 1 as off
                 from ratio r cross join usual u)
        select _no, {spoken(both.named, "lama")} as lama, off, count(*) filter (where off) over () >= {FEWEST}
               and 2 * count(*) filter (where off) over () > count(*) over () as mass from lost"""


def off_unit(both: Sides) -> str:
    """The figures of the batch, or the news of one period, moved together by one factor, or a block of them by a power of ten; a row is off where
    it moved so."""
    return f"""{_by_part(both)},
        close as (select u.bagian, u.l, u.n, count(*) filter (where abs(r.l - u.l) <= {CLOSE}) as near,
                  count(*) filter (where abs(r.l - u.l) <= {ALMOST_EQUAL}) as nearest from ratio r join usual u using (bagian) group by 1, 2, 3),
        moved as (select bagian, l from close where n >= {FEWEST_RATIOS} and abs(l) >= {LEAST_SHIFT}
                  and (abs(l - round(l::numeric)) <= {CLOSE} and 2 * near > n or 4 * nearest >= 3 * n)
                  union
                  select r.bagian, round(r.l::numeric) from ratio r join usual u using (bagian)
                  where bagian = {WHOLE} and abs(u.l) < {LEAST_SHIFT} and abs(round(r.l::numeric)) >= 2
                  and abs(r.l - round(r.l::numeric)) <= {CLOSE} and u.n >= {FEWEST_RATIOS}
                  group by 1, 2, u.n having count(*) >= {FEWEST} and 10 * count(*) >= u.n)
        {_told(both)}"""


def wholly_off_unit(both: Sides) -> str:
    """Three of four figures, of the batch or of the news of one period, became a hundred or a thousand times what they were, or the like part: asked of
    every table, so without a doubt."""
    return f"""{_by_part(both)},
        moved as (select u.bagian, round(u.l::numeric) as l from ratio r join usual u using (bagian) where abs(round(u.l::numeric)) >= 2 group by 1, 2
                  having count(*) >= {FEWEST_RATIOS} and 4 * count(*) filter (where abs(r.l - round(u.l::numeric)) <= {CLOSE}) >= 3 * count(*))
        {_told(both)}"""


def _by_part(both: Sides) -> str:
    """SQL: `ratio` (_no, lama, l, bagian), once for the whole batch and once for what is new or revised of each of the last periods, and the usual `l` of
    each. A file that carries its whole year says eleven months again: the twelfth alone is what moved."""
    return f"""
        with known as materialized (select k, mulai, angka from ({both.theirs}) t),
        every as materialized (
          select _no, lama, mulai, log(x::numeric)::float8 as l,
                 mulai >= (select min(mulai) from known) and not exists (select from known o where (o.k, o.mulai, o.angka) = (r.k, r.mulai, r.angka)) as is_news
          from ({_ratios(both, "lama <> 0", "known")}) r where x > 0),
        ratio as (select _no, lama, l, {WHOLE} as bagian from every union all select _no, lama, l, mulai from every where is_news),
        usual as (select bagian, percentile_cont(0.5) within group (order by l) as l, count(*) as n from ratio group by bagian)"""


def _told(both: Sides) -> str:
    off = f"select r._no from ratio r join moved m using (bagian) where abs(r.l - m.l) <= {CLOSE}"
    return f"select _no, {spoken(both.named, 'lama')} as lama, _no in ({off}) as off, false as mass from every"


def _ratios(both: Sides, which: str, theirs: str | None = None) -> str:
    """SQL: the figures `_no`, `k`, `mulai`, `angka` with `lama` (the median of what each is measured by) and `x`, their ratio; `theirs`: the other side,
    where a CTE holds it."""
    return f"""select *, abs(angka) / nullif(abs(lama), 0) as x from (
                 select m._no, k, m.mulai, m.angka, t.lama from ({both.mine}) m
                 join (select k, percentile_cont(0.5) within group (order by angka)::numeric as lama from {theirs or f"({both.theirs})"} t group by k) t
                 using (k)) p
               where {which}"""
