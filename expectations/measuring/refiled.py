"""The same figures under another period: a form filled in again by copying, or an old file sent under a new name.

Some figures stay as they are from one period to the next and mean no harm, prices of a quiet week above all. So what is usual in the dataset's
own history is asked first, at the same distance: that yesterday's prices stand today is no news, that those of last week all stand again is.
What was accepted under its period already is no news either. Of several periods that are alike, the nearest counts.

A whole month of days may be a copy of the month before. Then each of its days bears witness for the others; where prices do move from one day to
the next, that witness is not heard.
"""

from __future__ import annotations

from expectations.measuring.sides import Sides
from expectations.measuring.words import period

FEWEST, FEWEST_VALUES = 5, 3
QUICK = ("hari", "minggu", "minggu_bulan")
"""Grains of which a single period proves nothing."""
SAME, USUAL = 0.9, 0.5
"""Share of the figures that are equal: of a copy; of periods so far apart in any case."""
ENOUGH_PAIRS = 3
"""Pairs of earlier periods that tell what is usual; with fewer, those of the batch itself are asked too."""
ENOUGH = f"count(*) >= {FEWEST} and count(distinct angka) filter (where same) >= {FEWEST_VALUES} and count(*) filter (where same) >= {SAME} * count(*)"


def filed_again(both: Sides, grain: str) -> str:
    """Figures of a period that repeats another one, of the history or of the same batch; all others were compared and differ."""
    own = f"union select k, mulai, akhir, angka, false from ({both.mine}) m" if both.is_own else ""
    return f"""
        with mine as materialized ({both.mine}),
        theirs as materialized (select k, mulai, akhir, angka, true as lalu from ({both.theirs}) t {own}),
        place as (select mulai, bool_and(lalu) as lalu, row_number() over (order by mulai) as n from theirs group by mulai),
        pair as (select m._no, m.mulai as here, t.mulai as there, m.angka, m.angka = t.angka as same from mine m join theirs t using (k)
                 where m.mulai <> t.mulai and (m.angka <> 0 or t.angka <> 0)),
        known as (select m.mulai from mine m left join ({both.theirs}) t on t.k = m.k and t.mulai = m.mulai and t.angka = m.angka
                  group by m.mulai having count(t.k) >= {SAME} * count(*) and {"true" if both.is_own else "false"}),
        {_together() if grain in QUICK else _one_by_one()},
        step as (select l.jarak, a.mulai as here, b.mulai as there, a.lalu and b.lalu as lalu, a.lalu <> b.lalu as across,
                        avg((x.angka = y.angka)::integer) as share
                 from (select distinct abs(jarak) as jarak from alike) l join place a on true join place b on b.n = a.n - l.jarak
                 join theirs x on x.mulai = a.mulai join theirs y on y.mulai = b.mulai and y.k = x.k group by 1, 2, 3, 4, 5),
        usual as (select a.here, avg(s.share) filter (where s.lalu) as lalu, count(*) filter (where s.lalu) as pairs, avg(s.share) as share
                  from alike a join step s on s.jarak = abs(a.jarak) and a.here not in (s.here, s.there)
                  where not (s.across and a.moving) group by a.here),
        copied as (select here, there from alike left join usual using (here)
                   where coalesce(case when pairs >= {ENOUGH_PAIRS} then lalu else share end, 0) < {USUAL})
        select m._no, ', sama dengan periode ' || {period(grain, "max(c.there)")} as lama, coalesce(bool_or(p.same and p.there = c.there), false) as off,
               false as mass
        from mine m join pair p using (_no) left join copied c on c.here = m.mulai group by m._no"""


def _one_by_one() -> str:
    """SQL of `alike`: periods that repeat another one, each with the nearest; a year says enough by itself."""
    return f"""
        alike as (select distinct on (here) here, there, h.n - t.n as jarak, false as moving
                  from pair join place h on h.mulai = here join place t on t.mulai = there
                  where here not in (select mulai from known) group by here, there, h.n, t.n having {ENOUGH} order by here, abs(h.n - t.n), there)"""


def _together() -> str:
    """SQL of `alike`: days and weeks, of which many are quiet by chance, where most of the batch repeats what stands at one and the same distance."""
    return f"""
        placed_pair as (select p.*, h.n - t.n as jarak from pair p join place h on h.mulai = here join place t on t.mulai = there
                        where here not in (select mulai from known)),
        nearest as (select jarak from placed_pair group by jarak
                    having {ENOUGH} and 2 * count(distinct here) >= (select count(distinct mulai) from mine) order by abs(jarak) limit 1),
        closer as (select avg(same::integer) as share from placed_pair p join nearest n on abs(p.jarak) < abs(n.jarak) group by p.jarak
                   having count(*) >= {FEWEST}),
        alike as (select distinct here, there, jarak, exists (select from closer where share < {USUAL}) as moving
                  from placed_pair join nearest using (jarak))"""


def same_beside(both: Sides) -> str:
    """The column of the last period, copied into that of this one."""
    return f"""
        with pair as (select m._no, m.angka, m.angka = t.angka as same from ({both.mine}) m join ({both.theirs}) t using (k) where m.angka <> 0 or t.angka <> 0)
        select _no, ', {both.named.replace("'", "''")} sama' as lama, same and (select {ENOUGH} from pair) as off, false as mass from pair"""
