"""Date notations in the letters of the contract: D DD M MM MMM MMMM YY YYYY HH mm ss S Q W, anything else literal, [text] literal too.

``MMM`` and ``MMMM`` accept a month's name at any length in Indonesian or English, ``D`` and ``DD`` one digit or two, and a space may be any
or none: agencies vary these from row to row. The order of the parts, which decides what 3/4/2018 means, is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from extractors.coerce.calendar_names import month_number, without_day_name
from extractors.coerce.moments import Moment

_TOKENS = {
    "YYYY": ("year", r"[0-9]{4}"),
    "YY": ("year", r"[0-9]{2}"),
    "MMMM": ("month_name", r"[^\W\d_]+\.?"),
    "MMM": ("month_name", r"[^\W\d_]+\.?"),
    "MM": ("month", r"[0-9]{1,2}"),
    "M": ("month", r"[0-9]{1,2}"),
    "DD": ("day", r"[0-9]{1,2}"),
    "D": ("day", r"[0-9]{1,2}"),
    "HH": ("hour", r"[0-9]{1,2}"),
    "mm": ("minute", r"[0-9]{2}"),
    "ss": ("second", r"[0-9]{2}(?:\.[0-9]+)?"),
    "S": ("semester", r"I{1,2}|[12]"),
    "Q": ("quarter", r"IV|I{1,3}|[1-4]"),
    "W": ("week", r"IV|V|I{1,3}|[0-9]{1,2}"),
}
_WORD = re.compile(r"\[(?P<literal>[^\]]*)\]|(?P<word>[A-Za-z]+)|(?P<space> +)|(?P<other>.)")
_LETTERS = re.compile("|".join(sorted(_TOKENS, key=len, reverse=True)) + "|T")
_RUN = re.compile(r"(?:YYYY|YY|M{2,4}|DD|HH|mm|ss)+(?:T(?:HH|mm|ss)+)?|YYYY[SQWM]")
"""Letters that run into each other and are a date all the same; ``TW``, ``SMT`` and other words are words."""
_SPACE = r"(?:\s+|(?<=\D)|(?=\D))"
"""Any space, and none where a digit does not meet a digit: ``31Januari 2025``."""
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}
_PIVOT = 70
"""Years of two digits: 70-99 are of the last century, 00-69 of this one (POSIX)."""


class Format:
    """One notation, ready to read texts."""

    def __init__(self, notation: str) -> None:
        self.notation = notation
        self._pattern = re.compile(_pattern(notation), re.IGNORECASE)

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


def _pattern(notation: str) -> str:
    seen: set[str] = set()
    pieces = [_piece(match, seen) for match in _WORD.finditer(notation)]
    return "".join(pieces)


def _piece(match: re.Match[str], seen: set[str]) -> str:
    if match["space"]:
        return _SPACE
    if match["word"] and _spells_tokens(match["word"]):
        return _token_run(match["word"], seen)
    literal = re.escape(match["literal"] if match["literal"] is not None else match[0])
    return literal if match["word"] or match["literal"] is not None else rf"\s*{literal}\s*"


def _spells_tokens(word: str) -> bool:
    return word in _TOKENS or _RUN.fullmatch(word) is not None


def _token_run(word: str, seen: set[str]) -> str:
    """Letters without anything between them: there only full width tells the parts apart (``202302``)."""
    tokens = _LETTERS.findall(word)
    return "".join(_token(token, seen, fixed=len(tokens) > 1) for token in tokens)


def _token(token: str, seen: set[str], fixed: bool) -> str:
    if token == "T":
        return "T"
    name, pattern = _TOKENS[token]
    if fixed and pattern == r"[0-9]{1,2}":
        pattern = rf"[0-9]{{{len(token)}}}"
    if name in seen:
        return f"(?:{pattern})"
    seen.add(name)
    return f"(?P<{name}>{pattern})"


def _moment(parts: dict[str, str]) -> Moment | None:
    month = month_number(parts["month_name"]) if "month_name" in parts else _number(parts.get("month"))
    if "year" not in parts or ("month_name" in parts and month is None):
        return None
    time = {name: int(float(parts[name])) for name in ("hour", "minute", "second") if name in parts}
    finer = {name: _number(parts.get(name)) for name in ("day", "quarter", "semester", "week")}
    return Moment(_year(parts["year"]), month, **finer, **time)  # type: ignore[arg-type]


def _year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (1900 if year >= _PIVOT else 2000)


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    return _ROMAN.get(text.upper()) or (int(text) if text.isdigit() else None)
