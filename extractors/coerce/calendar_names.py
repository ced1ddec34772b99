"""The names of months and days as Indonesian and English files spell them, in full and short."""

from __future__ import annotations

import re

_MONTHS = {
    1: "januari january jan",
    2: "februari february pebruari feb febr peb",
    3: "maret march mar mrt",
    4: "april apr",
    5: "mei may",
    6: "juni june jun",
    7: "juli july jul",
    8: "agustus august agt agu ags agst agus aug",
    9: "september sept sep",
    10: "oktober october okt oct",
    11: "november nopember nov nop",
    12: "desember december des dec",
}
MONTHS = {name: number for number, names in _MONTHS.items() for name in names.split()}
"""Name in lower case -> number of the month."""

_DAYS = """
    senin selasa rabu kamis jumat jum'at jum’at sabtu minggu ahad sen sel rab kam jum sab min
    monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
"""
_DAY_IN_FRONT = re.compile(rf"(?:{'|'.join(sorted(_DAYS.split(), key=len, reverse=True))})\b[.,]?[ ,/]*(.+)", re.IGNORECASE)


def month_number(name: str) -> int | None:
    """The number of a month by its name, with or without a full stop; None for any other word."""
    return MONTHS.get(name.rstrip(".").lower())


def without_day_name(text: str) -> str:
    """The text without a day's name in front and brackets around the rest: ``Selasa (17/4/2018)`` -> ``17/4/2018``."""
    match = _DAY_IN_FRONT.fullmatch(text)
    rest = match[1] if match else text
    return rest[1:-1].strip() if rest.startswith("(") and rest.endswith(")") else rest
