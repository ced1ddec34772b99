"""A figure that another dataset states too: the same object and time, and more apart than the tolerance."""

from __future__ import annotations

from expectations.measuring.sides import Sides
from expectations.measuring.words import spoken


def differing(both: Sides, tolerance: float) -> str:
    """Figures that the other dataset states otherwise.

    The other's period is the same or contains mine, the narrowest of them; where it says several things about one object, it says nothing.
    """
    return f"""
        select _no, {spoken(both.named, "lama")} as lama, abs(angka - lama) > {tolerance!r} as off, false as mass
        from (select distinct on (m._no) m._no, m.angka, t.angka as lama
              from ({both.mine}) m
              join (select k, mulai, akhir, min(angka) as angka from ({both.theirs}) t group by k, mulai, akhir having min(angka) = max(angka)) t
                on t.k = m.k and (m.mulai is null or t.mulai is null or t.mulai <= m.mulai and t.akhir >= m.akhir)
              order by m._no, t.akhir - t.mulai, t.mulai desc) p"""
