"""Date notations in the letters of the contract (`contracts.formats`), as readers of texts.

``MMM`` and ``MMMM`` accept a month's name at any length in Indonesian or English, ``D`` and ``DD`` one digit or two, ``mm`` seconds
behind it, and a space may be any or none: agencies vary these from row to row. The order of the parts, which decides what 3/4/2018
means, is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from contracts.formats import Token, tokens
from extractors.coerce.calendar_names import month_number, without_day_name
from extractors.coerce.moments import Moment

_ELEMENTS = {
    "YYYY": ("year", "[0-9]{4}"),
    "YY": ("year", "[0-9]{2}"),
    "MMMM": ("month_name", r"[^\W\d_]+\.?"),
    "MMM": ("month_name", r"[^\W\d_]+\.?"),
    "MM": ("month", "[0-9]{1,2}"),
    "M": ("month", "[0-9]{1,2}"),
    "DD": ("day", "[0-9]{1,2}"),
    "D": ("day", "[0-9]{1,2}"),
    "HH": ("hour", "[0-9]{1,2}"),
    "mm": ("minute", "[0-9]{2}"),
    "S": ("semester", "I{1,2}|[12]"),
    "Q": ("quarter", "IV|I{1,3}|[1-4]"),
    "W": ("week", "IV|V|I{1,3}|[0-9]{1,2}"),
}
"""Letters -> what they name, and the texts that may stand there."""
_SECONDS = r"(?::(?P<second>[0-9]{2})(?:\.[0-9]+)?)?"
_SPACE = r"(?:\s+|(?<=\D)|(?=\D))"
"""Any space, and none where a digit does not meet a digit: ``31Januari 2025``."""
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}
_PIVOT = 70
"""Years of two digits: 70-99 are of the last century, 00-69 of this one (POSIX)."""


class Format:
    """One notation, ready to read texts."""

    def __init__(self, notation: str) -> None:
        self._pattern = re.compile(_pattern(tokens(notation)), re.IGNORECASE)

    def read(self, text: str) -> Moment | None:
        """What a text says in this notation; None where it is written otherwise. Whether there is such a day shows later."""
        match = self._pattern.fullmatch(text)
        return _moment({name: part for name, part in match.groupdict().items() if part}) if match else None


def read_moment(text: str, formats: Iterable[Format]) -> Moment | None:
    """What a text says in the first notation that fits, a day's name in front left aside; None where none does."""
    bare = without_day_name(text)
    for notation in formats:
        moment = notation.read(text) or (notation.read(bare) if bare != text else None)
        if moment:
            return moment
    return None


@cache
def compiled(notations: tuple[str, ...]) -> tuple[Format, ...]:
    """The notations of a column, compiled once."""
    return tuple(map(Format, notations))


def _pattern(notation: tuple[Token, ...]) -> str:
    seen: set[str] = set()
    between = zip((None, *notation), notation, (*notation[1:], None), strict=False)
    return "".join(
        _literal(token.text) if token.literal else _element(token.text, seen, _runs_on(before, after)) for before, token, after in between
    )


def _runs_on(*neighbours: Token | None) -> bool:
    """Whether an element touches another: there only full width tells the parts apart (``202302``)."""
    return any(neighbour is not None and not neighbour.literal for neighbour in neighbours)


def _element(letters: str, seen: set[str], runs_on: bool) -> str:
    name, pattern = _ELEMENTS[letters]
    if runs_on and pattern == "[0-9]{1,2}":
        pattern = f"[0-9]{{{len(letters)}}}"
    if name in seen:
        return f"(?:{pattern})"
    seen.add(name)
    return f"(?P<{name}>{pattern}){_SECONDS if name == 'minute' else ''}"


def _literal(text: str) -> str:
    """Text that stands for itself, with any space around its signs: ``03/ 01/ 2022`` is ``DD/MM/YYYY`` too."""
    pieces = re.findall(r"\s+|[^\W_]+|.", text)
    return "".join(_SPACE if piece.isspace() else piece if piece.isalnum() else rf"\s*{re.escape(piece)}\s*" for piece in pieces)


def _moment(parts: dict[str, str]) -> Moment | None:
    month = month_number(parts["month_name"]) if "month_name" in parts else _number(parts.get("month"))
    if "year" not in parts or ("month_name" in parts and month is None):
        return None
    time = {name: int(parts[name]) for name in ("hour", "minute", "second") if name in parts}
    finer = {name: _number(parts.get(name)) for name in ("day", "quarter", "semester", "week")}
    return Moment(_year(parts["year"]), month, **finer, **time)  # type: ignore[arg-type]


def _year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (1900 if year >= _PIVOT else 2000)


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    return _ROMAN.get(text.upper()) or int(text)
