"""A stand-in contract for one that does not validate, so that its contradictions are reported together with its misspellings.

Only paths outside the damage are judged on it; it never leaves the check.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable

from contracts.explain import Flaw
from contracts.yaml_tree import Path, Plain

STAND_INS: dict[str, Plain] = {
    "title": "-",
    "write": "append",
    "type": "text",
    "kind": "inbox",
    "why": "-",
    "rule": "required",
    "where": {"-": "^$"},
    "description": "-",
}


ELEMENTS: dict[str, Plain] = {"rows": {"is": "drop", "where": {"-": "^$"}, "why": "-"}, "checks": {"rule": "required", "column": "-"}}
"""What stands in for a whole rule of no known kind, so that the others keep their places."""


def repaired(data: Plain, flaws: Iterable[Flaw]) -> Plain:
    """A copy of the data in which what is wrong is taken out and what is missing stood in for."""
    copied = copy.deepcopy(data)
    for flaw in flaws:
        _mend(copied, _whole(flaw.path))
    if isinstance(copied, dict) and not copied.get("key") and isinstance(columns := copied.get("columns"), dict) and columns:
        copied["key"] = [next(iter(columns))]
    return copied


def doubtful_columns(flaws: Iterable[Flaw]) -> set[str]:
    """Columns whose type is not known for sure."""
    return {
        str(flaw.path[1]) for flaw in flaws if flaw.path[:1] == ("columns",) and flaw.path[2:] in ((), ("type",)) and len(flaw.path) > 1
    }


def beyond(flaws: Iterable[Flaw], damage: Iterable[Flaw]) -> list[Flaw]:
    """The flaws that do not merely follow from the damage."""
    damage = list(damage)
    broken = {flaw.path[:2] if flaw.path[:1] in (("checks",), ("rows",)) else flaw.path for flaw in damage}
    if ("source", "kind") in broken:
        broken.add(("source",))  # which keys are right there hangs on the kind
    doubtful = doubtful_columns(damage)
    return [flaw for flaw in flaws if not any(flaw.path[: len(path)] == path for path in broken) and not doubtful & set(flaw.about)]


def _whole(path: Path) -> Path:
    """Lists lose all their elements or none: taking one out would shift the places of the others. A rule has a stand-in."""
    return path[:-1] if path and isinstance(path[-1], int) and path[:-1] not in {(name,) for name in ELEMENTS} else path


def _mend(data: Plain, path: Path) -> None:
    if not path:
        return
    owner = data
    for step in path[:-1]:
        if isinstance(owner, dict) and step in owner:
            owner = owner[str(step)]
        elif isinstance(owner, list) and isinstance(step, int) and step < len(owner):
            owner = owner[step]
        else:
            return
    if isinstance(owner, list) and isinstance(path[-1], int) and path[-1] < len(owner):
        owner[path[-1]] = copy.deepcopy(ELEMENTS[str(path[0])])
    if isinstance(owner, dict):
        owner.pop(str(path[-1]), None)
        if path[-1] in STAND_INS and (len(path) > 1 or path[-1] in ("title", "write")):
            owner[str(path[-1])] = copy.deepcopy(STAND_INS[str(path[-1])])
