"""How much a pattern grows when it is written out: Postgres builds all of it before it looks at the first row, and gives up on what is too large.

``(?:(?:a){100}){100}`` is eleven characters and ten thousand states. What may be skipped in many ways, and what looks around itself inside a
repetition, grows with the square; so it weighs more. The limit is far above what a rule on a cell needs and far below what Postgres refuses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

MOST_SIZE = 600
MOST_NESTED = 30
SKIPPED, LOOKS = 4, 8
"""How many times more a repeated part weighs that can be nothing, and one that is a boundary or a look around."""
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT)
_LOOKS = (op.ASSERT, op.ASSERT_NOT)
_NO_PARENTHESIS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
Node = tuple[Any, Any]


def nesting(pattern: str) -> int:
    """How deep its parentheses stand in each other, counted without parsing it: the parser itself gives up on too many."""
    deepest = depth = 0
    for sign in _NO_PARENTHESIS.sub("", pattern):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        deepest = max(deepest, depth)
    return deepest


def size_of(pattern: str) -> int:
    """The weight of a valid pattern, all repetitions written out."""
    return _size(parser.parse(pattern), 1)


def _size(nodes: Iterable[Node], looks: int) -> int:
    """``looks``: what a boundary or a look around weighs here."""
    return sum(_weight(kind, value, looks) for kind, value in nodes)


def _weight(kind: Any, value: Any, looks: int) -> int:  # noqa: ANN401 - nodes of the parser have no types
    if kind in _REPEATS:
        return _repeated(value)
    if kind is op.SUBPATTERN:
        return _size(value[3], looks)
    if kind is op.BRANCH:
        return 1 + sum(_size(branch, looks) for branch in value[1])
    if kind in _LOOKS:
        return looks + _size(value[1], looks)
    return looks if kind is op.AT else 1


def _repeated(value: tuple[int, int, Any]) -> int:
    lowest, highest, body = value
    times = lowest + 1 if highest is op.MAXREPEAT else max(highest, 1)
    return times * _size(body, LOOKS) * (SKIPPED if times > 1 and not body.getwidth()[0] else 1) + (not lowest)
