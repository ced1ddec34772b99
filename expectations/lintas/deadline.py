"""Until when the figures of a period are awaited: what the contract, or the data item it delivers, promises."""

from __future__ import annotations

import re
from collections.abc import Collection
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
    for item in dataset.items:
        if item.jadwal_rilis and re.fullmatch(r"\d{4}-\d{2}-\d{2}", item.jadwal_rilis):
            return date.fromisoformat(item.jadwal_rilis)
        if item.jadwal_rilis and re.fullmatch(r"[1-9]\d{0,3}[dw]", item.jadwal_rilis):
            return ends + duration(item.jadwal_rilis)
    return None


def after(day: date, days: int, off: Collection[date] | None) -> date:
    """So many days later; working days where the days `off` (beside the weekends) are given."""
    if off is None:
        return day + timedelta(days=days)
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() < SATURDAY and day not in off
    return day
