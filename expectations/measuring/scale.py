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
    """The figures moved together by one factor, or a block of them by a power of ten; a row is off where it moved so."""
    return f"""
        with ratio as (select _no, lama, log(x::numeric)::float8 as l from ({_ratios(both, "lama <> 0")}) r where x > 0),
        usual as (select percentile_cont(0.5) within group (order by l) as l, count(*) as n from ratio),
        close as (select u.l, u.n, count(*) filter (where abs(r.l - u.l) <= {CLOSE}) as near,
                  count(*) filter (where abs(r.l - u.l) <= {ALMOST_EQUAL}) as nearest from ratio r cross join usual u group by u.l, u.n),
        moved as (select l from close where n >= {FEWEST_RATIOS} and abs(l) >= {LEAST_SHIFT}
                  and (abs(l - round(l::numeric)) <= {CLOSE} and 2 * near > n or 4 * nearest >= 3 * n)
                  union
                  select round(r.l::numeric) from ratio r cross join usual u where abs(u.l) < {LEAST_SHIFT} and abs(round(r.l::numeric)) >= 2
                  and abs(r.l - round(r.l::numeric)) <= {CLOSE} and u.n >= {FEWEST_RATIOS}
                  group by 1, u.n having count(*) >= {FEWEST} and 10 * count(*) >= u.n)
        select _no, {spoken(both.named, "lama")} as lama, exists (select from moved m where abs(r.l - m.l) <= {CLOSE}) as off, false as mass from ratio r"""


def wholly_off_unit(both: Sides) -> str:
    """Three of four figures became a hundred or a thousand times what they were, or the like part: asked of every table, so without a doubt."""
    return f"""
        with ratio as (select _no, lama, log(x::numeric)::float8 as l from ({_ratios(both, "lama <> 0")}) r where x > 0),
        usual as (select round(percentile_cont(0.5) within group (order by l)::numeric) as l from ratio),
        moved as (select u.l from ratio r cross join usual u where abs(u.l) >= 2 group by u.l
                  having count(*) >= {FEWEST_RATIOS} and 4 * count(*) filter (where abs(r.l - u.l) <= {CLOSE}) >= 3 * count(*))
        select _no, {spoken(both.named, "lama")} as lama, exists (select from moved m where abs(r.l - m.l) <= {CLOSE}) as off, false as mass from ratio r"""


def _ratios(both: Sides, which: str) -> str:
    """SQL: `_no`, `lama` (the median of what the figure is measured by) and `x`, their ratio."""
    return f"""select _no, lama, abs(angka) / nullif(abs(lama), 0) as x from (
                 select m._no, m.angka, t.lama from ({both.mine}) m
                 join (select k, percentile_cont(0.5) within group (order by angka)::numeric as lama from ({both.theirs}) t group by k) t using (k)) p
               where {which}"""
