"""Spans of time as contracts write them: ``12h``, ``2d``, ``1w`` for patience; ``7d``, ``3m``, ``2y`` for "the last n"."""

from __future__ import annotations

import re
from datetime import timedelta

_UNITS = {"h": "hours", "d": "days", "w": "weeks"}
_SPAN = re.compile(r"^([1-9]\d{0,4})([hdw])$")
_EACH_UNIT = {"tanggal": "d", "bulan": "m", "tahun": "y"}


def duration(text: str) -> timedelta:
    """The span of time that ``2d`` stands for.

    Raises: ValueError for anything but a positive number with h (jam), d (hari) or w (minggu).
    """
    match = _SPAN.match(text.strip())
    if match is None:
        raise ValueError(f"`{text}` bukan lama waktu")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def last_n(placeholder: str, text: str) -> int:
    """How many values ``each: {tanggal: 7d}`` asks for; the unit may be left out.

    Raises: ValueError when the unit is not the placeholder's, or the number is not 1 to 400.
    """
    match = re.fullmatch(rf"([1-9]\d{{0,2}}){_EACH_UNIT[placeholder]}?", text.strip())
    if match is None or int(match[1]) > 400:
        raise ValueError(f"`{text}` bukan jumlah {placeholder}")
    return int(match[1])
