"""Which characters a part of a pattern can take, as one bit for each character that this pattern can tell apart.

Two parts that share a bit can take the same text: the question on which every judgement about a pattern's ways rests.
"""

from __future__ import annotations

from _sre import unicode_tolower  # type: ignore[import-not-found]
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from re import _constants as op  # type: ignore[attr-defined]
from re._casefix import _EXTRA_CASES  # type: ignore[import-not-found]
from typing import Any

SAMPLES = frozenset(range(32, 127)) | {9, 0xE9}
"""ASCII, and one letter beyond it; a pattern adds those that it names. No cell reaches a pattern with a line break in it."""
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
TAKES_ONE = frozenset({op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY})
"""The kinds of node that take exactly one character."""
Node = tuple[Any, Any]


class Alphabet:
    """The characters by which the parts of one pattern are compared. ``fold``: `a` takes `A` too."""

    def __init__(self, nodes: Iterable[Node], *, fold: bool) -> None:
        codes = sorted({other for code in SAMPLES.union(_named(nodes)) for other in _cases(code, fold)})
        self._cases = [_cases(code, fold) for code in codes]
        """For each bit the characters that are the same to the engine."""
        self._known: dict[str, int] = {}

    @cached_property
    def everything(self) -> int:
        """Every character."""
        return (1 << len(self._cases)) - 1

    def taken(self, node: Node) -> int:
        """What a node of `TAKES_ONE` takes."""
        name = repr(node)
        if name not in self._known:
            self._known[name] = self._taken(*node)
        return self._known[name]

    def _taken(self, kind: Any, value: Any) -> int:  # noqa: ANN401 - nodes of the parser have no types
        if kind is op.LITERAL:
            return self._bits(value.__eq__)
        if kind is op.NOT_LITERAL:
            return self.everything & ~self._bits(value.__eq__)
        return self.everything if kind is op.ANY else self._set(value)

    def kinds(self, sets: Iterable[int]) -> list[int]:
        """One character of each kind that these sets tell apart, as its bit."""
        distinct = list(dict.fromkeys(sets))
        bits = [1 << i for i in range(len(self._cases))]
        return list({tuple(bool(taken & bit) for taken in distinct): bit for bit in bits}.values())

    def _bits(self, takes: Callable[[int], bool]) -> int:
        return sum(1 << i for i, codes in enumerate(self._cases) if any(map(takes, codes)))

    def _set(self, items: list[Node]) -> int:
        negated = items[0][0] is op.NEGATE
        taken = self._bits(lambda code: any(_is_member(kind, value, code) for kind, value in items[negated:]))
        return self.everything & ~taken if negated else taken


@cache
def _cases(code: int, fold: bool) -> frozenset[int]:
    """A character and those that the engine takes for it: `i` for a dotless one, too, and each of the two small sigmas for the other."""
    if not fold:
        return frozenset({code})
    small = {unicode_tolower(code), *_EXTRA_CASES.get(unicode_tolower(code), ())}
    return frozenset({code, *small, *(ord(letter) for each in small if len(letter := chr(each).upper()) == 1)})


def _is_member(kind: Any, value: Any, code: int) -> bool:  # noqa: ANN401 - nodes of the parser have no types
    if kind is op.LITERAL:
        return bool(code == value)
    if kind is op.RANGE:
        return bool(value[0] <= code <= value[1])
    return not _CATEGORIES[_NEGATED[value]](code) if value in _NEGATED else _CATEGORIES[value](code)


def _named(node: Any) -> Iterator[int]:  # noqa: ANN401 - nodes of the parser have no types
    """Every character that a pattern names, wherever it stands in it."""
    if isinstance(node, tuple) and len(node) == 2 and node[0] in (op.LITERAL, op.NOT_LITERAL, op.RANGE):
        yield from node[1] if node[0] is op.RANGE else [node[1]]
    elif isinstance(node, (list, tuple)) or hasattr(node, "data"):
        for inner in node:
            yield from _named(inner)
