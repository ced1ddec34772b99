"""not_future: nothing is published about a day after the run's date. The date is the run's, so that a run can be repeated."""

from __future__ import annotations

from datetime import date

from contracts.models.checks import Check
from contracts.periods import PATTERNS, bounds, period_of
from expectations.rules.judged import Judged, row_rule
from expectations.rules.rule import Rule
from expectations.rules.sql import literal, quote, shown


def not_future_rule(check: Check, judged: Judged) -> Rule:
    """For a date, a time (in the publisher's time zone) or a period: it has begun by the run's date."""
    name = check.column or ""
    today = judged.run_date.isoformat()
    fails = {
        "timestamp": f"({quote(name)} at time zone {literal(judged.dataset.zone)})::date > date '{today}'",
        "period": f'{quote(name)} collate "C" > {_this_period(quote(name), judged)}',
    }.get(judged.column(name).type, f"{quote(name)} > date '{today}'")
    return row_rule(
        check, judged, fails=fails, subject=f"Kolom {name} berisi", observed=shown(name, judged.column(name)),
        expected=f"tidak melewati {today}", ours="ExpectColumnValuesNotToBeInTheFuture",
    )  # fmt: skip


def _this_period(column: str, judged: Judged) -> str:
    """SQL: the run's own period, of the same grain as the one in the column; canonical periods of one grain sort as text."""
    cases = (
        f"when {column} ~ {literal(f'^{pattern}$')} then {literal(_newest_begun(judged.run_date, grain))}"
        for grain, pattern in PATTERNS.items()
    )
    return f"case {' '.join(cases)} end"


def _newest_begun(day: date, grain: str) -> str:
    """The newest period that has begun by a day: on 28 February that is also a fifth week, where price reports name one."""
    fifth = f"{day:%Y-%m}-M5"
    return fifth if grain == "minggu_bulan" and bounds(fifth)[0] <= day else period_of(day, grain)
