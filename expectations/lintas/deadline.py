"""Until when the figures of a period are awaited: what the contract, or the data item it delivers, promises."""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import suppress
from datetime import date, timedelta

from contracts.dataset import Dataset
from contracts.durations import duration
from contracts.references import holidays

SATURDAY = 5


def deadline(dataset: Dataset, ends: date) -> date | None:
    """The last day on which the figures of a period that ends on `ends` are in time; None where nobody promised one.

    `freshness` of the contract (error_after, else warn_after), else `jadwal_rilis` of its data item, where that is a span of time or a date.
    """
    fresh = dataset.contract.freshness
    span = (fresh.error_after or fresh.warn_after) if fresh else None
    if fresh and span:
        return after(ends, duration(span).days, holidays(dataset.root) if fresh.days == "kerja" else None)
    promise = _promise(dataset)
    return ends + promise if isinstance(promise, timedelta) else promise


def promised_date(dataset: Dataset) -> date | None:
    """The one date that `jadwal_rilis` names, whatever period ends before it; None where a span of time counts, or nothing does."""
    fresh = dataset.contract.freshness
    promise = None if fresh and (fresh.error_after or fresh.warn_after) else _promise(dataset)
    return promise if isinstance(promise, date) else None


def _promise(dataset: Dataset) -> date | timedelta | None:
    """The first `jadwal_rilis` that a machine can read: a day of the calendar, or days or weeks after the end of the period."""
    for promise in filter(None, (item.jadwal_rilis for item in dataset.items)):
        if re.fullmatch(r"[1-9]\d{0,3}[dw]", promise):
            return duration(promise)
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", promise):
            with suppress(ValueError):  # 2026-02-30 is no day
                return date.fromisoformat(promise)
    return None


def after(day: date, days: int, off: Collection[date] | None) -> date:
    """So many days later; working days where the days `off` (beside the weekends) are given."""
    if off is None:
        return day + timedelta(days=days)
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() < SATURDAY and day not in off
    return day
