"""One pattern language in contracts, two engines that run it.

Contracts are written in Python's regular expressions, because headers, titles and rows are matched before there is a table. Checks run
in Postgres, whose dialect differs silently: ``\\b`` is a backspace there, ``.`` matches a line end, ``{,3}`` is text. So a pattern is
taken apart by Python's own parser and written again for Postgres; what Postgres cannot say is refused, not guessed at.
(PostgreSQL documentation, 9.7.3 POSIX Regular Expressions; Python documentation, module re.)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from re import _constants as op  # type: ignore[attr-defined]
from typing import Any

from contracts.pattern_words import (
    FLAGS,
    INNER_FLAGS,
    MANY_REPEATS,
    MOST_REPEATS,
    NO_LETTER,
    NOT_IN_CHECKS,
    Refusal,
    WrongPattern,
    read_pattern,
    uses,
)  # fmt: skip
from contracts.regex_size import MOST_SIZE, size_of

ALLOWED_FLAGS = re.IGNORECASE | re.DOTALL | re.VERBOSE | re.UNICODE
SURROGATES = range(0xD800, 0xE000)
WORD = "[:alnum:]_\u00b2\u00b3\u00b9\u00bc-\u00be"
"""The inside of `[ ]` for Python's `\\w`: to Postgres m² and m³ are a letter and a sign."""
ANCHORS = {
    op.AT_BEGINNING: "^", op.AT_BEGINNING_STRING: r"\A", op.AT_END: "$", op.AT_END_STRING: r"\Z",
    op.AT_BOUNDARY: f"(?:(?<=[{WORD}])(?![{WORD}])|(?<![{WORD}])(?=[{WORD}]))",
    op.AT_NON_BOUNDARY: f"(?:(?<=[{WORD}])(?=[{WORD}])|(?<![{WORD}])(?![{WORD}])(?!\\A\\Z))",
}  # fmt: skip
"""Python finds no `\\B` in an empty text. The boundaries of Postgres (`\\y`, `\\Y`) take m² for an m and a sign."""
CLASSES = {
    op.CATEGORY_DIGIT: "0-9", op.CATEGORY_SPACE: "[:space:]", op.CATEGORY_WORD: WORD,
    op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_NOT_SPACE: r"\S",
}  # fmt: skip


def to_postgres(pattern: str) -> str:
    """The Postgres pattern that matches the same texts as Python's ``re.search(pattern, text)``.

    The same for texts in Latin letters, which hold no line ends, as they are stored with single spaces. `\\d` is 0-9.
    Raises WrongPattern: what `read_pattern` refuses, a back reference, conditional, atomic or possessive part, a flag other than i, s and x,
    more than 255 repeats, a code that is no letter, or too large when written out.
    """
    tree = read_pattern(pattern)
    flags = re.RegexFlag(tree.state.flags)
    if flags & ~ALLOWED_FLAGS:
        raise uses(pattern, FLAGS)
    translated = _sequence(tree, _Source(pattern, "." if flags & re.DOTALL else r"[^\n]"))
    _refuse_large(pattern)
    return ("(?i)" if flags & re.IGNORECASE else "") + translated


def _refuse_large(pattern: str) -> None:
    if (size := size_of(pattern)) > MOST_SIZE:
        raise WrongPattern(
            f"pola `{pattern}` terlalu besar bila pengulangannya ditulis lengkap ({size}, batasnya {MOST_SIZE})",
            "pengulangan yang lebih sedikit, misalnya .* di tempat .{0,200}; panjang teks diperiksa dengan rule: length",
        )


@dataclass(frozen=True)
class _Source:
    """The pattern being translated, for messages, and what `.` means in it."""

    pattern: str
    dot: str

    def refuse(self, refused: Refusal) -> WrongPattern:
        return uses(self.pattern, refused)


def _sequence(tree: Iterable[tuple[Any, Any]], source: _Source) -> str:
    return "".join(_part(node, source) for node in tree)


def _part(node: tuple[Any, Any], source: _Source) -> str:
    kind, value = node
    if kind not in PARTS:
        raise source.refuse(NOT_IN_CHECKS[kind])
    return PARTS[kind](value, source)


def _literal(code: int, source: _Source) -> str:
    if code in SURROGATES:
        raise source.refuse(NO_LETTER)
    char = chr(code)
    if code < 32 or code == 127:
        return f"\\u{code:04x}"
    return char if char.isalnum() or code > 127 or char in " _" else "\\" + char


def _group(value: tuple[Any, int, int, Any], source: _Source) -> str:
    _, added, removed, inner = value
    if added or removed:
        raise source.refuse(INNER_FLAGS)
    return f"(?:{_sequence(inner, source)})"


def _branches(value: tuple[Any, list[Any]], source: _Source) -> str:
    return f"(?:{'|'.join(_sequence(branch, source) for branch in value[1])})"


def _set(items: list[tuple[Any, Any]], source: _Source) -> str:
    """A class; with `\\W` in it in two parts, as Postgres has no words for what is no word in the midst of others."""
    negated = items[0][0] is op.NEGATE
    others = [item for item in items[negated:] if item != (op.CATEGORY, op.CATEGORY_NOT_WORD)]
    listed = "".join(_member(item, source) for item in others)
    if len(others) == len(items) - negated:
        return f"[{'^' if negated else ''}{listed}]"
    if negated:
        return f"(?=[{WORD}])[^{listed}]" if listed else f"[{WORD}]"
    return f"(?:[{listed}]|[^{WORD}])" if listed else f"[^{WORD}]"


def _member(item: tuple[Any, Any], source: _Source) -> str:
    kind, value = item
    if kind is op.CATEGORY:
        return CLASSES[value]
    if kind is op.RANGE:
        return f"{_literal(value[0], source)}-{_literal(value[1], source)}"
    return _literal(value, source)


def _repeat(value: tuple[int, Any, Any], source: _Source, lazy: str = "") -> str:
    lowest, highest, inner = value
    open_ended = highest is op.MAXREPEAT
    if lowest > MOST_REPEATS or (not open_ended and highest > MOST_REPEATS):
        raise source.refuse(MANY_REPEATS)
    times = "" if open_ended else highest
    return f"(?:{_sequence(inner, source)})" + (f"{{{lowest}}}" if times == lowest else f"{{{lowest},{times}}}{lazy}")


def _look(sign: str) -> Callable[[tuple[int, Any], _Source], str]:
    return lambda value, source: f"(?{'<' if value[0] < 0 else ''}{sign}{_sequence(value[1], source)})"


PARTS: dict[Any, Callable[[Any, _Source], str]] = {
    op.LITERAL: _literal,
    op.NOT_LITERAL: lambda value, source: f"[^{_literal(value, source)}]",
    op.ANY: lambda _, source: source.dot,
    op.IN: _set,
    op.AT: lambda value, _: ANCHORS[value],
    op.BRANCH: _branches,
    op.SUBPATTERN: _group,
    op.MAX_REPEAT: _repeat,
    op.MIN_REPEAT: lambda value, source: _repeat(value, source, "?"),
    op.ASSERT: _look("="),
    op.ASSERT_NOT: _look("!"),
    op.FAILURE: lambda _, __: "(?!)",
}
"""What newer versions of Python read in `(?!)` is `FAILURE`."""
