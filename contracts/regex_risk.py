"""Whether a pattern can run for ever: an expression that can split one text in many ways tries them all before it says no.

Python's engine has no time limit, so one such pattern and one long cell stop a run. Judged on the pattern's graph: if a text that repeats
something leads from a place back to itself in two ways, the ways double with each turn, as in ``(a|aa)+``; if it stays at one place, or
moves on to another that takes it as well, they grow with a power of its length, as in ``a*a*a*b``. A little of the second is normal, as
every search begins anywhere: such a pattern is let through, and is not run on a text so long that it would take more than `MOST_STEPS`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from contracts.pattern_characters import Alphabet, Node
from contracts.pattern_graph import Graph, TooManyWays
from contracts.pattern_paths import Paths

LONG_ENOUGH = 150
"""Characters that a pattern must be able to read: hardly a cell has more."""
MOST_STEPS = 4e6
"""Some tenths of a second."""


def may_run_for_ever(pattern: str, *, fold: bool = True) -> bool:
    """Whether a cell of usual length can make a valid pattern take time beyond measure. ``fold``: it is run without regard to case."""
    return longest_text(pattern, fold=fold) < LONG_ENOUGH


@lru_cache(maxsize=4_096)
def longest_text(pattern: str, *, fold: bool = True) -> int:
    """The length of the longest text that a valid pattern reads in `MOST_STEPS`, whatever stands in it; 0 if there is no telling."""
    nodes = parser.parse(pattern)
    try:
        links = _links(nodes, Alphabet(nodes, fold=fold))
    except TooManyWays:
        return 0
    # So many characters can be split at so many places in (length / (links + 1)) ** (links + 1) ways.
    return sys.maxsize if not links else int((links + 1) * MOST_STEPS ** (1 / (links + 1)))


def _links(nodes: Iterable[Node], alphabet: Alphabet) -> int:
    """How many choices of a place in the text can follow each other, those of look-arounds behind those of the pattern."""
    graph = Graph(nodes, alphabet)
    return Paths(graph, alphabet, is_anchored=_is_anchored(nodes)).links() + sum(_links(look, alphabet) for look in graph.looks)


def _is_anchored(nodes: Iterable[Node]) -> bool:
    """Whether it can only begin where the text does."""
    for kind, value in _flat(nodes):
        if kind is op.BRANCH:
            return all(map(_is_anchored, value[1]))
        return kind is op.AT and value in (op.AT_BEGINNING, op.AT_BEGINNING_STRING)
    return False


def _flat(nodes: Iterable[Any]) -> Iterator[Any]:
    """The parts of a sequence, those of groups in their place."""
    for kind, value in nodes:
        if kind is op.SUBPATTERN:
            yield from _flat(value[3])
        else:
            yield kind, value
