"""How many paths one text can have through a pattern's graph: the choices that an engine tries one after the other before it gives up.

A place from which every text is taken is left at once, in success; it is reached once, so no path beyond it counts twice. What is left of
the graph is searched for a text that leads from one place back to it in two ways (no end), and for chains of places such that a text stays
at the one, stays at the next and leads from this to that: each link of a chain multiplies the paths by the length of the text.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TypeVar

from contracts.pattern_characters import Alphabet
from contracts.pattern_graph import AT_END, FREE, START, Graph, TooManyWays

MOST_STATES = 100_000
TRIED_LENGTH, MOST_TRIED = 60, 1_000_000
"""A text of one character repeated: so many characters, and so many paths at most. A power that is let through has fewer."""
State = TypeVar("State")


class Paths:
    """The paths of a graph that are not sure to succeed."""

    def __init__(self, graph: Graph, alphabet: Alphabet, *, is_anchored: bool) -> None:
        self._taken = graph.taken
        self._alphabet = alphabet
        self._ways = _unsure(graph, is_anchored=is_anchored)
        self._reached = _closure(self._ways)
        self._states = 0

    def links(self) -> int:
        """The most links of a chain: choices of a place in the text that follow each other. Raises TooManyWays where there is no end."""
        parts = self._turning()
        if any(map(self._has_two_ways, parts)) or self._most_paths() > MOST_TRIED:
            raise TooManyWays
        links = [(i, j) for i, a in enumerate(parts) for j, b in enumerate(parts) if i != j and self._is_link(a, b)]

        @cache
        def onward(i: int) -> int:
            return max((1 + onward(b) for a, b in links if a == i or self._leads(parts[i], parts[a])), default=0)

        return max(map(onward, range(len(parts))), default=0)

    def _leads(self, a: frozenset[int], b: frozenset[int]) -> bool:
        return bool(self._reached[min(a)] >> min(b) & 1)

    def _turning(self) -> list[frozenset[int]]:
        """The sets of places between which a text can turn for ever."""
        found = {}
        for place in self._ways:
            if self._reached[place] >> place & 1:
                found[place] = frozenset(o for o in self._ways if self._reached[place] >> o & 1 and self._reached[o] >> place & 1)
        return list(dict.fromkeys(found.values()))

    def _next(self, *places: int) -> Iterator[tuple[int, ...]]:
        """Where one and the same character leads from each of these places."""
        found: list[tuple[tuple[int, ...], int]] = [((), self._alphabet.everything)]
        for place in places:
            found = [((*so_far, to), both) for so_far, taken in found for to in self._ways[place] if (both := taken & self._taken[to])]
        self._states += len(found)
        if self._states > MOST_STATES:
            raise TooManyWays
        return (so_far for so_far, _ in found)

    def _has_two_ways(self, part: frozenset[int]) -> bool:
        """Whether some text leads from a place of this set back to it by two paths."""
        if any(count > 1 for place in part for to, count in self._ways[place].items() if to in part):
            return True
        back: dict[tuple[int, ...], set[tuple[int, ...]]] = {}
        waiting: deque[tuple[int, ...]] = deque((place, place) for place in part)
        known = set(waiting)
        while waiting:
            pair = waiting.popleft()
            for to in self._next(*pair):
                if part.issuperset(to):
                    back.setdefault(to, set()).add(pair)
                    if to not in known:
                        known.add(to)
                        waiting.append(to)
        return any(pair[0] != pair[1] for pair in _led_from(((place, place) for place in part), back))

    def _is_link(self, a: frozenset[int], b: frozenset[int]) -> bool:
        """Whether some text stays in `a`, stays in `b` and leads from `a` to `b`."""
        return self._leads(a, b) and any(self._meet(start, end, a, b) for start in a for end in b)

    def _meet(self, start: int, end: int, a: frozenset[int], b: frozenset[int]) -> bool:
        first, wanted = (start, start, end), (start, end, end)
        known: set[tuple[int, ...]] = {first}
        waiting: deque[tuple[int, ...]] = deque(known)
        while waiting:
            for to in self._next(*waiting.popleft()):
                if to == wanted:
                    return True
                if to[0] in a and to[2] in b and to not in known and self._reached[to[1]] >> end & 1:
                    known.add(to)
                    waiting.append(to)
        return False

    def _most_paths(self) -> int:
        """The most paths that a text of one character repeated has: those of ``a?a?a?...`` grow without any turn."""
        return max(map(self._paths, self._alphabet.kinds(self._taken)), default=0)

    def _paths(self, bit: int) -> int:
        most, here = 1, {START: 1}
        for _ in range(TRIED_LENGTH):
            there: dict[int, int] = {}
            for place, paths in here.items():
                for to, count in self._ways[place].items():
                    if self._taken[to] & bit:
                        there[to] = there.get(to, 0) + paths * count
            here = there
            most = max(most, sum(here.values()))
        return most


def _unsure(graph: Graph, *, is_anchored: bool) -> dict[int, dict[int, int]]:
    """The ways to places that may fail. `START` stands for all places that succeed, too: each is reached once for each character."""
    sure = _sure(graph)
    behind = {to: 1 for place in sure for to in graph.ways[place] if to not in sure}
    ways = {place: {to: n for to, n in tos.items() if to not in sure} for place, tos in enumerate(graph.ways) if place not in sure}
    again = {START: 1} if behind or not is_anchored else {}
    ways[START] = {**behind, **ways[START], **again}
    return {place: ways[place] for place in _led_from([START], ways)}


def _sure(graph: Graph) -> set[int]:
    """The places from which every text is taken."""
    everything, last = graph.taken[START], graph.whole.last
    sure = {place for place, asked in last.items() if asked in (FREE, AT_END)}
    while True:
        failing = {p for p in sure if last[p] != FREE and _union(graph, p, sure) != everything}
        if not failing:
            return sure
        sure -= failing


def _union(graph: Graph, place: int, sure: set[int]) -> int:
    """What is taken by the places among these that follow without condition."""
    taken = 0
    for to in graph.ways[place]:
        if to in sure and graph.asked[place, to] == FREE:
            taken |= graph.taken[to]
    return taken


def _closure(ways: dict[int, dict[int, int]]) -> dict[int, int]:
    """For each place a bit for each place that it leads to, in one step or more."""
    return {place: sum(1 << to for to in _led_from(tos, ways)) for place, tos in ways.items()}


def _led_from(starts: Iterable[State], ways: Mapping[State, Iterable[State]]) -> set[State]:
    """The states that these lead to, themselves among them."""
    found = set(starts)
    waiting = list(found)
    while waiting:
        new = set(ways.get(waiting.pop(), ())) - found
        found |= new
        waiting.extend(new)
    return found
