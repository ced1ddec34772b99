"""Figures that stand apart from those around them in the history of their key, however lively that history is: a robust z of the step.

A price of chillies doubles within a season and means it, so no distance from a mean of all times tells anything. What an error does is leave
its neighbours and come back: it is far from the five figures before it *and* from the five after, as far as there are any, in the batch or
behind it; a level that three neighbours share has come to stay. Far is measured in the usual step of the key itself, as a factor, since
figures swing by shares of their size; a key that says 0 or less now and then is measured by differences. What was found off does not count
as anybody's neighbour when all are judged once more. A key with too short a history is measured by what the other keys did at the same time:
where all grew by a hundredth, tenfold is no growth.
"""

from __future__ import annotations

from expectations.measuring.sides import Sides
from expectations.measuring.words import spoken

Z, FEWEST, PERIODS, AFTER = 6.0, 8, 40, 5
"""Default of `z`; points needed; how far the history goes back and, where the batch is late, forward: in periods, or in accepted batches."""
NORMAL, FAR_STEPS, LEAST = 1.4826, 3.0, 0.11
"""A normal deviation per median deviation; a step that one in twenty exceeds is no less than three of them allow; the least deviation, as a share."""
ENOUGH_STEPS, MASS = 30, 8
"""Steps of all keys that tell how they usually go; one in so many may be off."""
NEAR, COMPANY = 5, 3
"""Neighbours on each side; of the nearest three on each side, so many at the same level make it one."""
MIDDLE = "percentile_cont(0.5) within group (order by x)"


def far_off(both: Sides, z: float) -> str:
    """Figures more than `z` usual steps away from their neighbours. Only keys with a jump somewhere are looked at closely."""
    jump = f"tertinggi > terendah * {1 + LEAST * z / 2!r} or terendah <= 0 and tertinggi > terendah"
    return f"""
        with mine as materialized (select _no, k, urut, angka::float8 as angka from ({both.mine}) m),
        line as (select null::bigint as _no, k, urut, angka::float8 as angka from ({both.theirs}) t
                 where not exists (select from mine m where m.k = t.k and m.urut = t.urut)
                 union all select _no, k, urut, angka from mine),
        placed as materialized (
          select *, row_number() over kunci as n, count(*) over (partition by k) as titik, lag(angka) over kunci as lalu, lag(angka, 2) over kunci as lalu2,
                 max(angka) over enam as tertinggi, min(angka) over enam as terendah
          from line window kunci as (partition by k order by urut, _no nulls first), enam as (kunci rows between {NEAR} preceding and current row)),
        lively as (select k, count(*) filter (where angka <= 0) * 10 <= count(*) as positif, count(*) filter (where _no is null) as riwayat
                   from placed where titik > {FEWEST} group by k having bool_or({jump})),
        first as (select p._no, p.k, p.n, p.angka, l.positif, l.riwayat, true as sah, array[{_beside()}] as dekat from placed p join lively l using (k)
                  window kunci as (partition by k order by n)),
        first_level as materialized ({_levels("first")}),
        spread as (
          select k, greatest({NORMAL} * percentile_cont(0.5) within group (order by langkah),
                             percentile_cont(0.95) within group (order by langkah) / {FAR_STEPS}) as simpangan
          from (select k, case when positif then abs(ln(nullif(greatest(angka, 0), 0) / nullif(greatest(sebelum, 0), 0)))
                               else abs(angka - sebelum) end as langkah
                from first_level where sebelum is not null and (_no is null or riwayat < {FEWEST})) s group by k),
        first_off as (select k, n from first_level join spread using (k) where _no is not null and {_is_off(z)}),
        second as (select f._no, f.k, f.n, f.angka, f.positif, f.riwayat, f.dekat, o.n is null as sah from first f left join first_off o using (k, n)),
        second_level as ({_levels("second")}),
        by_itself as (select _no, coalesce(sebelum, sesudah) as lama, {_is_off(z)} as off from second_level join spread using (k) where _no is not null),
        {_beside_others(z)}
        select p._no, {spoken(both.named, "coalesce(i.lama, o.lama)")} as lama, coalesce(i.off, o.off, false) as off, false as mass
        from placed p left join by_itself i using (_no) left join by_others o using (_no)
        where p._no is not null and (p.titik > {FEWEST} and (i._no is null or i.off is not null) or o._no is not null)"""


def _beside_others(z: float) -> str:
    """SQL of `by_others`: keys with a short history, by the steps that all such keys took at the same time, and took before.

    One that left both of its last two figures is off, or went twice as far from its only one; where more than one in eight is, the figures before
    may be the wrong ones.
    """
    return f"""
        step as (select _no, urut, titik, lalu, ln(angka / lalu) as kali, case when lalu2 > 0 then ln(angka / lalu2) end as kali2
                 from placed where angka > 0 and lalu > 0),
        today as (select * from step where _no is not null and titik <= {FEWEST}),
        usual as (select urut, percentile_cont(0.5) within group (order by kali) as kali, percentile_cont(0.5) within group (order by kali2) as kali2
                  from today group by urut having count(*) >= {FEWEST}),
        before as (select percentile_cont(0.95) within group (order by abs(kali)) / {FAR_STEPS} as simpangan from step
                   where _no is null having count(*) >= {ENOUGH_STEPS}),
        room as (select urut, greatest({NORMAL} * percentile_cont(0.5) within group (order by abs(t.kali - u.kali)), (select simpangan from before), {LEAST})
                   as simpangan from today t join usual u using (urut) group by urut),
        apart as (select t._no, t.urut, t.lalu as lama, case when t.kali2 is null then abs(t.kali - u.kali) > 2 * {z!r} * r.simpangan
                         else least(abs(t.kali - u.kali), abs(t.kali2 - u.kali2)) > {z!r} * r.simpangan end as off
                  from today t join usual u using (urut) join room r using (urut)),
        by_others as (select _no, lama, off and {MASS} * count(*) filter (where off) over (partition by urut) <= count(*) over (partition by urut) as off
                      from apart)"""


def _levels(rows: str) -> str:
    """SQL: rows with the medians of their good neighbours before and after; at least two make one. `sah`: is the row itself good?"""
    before, after = f"b.a[greatest(r.g - {NEAR - 1}, 1):r.g]", f"b.a[r.g + 1 + r.sah::integer:r.g + {NEAR} + r.sah::integer]"
    middle = "(select case when count(*) >= 2 then {} end from unnest({}) x)"
    return f"""select r.*, {middle.format(MIDDLE, before)} as sebelum, {middle.format(MIDDLE, after)} as sesudah
               from (select *, coalesce(count(*) filter (where sah) over earlier, 0)::integer as g from {rows}
                     window earlier as (partition by k order by n rows between unbounded preceding and 1 preceding)) r
               join (select k, array_agg(angka order by n) filter (where sah) as a from {rows} group by k) b using (k)"""


def _beside() -> str:
    """SQL: the nearest neighbours, good or not."""
    return ", ".join(f"{way}(p.angka, {steps}) over kunci" for way in ("lag", "lead") for steps in range(1, COMPANY + 1))


def _is_off(z: float) -> str:
    """SQL: far from both sides, or from the only one there is, and without company: a level that others share is a new level."""
    alone = f"(select count(*) from unnest(dekat) y where not {_far('y', z)}) < {COMPANY}"
    return f"coalesce({_far('sebelum', z)}, {_far('sesudah', z)}) and coalesce({_far('sesudah', z)}, true) and {alone}"


def _far(level: str, z: float) -> str:
    """SQL: true, false, or null where there is no level, or no deviation to measure by."""
    share = f"case when angka > 0 then abs(ln(angka / {level})) > {z!r} * greatest(simpangan, {LEAST}) else true end"
    width = f"greatest(simpangan, {LEAST} * abs({level}))"
    return f"""case when {level} is null then null when positif and {level} > 0 then {share}
                    when {width} > 0 then abs(angka - {level}) > {z!r} * {width} end"""
