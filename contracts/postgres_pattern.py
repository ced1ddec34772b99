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
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

ALLOWED_FLAGS = re.IGNORECASE | re.DOTALL | re.VERBOSE | re.UNICODE
MOST_REPEATS = 255
ANCHORS = {
    op.AT_BEGINNING: "^", op.AT_BEGINNING_STRING: r"\A", op.AT_END: "$", op.AT_END_STRING: r"\Z",
    op.AT_BOUNDARY: r"\y", op.AT_NON_BOUNDARY: r"\Y",
}  # fmt: skip
CLASSES = {
    op.CATEGORY_DIGIT: "0-9", op.CATEGORY_SPACE: "[:space:]", op.CATEGORY_WORD: "[:alnum:]_",
    op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_NOT_SPACE: r"\S", op.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip


class UntranslatablePattern(ValueError):
    """A pattern that is wrong, or that Postgres has no words for; the text says what, in Indonesian."""


def to_postgres(pattern: str) -> str:
    """The Postgres pattern that matches the same texts as Python's ``re.search(pattern, text)``.

    `\\d` is 0-9, `\\w` and `\\s` follow the database's character classes; texts hold no line ends, as they are stored with single spaces.
    Raises UntranslatablePattern: not a valid pattern, back reference, conditional, atomic or possessive part, flag other than i, s and x,
    more than 255 repeats.
    """
    try:
        re.compile(pattern)
        tree = parser.parse(pattern)
    except re.error as error:
        raise UntranslatablePattern(f"pola `{pattern}` tidak sah: {error}") from error
    flags = re.RegexFlag(tree.state.flags)
    if flags & ~ALLOWED_FLAGS:
        raise UntranslatablePattern(f"pola `{pattern}` memakai penanda selain i, s, dan x")
    return ("(?i)" if flags & re.IGNORECASE else "") + _sequence(tree, _Source(pattern, "." if flags & re.DOTALL else r"[^\n]"))


@dataclass(frozen=True)
class _Source:
    """The pattern being translated, for messages, and what `.` means in it."""

    pattern: str
    dot: str

    def refuse(self, what: str) -> UntranslatablePattern:
        return UntranslatablePattern(f"pola `{self.pattern}` {what}")


def _sequence(tree: Iterable[tuple[Any, Any]], source: _Source) -> str:
    return "".join(_part(node, source) for node in tree)


def _part(node: tuple[Any, Any], source: _Source) -> str:
    kind, value = node
    if kind not in PARTS:
        raise source.refuse(f"memakai {str(kind).lower().replace('_', ' ')}, yang tidak dikenal PostgreSQL")
    return PARTS[kind](value, source)


def _literal(code: int) -> str:
    char = chr(code)
    if code < 32 or code == 127:
        return f"\\u{code:04x}"
    return char if char.isalnum() or code > 127 or char in " _" else "\\" + char


def _group(value: tuple[Any, int, int, Any], source: _Source) -> str:
    _, added, removed, inner = value
    if added or removed:
        raise source.refuse("memakai penanda di tengah pola")
    return f"(?:{_sequence(inner, source)})"


def _branches(value: tuple[Any, list[Any]], source: _Source) -> str:
    return f"(?:{'|'.join(_sequence(branch, source) for branch in value[1])})"


def _set(items: list[tuple[Any, Any]]) -> str:
    negated = items[0][0] is op.NEGATE
    return f"[{'^' if negated else ''}{''.join(_member(item) for item in items[negated:])}]"


def _member(item: tuple[Any, Any]) -> str:
    kind, value = item
    if kind is op.CATEGORY:
        return CLASSES[value]
    if kind is op.RANGE:
        return f"{_literal(value[0])}-{_literal(value[1])}"
    return _literal(value)


def _repeat(value: tuple[int, Any, Any], source: _Source, lazy: str = "") -> str:
    lowest, highest, inner = value
    open_ended = highest is op.MAXREPEAT
    if lowest > MOST_REPEATS or (not open_ended and highest > MOST_REPEATS):
        raise source.refuse(f"mengulang lebih dari {MOST_REPEATS} kali")
    times = "" if open_ended else highest
    return f"(?:{_sequence(inner, source)})" + (f"{{{lowest}}}" if times == lowest else f"{{{lowest},{times}}}{lazy}")


def _look(sign: str) -> Callable[[tuple[int, Any], _Source], str]:
    return lambda value, source: f"(?{'<' if value[0] < 0 else ''}{sign}{_sequence(value[1], source)})"


PARTS: dict[Any, Callable[[Any, _Source], str]] = {
    op.LITERAL: lambda value, _: _literal(value),
    op.NOT_LITERAL: lambda value, _: f"[^{_literal(value)}]",
    op.ANY: lambda _, source: source.dot,
    op.IN: lambda value, _: _set(value),
    op.AT: lambda value, _: ANCHORS[value],
    op.BRANCH: _branches,
    op.SUBPATTERN: _group,
    op.MAX_REPEAT: _repeat,
    op.MIN_REPEAT: lambda value, source: _repeat(value, source, "?"),
    op.ASSERT: _look("="),
    op.ASSERT_NOT: _look("!"),
}
