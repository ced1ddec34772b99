"""The letters of a date or period format, read the same way by the contract check and by whoever parses cells.

A run of letters is a format element only when it is made of known elements (``YYYYMM``, ``DDTHH``); every other run is literal, so that
``s/d MMMM YYYY`` and ``Semester S`` mean what they look like.
"""

from __future__ import annotations

import re
from typing import NamedTuple

LETTERS = ("YYYY", "YY", "MMMM", "MMM", "MM", "M", "DD", "D", "HH", "mm", "S", "Q", "W")
"""Year; month as name, short name, two digits, digits; day; hour; minute; semester; quarter; week of the month in Roman numerals."""
SPECIAL = frozenset({"relative", "epoch_s", "epoch_ms"})
_ELEMENT = "|".join(LETTERS)
_RUN = re.compile(rf"(?:{_ELEMENT}|T(?=HH))+")
_ELEMENTS = re.compile(rf"{_ELEMENT}|T")
_PARTS = re.compile(r"[^\W\d_]+|[\W\d_]+")
_NEEDED = {"date": ("Y", "M", "D"), "timestamp": ("Y", "M", "D"), "period": ("Y",)}
_NEEDED_BY_GRAIN = {"hari": ("M", "D"), "bulan": ("M",), "minggu_bulan": ("M", "W"), "triwulan": ("QM",), "semester": ("SM",)}
"""Grain -> the elements its text must have; two letters together are alternatives."""
_TOO_LONG = re.compile(r"Y{5,}|M{5,}|D{3,}|H{3,}|m{3,}|S{2,}|Q{2,}|W{2,}")


class Token(NamedTuple):
    """An element of a format, or text that stands for itself."""

    text: str
    literal: bool


def tokens(template: str) -> tuple[Token, ...]:
    """The format cut into elements and literals; ``s/d MMMM YYYY`` -> literal ``s/d ``, MMMM, literal blank, YYYY."""
    found: list[Token] = []
    for part in _PARTS.findall(template):
        elements = _ELEMENTS.findall(part) if _RUN.fullmatch(part) else [part]
        found.extend(Token(text, text not in LETTERS) for text in elements)
    return tuple(found)


def format_problem(template: str, column_type: str, grain: str | None = None) -> str | None:
    """What is wrong with the format for a column of this type, as a phrase; None when nothing is.

    ``grain``: that of the contract's period where the column is the period.
    """
    if template in SPECIAL:
        return f"`{template}` hanya untuk tipe timestamp atau date" if column_type == "period" else None
    if stray := _stray(template):
        return f"huruf format `{stray}` tidak dikenal"
    present = {token.text[0] for token in tokens(template) if not token.literal}
    needed = (*_NEEDED.get(column_type, ()), *(_NEEDED_BY_GRAIN.get(grain or "", ()) if column_type == "period" else ()))
    missing = [letters[0] for letters in needed if not present.intersection(letters)]
    return f"format `{template}` tidak memuat huruf {' dan '.join(missing)}" if missing else None


def _stray(template: str) -> str | None:
    """A run that was meant as an element and is none: ``yyyy``, ``dd``, ``YYY``, ``ss``."""
    if too_long := _TOO_LONG.search(template):
        return too_long[0]
    for token in tokens(template):
        if token.literal and re.fullmatch(r"(?:([YMDHSQW])\1+|Y|([ymdhs])\2+|(?:yy|mm|dd|hh|ss|[YMDHSQW])+)", token.text):
            return token.text
    return None
