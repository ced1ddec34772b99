"""Latitude and longitude: decimal degrees as a rule, degrees and minutes where a form was filled in by hand (``6° 12' 30" LS``).

Thousands never occur in a coordinate, so without a declared convention a point is a decimal point, whatever stands behind it.
"""

from __future__ import annotations

import re
from decimal import Decimal

from contracts.models.columns import Numbers
from extractors.coerce.numbers import Convention, figure, number_reader
from extractors.coerce.result import Read

_ANGLE = re.compile(
    r"""(?P<degrees>[0-9]{1,3}) ?[°º] ?(?:(?P<minutes>[0-9]{1,2}) ?['’′] ?)?(?:(?P<seconds>[0-9]{1,2}(?:[.,][0-9]+)?) ?(?:["”″]|'') ?)?"""
    r"(?P<side>N|S|E|W|LU|LS|BT|BB)",
    re.IGNORECASE,
)
_NEGATIVE = {"S", "LS", "W", "BB"}
_SEVENTH = Decimal("1e-7")
"""About a centimetre: more digits than any survey behind such a text."""


def coordinate_reader(numbers: Numbers | None) -> Read:
    """A function from tidy texts to decimal degrees; null where a text is no coordinate."""
    return number_reader(numbers or "plain", _coordinate)


def _coordinate(text: str, convention: Convention) -> str | None:
    match = _ANGLE.fullmatch(text)
    return _degrees(match) if match else figure(text, convention)


def _degrees(match: re.Match[str]) -> str | None:
    minutes = Decimal(match["minutes"] or 0)
    seconds = Decimal((match["seconds"] or "0").replace(",", "."))
    if minutes >= 60 or seconds >= 60:
        return None
    degrees = Decimal(match["degrees"]) + minutes / 60 + seconds / 3600
    sign = "-" if match["side"].upper() in _NEGATIVE else ""
    return f"{sign}{degrees.quantize(_SEVENTH):f}"
