"""Figures far from their own history, however that history swings: the distance from its median, in its usual deviations (a robust z).

Median and median deviation do not move when a few of the earlier figures were wrong themselves. A series that hardly ever changes has no
deviation to speak of; then a twentieth of its median stands for one, else every first change would be an outlier.
"""

from __future__ import annotations

from expectations.measuring.sides import Sides
from expectations.measuring.words import spoken

Z, FEWEST, PERIODS = 6.0, 8, 40
"""Default of `z`; points needed; how far the history goes back, in periods (without periods: in accepted batches)."""
NORMAL, LEAST = 1.4826, 0.05
"""A normal distribution's deviation per median deviation; the least deviation, as a share of the median."""


def far_off(both: Sides, z: float) -> str:
    """Figures more than `z` deviations from the median of the earlier figures of their key. Without any deviation nothing is said."""
    middle = "percentile_cont(0.5) within group (order by"
    return f"""
        select _no, {spoken(both.named, "lama")} as lama, abs(angka - lama) > {z!r} * greatest({NORMAL} * simpangan, {LEAST} * abs(lama)) as off,
               false as mass
        from (select m._no, m.angka::float8 as angka, array_agg(t.angka::float8) as semua from ({both.mine}) m
              join ({both.theirs}) t on t.k = m.k and (m.mulai is null or t.akhir < m.mulai) group by m._no, m.angka having count(*) >= {FEWEST}) p
        cross join lateral (select {middle} x) as lama from unnest(p.semua) x) u
        cross join lateral (select {middle} abs(x - u.lama)) as simpangan from unnest(p.semua) x) v
        where greatest(simpangan, abs(lama)) > 0"""
