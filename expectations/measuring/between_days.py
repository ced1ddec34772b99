"""Days that come in one batch, measured by each other: history knows none of them, and what is one day's jump stands between two of them.

A figure is measured by the day before it in the batch, where no published day lies between; not where that one is itself far from what was before
it: a jump is told once, and what comes back from it is no other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from expectations.rules.history import LONGEST_GAP_DAYS, earlier_rows, figures, off
from expectations.rules.sql import MASKED, quote

if TYPE_CHECKING:
    from contracts.models.checks import Check
    from expectations.rules.judged import Judged


def between_days(check: Check, judged: Judged) -> str:
    """SQL of the figures that have a day before them in the batch, as `expectations.measuring.measure.OFF` has it."""
    assert judged.earlier is not None, "with_history comes first"
    assert judged.contract.period is not None, "only days are measured so"
    name, of = check.column or "", judged.earlier
    key = ", ".join(f"s.{quote(one)}" for one in judged.contract.key if one != judged.contract.period.column)
    told = MASKED if judged.column(name).pribadi else "replace(sebelum::text, '.', ',')"
    return f"""
        with earlier as materialized (select _no, lama from ({figures(judged, of, name)}) f),
        published as materialized (select distinct r._periode_mulai as hari from {earlier_rows(judged, of)}),
        line as (
          select s._no, s._periode_mulai as hari, s.{quote(name)}::numeric as angka, lag(s._periode_mulai) over kunci as hari_sebelum,
                 lag(s.{quote(name)}::numeric) over kunci as sebelum, coalesce(lag(e.lama) over kunci, lag(s.{quote(name)}::numeric, 2) over kunci) as dulu
          from {judged.table} s left join earlier e using (_no) where s.{quote(name)} is not null
          window kunci as ({f"partition by {key} " if key else ""}order by s._periode_mulai, s._no))
        select _no, ', sebelumnya ' || {told} as lama, {off(check, "angka", "sebelum")} and not {off(check, "sebelum", "dulu")} as off, false as mass
        from line l where hari - hari_sebelum between 1 and {LONGEST_GAP_DAYS}
          and not exists (select from published p where p.hari > l.hari_sebelum and p.hari < l.hari)"""
