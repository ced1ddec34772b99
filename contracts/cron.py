"""Whether a schedule is a cron expression; checked here because the libraries that can do it are slow to import."""

from __future__ import annotations

import re

PRESETS = frozenset({"@hourly", "@daily", "@weekly", "@monthly", "@quarterly", "@yearly"})
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_FIELDS: tuple[tuple[str, int, int, tuple[str, ...]], ...] = (
    ("menit", 0, 59, ()),
    ("jam", 0, 23, ()),
    ("tanggal", 1, 31, ()),
    ("bulan", 1, 12, _MONTHS),
    ("hari", 0, 7, _DAYS),
)
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ITEM = re.compile(r"^(?:\*|([a-z]+|[0-9]{1,2})(?:-([a-z]+|[0-9]{1,2}))?)(?:/([0-9]{1,2}))?$")


def cron_problem(schedule: str) -> str | None:
    """What is wrong with a schedule, as a phrase; None when nothing is."""
    if schedule in PRESETS:
        return None
    fields = schedule.lower().split()
    if len(fields) != len(_FIELDS):
        return f"jadwal `{schedule}` punya {len(fields)} bagian, bukan 5"
    wrong = [name for text, (name, low, high, words) in zip(fields, _FIELDS, strict=True) if not _field_ok(text, low, high, words)]
    if wrong:
        return f"bagian {wrong[0]} pada jadwal `{schedule}` tidak dapat dibaca"
    return None if _comes(fields[2], fields[3], fields[4]) else f"jadwal `{schedule}` tidak pernah tiba: tanggal itu tidak ada di bulan itu"


def _field_ok(text: str, low: int, high: int, words: tuple[str, ...]) -> bool:
    return all(_item_ok(item, low, high, words) for item in text.split(","))


def _item_ok(item: str, low: int, high: int, words: tuple[str, ...]) -> bool:
    match = _ITEM.match(item)
    if match is None:
        return False
    first, last, step = match.groups()
    ends = [_value(text, low, words) for text in (first, last) if text is not None]
    return all(low <= end <= high for end in ends) and ends == sorted(ends) and (step is None or 1 <= int(step) <= high)


def _comes(dates: str, months: str, days: str) -> bool:
    """Whether some year has such a day; where weekdays are named as well, either is enough (crontab(5))."""
    if not days.startswith("*") or dates.startswith("*"):
        return True
    first = min(date for item in dates.split(",") for date in _values(item, 1, 31, ()))
    return any(first <= _LONGEST_MONTHS[month - 1] for item in months.split(",") for month in _values(item, 1, 12, _MONTHS))


def _values(item: str, low: int, high: int, words: tuple[str, ...]) -> range:
    match = _ITEM.match(item)
    assert match is not None, "the field was read before"
    first, last, step = match.groups()
    start = low if first is None else _value(first, low, words)
    end = _value(last, low, words) if last is not None else start if first is not None and step is None else high
    return range(start, end + 1, int(step or 1))


def _value(text: str, low: int, words: tuple[str, ...]) -> int:
    if text.isdigit():
        return int(text)
    return words.index(text) + low if text in words else -1
