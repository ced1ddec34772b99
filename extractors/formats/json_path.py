"""The path language of ``records:`` over JSON values: ``name`` | ``*`` each element | ``{x}`` each member, its key known as x.

What a path leads to is a leaf: an object is a record, a scalar is a record with one field `value`, an array is one record per element.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from contracts.errors import UnequalLengths

VALUE = "value"
UP = "up."
Record = dict[str, object]


@dataclass(frozen=True)
class Step:
    """One step of a path: a member's name, or every element, or every member with its key as ``binds``."""

    name: str
    every: bool = False
    binds: str | None = None


@dataclass(frozen=True)
class Place:
    """How a value was reached: keys bound on the way, the path as text, and the objects around it, the nearest last."""

    keys: Mapping[str, str]
    path: str
    around: tuple[Mapping[str, object], ...] = ()


def parse_path(text: str) -> tuple[Step, ...]:
    """``commodities.{komoditas}.prices.{tanggal}`` -> its steps."""
    return tuple(_step(part.strip()) for part in text.split("."))


def _step(part: str) -> Step:
    if part == "*":
        return Step(part, every=True)
    return Step(part, binds=part[1:-1]) if part.startswith("{") and part.endswith("}") else Step(part)


def fixed(steps: tuple[Step, ...]) -> tuple[str, ...]:
    """The names before the first step that branches."""
    names: list[str] = []
    for step in steps:
        if step.every or step.binds is not None:
            break
        names.append(step.name)
    return tuple(names)


def below(path: str, name: str) -> str:
    """A path one member further."""
    return f"{path}.{name}" if path else name


def expand(value: object, steps: tuple[Step, ...], place: Place) -> Iterator[tuple[object, Place]]:
    """The leaves that the rest of a path leads to; where a value has no such member it leads nowhere."""
    if not steps:
        yield value, place
        return
    step, rest = steps[0], steps[1:]
    if step.every and isinstance(value, list):
        for position, element in enumerate(value, 1):
            yield from expand(element, rest, Place(place.keys, f"{place.path}[{position}]", place.around))
    elif isinstance(value, dict) and not step.every:
        for name in (step.name,) if step.binds is None else value:
            if name in value:
                keys = place.keys if step.binds is None else {**place.keys, step.binds: name}
                yield from expand(value[name], rest, Place(keys, below(place.path, name), (*place.around, value)))


def lookup(value: object, name: str) -> object:
    """A field by its name, or by a dotted path through objects; None where there is none."""
    if not isinstance(value, Mapping):
        return None
    if name in value:
        return value[name]
    head, _, rest = name.partition(".")
    return lookup(value.get(head), rest) if rest else None


def reached(value: object, steps: tuple[Step, ...], keys: Mapping[str, str]) -> object:
    """The one value a path leads to when its keys are those already bound; None where it leads nowhere."""
    for step in steps:
        value = value.get(keys.get(step.binds, "") if step.binds else step.name) if isinstance(value, Mapping) else None
    return value


def records(leaf: object, place: Place, labels: Mapping[str, object], file_name: str) -> Iterator[tuple[Record, str]]:
    """The records of a leaf, each with its path. ``labels``: name -> the array that stands beside the leaf's own.

    Raises: `UnequalLengths` where values and labels cannot be paired.
    """
    if not isinstance(leaf, list):
        yield record(leaf, place.keys), place.path
        return
    arrays = {name: array for name, array in labels.items() if isinstance(array, list)}
    for name, array in arrays.items():
        if len(array) != len(leaf):
            raise UnequalLengths(file_name, f"{place.path} ({name})", (len(leaf), len(array)))
    for position, element in enumerate(leaf):
        own = {name: array[position] for name, array in arrays.items()}
        yield {**record(element, place.keys), **own}, f"{place.path}[{position + 1}]"


def record(value: object, keys: Mapping[str, str]) -> Record:
    """A leaf as fields, with the keys bound on the way to it."""
    fields = value if isinstance(value, dict) else {VALUE: value}
    return {**fields, **keys} if keys else fields
