"""Whether a pattern can run for ever: an expression that can split one text in many ways tries them all before it says no.

Python's engine has no time limit, so one such pattern and one long cell stop a run. Judged on the parsed pattern: a repeated part is safe
when each turn of it must begin or end with something that its own varying parts cannot take, as the comma in ``(?:\\w+,)+``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

MANY = 10
"""From so many turns on the number of ways grows out of reach."""
SAMPLES = frozenset(range(32, 127)) | {9, 0xE9}
"""Characters by which two parts are compared: ASCII, and one letter beyond it."""
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT)
_CATEGORIES: dict[Any, Callable[[int], bool]] = {
    op.CATEGORY_DIGIT: lambda c: chr(c).isdigit(),
    op.CATEGORY_SPACE: lambda c: chr(c).isspace(),
    op.CATEGORY_WORD: lambda c: chr(c).isalnum() or c == ord("_"),
}
_NEGATED = {
    op.CATEGORY_NOT_DIGIT: op.CATEGORY_DIGIT,
    op.CATEGORY_NOT_SPACE: op.CATEGORY_SPACE,
    op.CATEGORY_NOT_WORD: op.CATEGORY_WORD,
}
Node = tuple[Any, Any]


def may_run_for_ever(pattern: str) -> bool:
    """Whether some text makes a valid pattern take time beyond measure."""
    return any(_ambiguous(body) for body in _repeated(parser.parse(pattern)))


def _repeated(nodes: Iterable[Node]) -> Iterator[list[Node]]:
    """The body of everything that is repeated many times."""
    for kind, value in nodes:
        if kind in _REPEATS and value[1] >= MANY:
            yield list(value[2])
        for inner in _inner(kind, value):
            yield from _repeated(inner)


def _inner(kind: Any, value: Any) -> list[Any]:  # noqa: ANN401 - nodes of the parser have no types
    if kind is op.SUBPATTERN:
        return [value[3]]
    if kind in _REPEATS:
        return [value[2]]
    if kind is op.BRANCH:
        return list(value[1])
    return [value[1]] if kind in (op.ASSERT, op.ASSERT_NOT) else []


def _ambiguous(body: Iterable[Node]) -> bool:
    """Whether a turn can begin at more than one place of the same text."""
    parts = list(_flat(body))
    varying = [_characters(value[2]) for kind, value in parts if kind in _REPEATS and value[0] != value[1] and value[1] > 1]
    optional = [_characters(value[2]) for kind, value in parts if kind in _REPEATS and value[0] == 0 and value[1] == 1]
    fixed = [_characters([part]) for part in parts if not (part[0] in _REPEATS and part[1][0] == 0)]
    if not fixed:
        return bool(varying or optional)
    if any(all(taken & chars for chars in fixed) for taken in varying):
        return True
    return any(kind is op.BRANCH and _overlapping(value[1]) for kind, value in parts)


def _overlapping(branches: Iterable[Iterable[Node]]) -> bool:
    """Whether two alternatives can be the same text."""
    seen: list[frozenset[int]] = []
    for branch in branches:
        parts = list(_flat(branch))
        first = _characters(parts[:1]) if len(parts) <= 1 else frozenset[int]()
        if any(first & other for other in seen) or (not parts and frozenset() in seen):
            return True
        seen.append(first)
    return False


def _flat(body: Iterable[Node]) -> Iterator[Node]:
    """The parts of a sequence, those of groups in their place; what takes no character is left out."""
    for kind, value in body:
        if kind is op.SUBPATTERN:
            yield from _flat(value[3])
        elif kind not in (op.AT, op.ASSERT, op.ASSERT_NOT):
            yield kind, value


def _characters(nodes: Iterable[Node]) -> frozenset[int]:
    """The sample characters that a part can take."""
    found: frozenset[int] = frozenset()
    for kind, value in nodes:
        if kind is op.LITERAL:
            found |= {value}
        elif kind is op.NOT_LITERAL:
            found |= SAMPLES - {value}
        elif kind is op.IN:
            found |= _set(value)
        elif kind in (op.ANY, op.GROUPREF):
            found |= SAMPLES
        else:
            for inner in _inner(kind, value):
                found |= _characters(inner)
    return found


def _set(items: list[Node]) -> frozenset[int]:
    negated = items[0][0] is op.NEGATE
    taken = frozenset(code for kind, value in items[negated:] for code in _members(kind, value))
    return SAMPLES - taken if negated else taken


def _members(kind: Any, value: Any) -> Iterable[int]:  # noqa: ANN401 - nodes of the parser have no types
    if kind is op.LITERAL:
        return (value,)
    if kind is op.RANGE:
        low, high = value
        return [code for code in SAMPLES if low <= code <= high]
    if value in _NEGATED:
        return [code for code in SAMPLES if not _CATEGORIES[_NEGATED[value]](code)]
    return [code for code in SAMPLES if _CATEGORIES[value](code)]
