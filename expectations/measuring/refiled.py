"""The same figures under another period: a form filled in again by copying, or an old file sent under a new name.

Some figures stay as they are from one period to the next and mean no harm, prices of a quiet week above all: what is usual in the
dataset's own history is asked first. What was accepted under its period already is no news.
"""

from __future__ import annotations

from expectations.measuring.sides import Sides
from expectations.measuring.words import period

FEWEST, FEWEST_VALUES = 5, 3
SAME, USUAL = 0.9, 0.5
"""Share of the figures that are equal: of a copy; of periods that follow each other in any case."""
ENOUGH = f"count(*) >= {FEWEST} and count(distinct angka) filter (where same) >= {FEWEST_VALUES} and count(*) filter (where same) >= {SAME} * count(*)"


def filed_again(both: Sides, grain: str) -> str:
    """Figures of a period that repeats another one, of the history or of the same batch; all others were compared and differ."""
    own = f"union select k, mulai, akhir, angka from ({both.mine}) m" if both.is_own else ""
    return f"""
        with mine as materialized ({both.mine}), theirs as materialized (select k, mulai, akhir, angka from ({both.theirs}) t {own}),
        pair as (select m._no, m.mulai as here, t.mulai as there, m.angka, m.angka = t.angka as same from mine m join theirs t using (k)
                 where m.mulai <> t.mulai and (m.angka <> 0 or t.angka <> 0)),
        steps as (select s.mulai, s.before, avg((a.angka = b.angka)::integer) as share
                  from (select mulai, lag(mulai) over (order by mulai) as before from (select distinct mulai from theirs) p) s
                  join theirs a on a.mulai = s.mulai join theirs b on b.mulai = s.before and b.k = a.k group by s.mulai, s.before),
        usual as (select h.here, percentile_cont(0.5) within group (order by s.share) as share
                  from (select distinct mulai as here from mine) h join steps s on h.here not in (s.mulai, s.before) group by h.here),
        known as (select m.mulai from mine m left join ({both.theirs}) t on t.k = m.k and t.mulai = m.mulai and t.angka = m.angka
                  group by m.mulai having count(t.k) >= {SAME} * count(*) and {"true" if both.is_own else "false"}),
        copied as (select distinct on (here) here, there from pair left join usual using (here)
                   where here not in (select mulai from known) and coalesce(share, 0) < {USUAL}
                   group by here, there having {ENOUGH} order by here, abs(here - there))
        select m._no, ', sama dengan periode ' || {period(grain, "max(c.there)")} as lama, coalesce(bool_or(p.same and p.there = c.there), false) as off,
               false as mass
        from mine m join pair p using (_no) left join copied c on c.here = m.mulai group by m._no"""


def same_beside(both: Sides) -> str:
    """The column of the last period, copied into that of this one."""
    return f"""
        with pair as (select m._no, m.angka, m.angka = t.angka as same from ({both.mine}) m join ({both.theirs}) t using (k) where m.angka <> 0 or t.angka <> 0)
        select _no, ', {both.named.replace("'", "''")} sama' as lama, same and (select {ENOUGH} from pair) as off, false as mass from pair"""
