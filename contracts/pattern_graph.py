"""A pattern as the graph that an engine walks: a place for each part that takes a character, and the ways from place to place.

A pattern that can take one text in many ways has many paths for that text; `contracts/regex_risk.py` looks for them here. Bounds are only
approximated where they are high: ``a{3,200}`` is walked as ``a+``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from re import _constants as op  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from contracts.pattern_characters import TAKES_ONE, Alphabet, Node

MANY = 10
"""From so many turns on the number of ways grows out of reach."""
MOST_COPIES = 40
"""So many turns are written out one by one where their number is fixed."""
MOST_PLACES = 600
FREE, AT_END, CONDITION = 0, 1, 2
"""What a way between two places asks for: nothing, the end of the text, or something else around it."""
START = 0
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)


class TooManyWays(Exception):
    """The pattern has more places, or more ways between them, than anyone needs or we want to walk."""


class Part(NamedTuple):
    """A piece of the graph: by which places it begins and ends, and what is asked for there; `empty`: what it asks for to be nothing."""

    first: dict[int, int]
    last: dict[int, int]
    empty: int | None


class Graph:
    """The graph of a parsed pattern. Raises TooManyWays where it is too large."""

    def __init__(self, nodes: Iterable[Node], alphabet: Alphabet) -> None:
        self._alphabet = alphabet
        self.taken: list[int] = [alphabet.everything]
        """What each place takes; that of `START` is what a search skips before it begins."""
        self.ways: list[dict[int, int]] = [{}]
        """From each place the next ones, and in how many ways."""
        self.asked: dict[tuple[int, int], int] = {}
        self._turning = 0
        self._empty_twice = 0
        self.looks: list[Any] = []
        """The patterns inside its look-arounds: they are searched on their own."""
        self.whole = self._sequence(nodes)
        for place, asked in self.whole.first.items():
            self._way(START, place, asked)

    def _place(self, taken: int) -> Part:
        if len(self.taken) > MOST_PLACES:
            raise TooManyWays
        self.taken.append(taken)
        self.ways.append({})
        place = len(self.taken) - 1
        return Part({place: FREE}, {place: FREE}, None)

    def _way(self, place: int, to: int, asked: int) -> None:
        self.ways[place][to] = self.ways[place].get(to, 0) + 1
        self.asked[place, to] = min(asked, self.asked.get((place, to), CONDITION))

    def _sequence(self, nodes: Iterable[Node]) -> Part:
        return reduce(self._joined, (self._node(kind, value) for kind, value in nodes), Part({}, {}, FREE))

    def _node(self, kind: Any, value: Any) -> Part:  # noqa: ANN401 - nodes of the parser have no types
        if kind in TAKES_ONE:
            return self._place(self._alphabet.taken((kind, value)))
        if kind in _REPEATS:
            return self._repeated(*value)
        if kind in (op.SUBPATTERN, op.ATOMIC_GROUP):
            return self._sequence(value[3] if kind is op.SUBPATTERN else value)
        if kind in (op.BRANCH, op.GROUPREF_EXISTS):
            return self._either([self._sequence(branch or ()) for branch in (value[1] if kind is op.BRANCH else value[1:])])
        if kind is op.GROUPREF:
            return _optional(self._looped(self._place(self._alphabet.everything)))
        if kind in (op.ASSERT, op.ASSERT_NOT):
            self.looks.append(value[1])
        return Part({}, {}, AT_END if kind is op.AT and value in (op.AT_END, op.AT_END_STRING) else CONDITION)

    def _joined(self, before: Part, behind: Part) -> Part:
        for place, left in before.last.items():
            for to, right in behind.first.items():
                self._way(place, to, max(left, right))
        first = before.first | _passed(behind.first, before.empty)
        last = behind.last | _passed(before.last, behind.empty)
        empty = None if before.empty is None or behind.empty is None else max(before.empty, behind.empty)
        return Part(first, last, empty)

    def _repeated(self, lowest: int, highest: int, body: Any) -> Part:  # noqa: ANN401 - nodes of the parser have no types
        self._turning += (turns_often := highest >= MANY)
        part = self._turns(lowest, highest, body)
        self._turning -= turns_often
        return part

    def _turns(self, lowest: int, highest: int, body: Any) -> Part:  # noqa: ANN401 - nodes of the parser have no types
        can_be_nothing = body.getwidth()[0] == 0
        written = lowest if lowest <= MOST_COPIES and not (can_be_nothing and lowest >= MANY) else 1
        turns = [self._sequence(body) for _ in range(written)]
        if written < lowest or highest - lowest >= MANY:
            turns.append(self._looped(turns.pop() if turns else self._sequence(body)))
            if can_be_nothing and lowest >= MANY:
                # Each of the turns may be the one that is nothing: as many ways as if a turn led to the next twice.
                self._looped(turns[-1])
            return reduce(self._joined, turns) if lowest else _optional(turns[-1])
        return reduce(self._joined, [*turns, *self._options(body, highest - lowest)], Part({}, {}, FREE))

    def _options(self, body: Any, times: int) -> Iterator[Part]:  # noqa: ANN401 - nodes of the parser have no types
        """``x{0,3}`` as ``(x(x(x)?)?)?``: one way for each number of turns."""
        if times:
            yield _optional(reduce(self._joined, [self._sequence(body), *self._options(body, times - 1)]))

    def _looped(self, part: Part) -> Part:
        for place, left in part.last.items():
            for to, right in part.first.items():
                self._way(place, to, max(left, right))
        return part

    def _either(self, parts: list[Part]) -> Part:
        """Two alternatives that are nothing, as are left of ``(a|a)``, double the ways without any place that shows it."""
        self._empty_twice += (sum(part.empty is not None for part in parts) > 1) * (MANY if self._turning else 1)
        if self._empty_twice >= MANY:
            raise TooManyWays
        return _merged(parts)


def _merged(parts: list[Part]) -> Part:
    empty = [part.empty for part in parts if part.empty is not None]
    first = {place: asked for part in parts for place, asked in part.first.items()}
    last = {place: asked for part in parts for place, asked in part.last.items()}
    return Part(first, last, min(empty) if empty else None)


def _optional(part: Part) -> Part:
    return part._replace(empty=FREE)


def _passed(places: dict[int, int], empty: int | None) -> dict[int, int]:
    """These places as seen through a part that may be nothing."""
    return {} if empty is None else {place: max(asked, empty) for place, asked in places.items()}
