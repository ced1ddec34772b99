"""JSON documents -> records, streamed at the first branching step of ``records:`` so that memory stays flat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from contracts.errors import RecordsNotFound
from extractors.formats.json_document import document
from extractors.formats.json_fields import field_names, named
from extractors.formats.json_path import UP, Place, Record, Step, below, expand, fixed, lookup, parse_path, reached, records
from extractors.formats.json_stream import JsonReader

MOST_NAMED = 10
"""Members of an object that an error names."""


@dataclass(frozen=True)
class JsonSource:
    """What a contract wants of its JSON documents."""

    path: tuple[Step, ...]
    labels: Mapping[str, tuple[Step, ...]]
    fields: tuple[str, ...] = ()
    """The way to the names of records that are arrays; empty where records are objects."""
    up: frozenset[str] = frozenset()
    """Fields of the enclosing objects, as ``up.nama`` or ``up.up.nama``."""

    @classmethod
    def of(cls, path: str, labels: Mapping[str, str], names: Iterable[str], fields: str | None = None) -> JsonSource:
        """``names``: every header the contract asks for."""
        up = frozenset(name for name in names if name.startswith(UP))
        steps = {name: parse_path(text) for name, text in labels.items()}
        return cls(parse_path(path), steps, tuple(fields.split(".")) if fields else (), up)

    @cached_property
    def start(self) -> tuple[str, ...]:
        """The names on the way to the first branch."""
        return fixed(self.path)

    @cached_property
    def branch(self) -> Step | None:
        """The step at which the records are streamed; None where the path leads to a single leaf."""
        return self.path[len(self.start)] if len(self.path) > len(self.start) else None

    @cached_property
    def tail(self) -> tuple[Step, ...]:
        """The steps after the branch."""
        return self.path[len(self.start) + 1 :]

    def records(self, file: Path, file_name: str, encoding: str | None = None) -> Iterator[tuple[Record, str]]:
        """The records of one document with their paths.

        Raises: `BadJson`, `EmptyFile`, `UnequalLengths`; `RecordsNotFound` where the document has no such path.
        """
        outer = {**{name: fixed(steps) for name, steps in self.labels.items() if not self._is_inside(steps)}, **self._outer_fields()}
        around = document(file, file_name, outer.values(), encoding) if outer else {}
        names = (
            field_names(document(file, file_name, [self.fields], encoding).get(self.fields), file_name, self.fields) if self.fields else ()
        )
        reader = JsonReader(file, file_name, encoding)
        walk = _Walk(self, reader, file_name, {name: around.get(path) for name, path in outer.items()}, names)
        yield from walk.down(self.start, "")
        reader.finish()
        if not walk.arrived:
            raise RecordsNotFound(file_name, ".".join(step.name for step in self.path), tuple(dict.fromkeys(walk.passed)))

    def _is_inside(self, label: tuple[Step, ...]) -> bool:
        """Whether a label stands in the same streamed element as the records."""
        length = len(self.start) + 1
        return self.branch is not None and self.branch.binds is not None and label[:length] == self.path[:length]

    def _outer_fields(self) -> dict[str, tuple[str, ...]]:
        """Path of each ``up.`` field that stands outside the streamed element."""
        within = sum(not step.every for step in self.tail)
        outside = len(self.start) + (self.branch is not None and self.branch.binds is not None)
        levels = {name: outside + within - _levels(name) for name in self.up if _levels(name) > within}
        return {name: (*self.start[:level], *_field(name).split(".")) for name, level in levels.items() if level >= 0}


def _levels(name: str) -> int:
    return (len(name) - len(_field(name))) // len(UP)


def _field(name: str) -> str:
    while name.startswith(UP):
        name = name.removeprefix(UP)
    return name


class _Walk:
    """One run through a document."""

    def __init__(self, source: JsonSource, reader: JsonReader, file_name: str, outer: Mapping[str, object], names: Sequence[str]) -> None:
        self._names = names
        self._source, self._reader, self._file_name, self._outer = source, reader, file_name, outer
        self._above = {name: outer[name] for name in source.up if name in outer}
        self.arrived = False
        self.passed: list[str] = []

    def down(self, names: tuple[str, ...], path: str) -> Iterator[tuple[Record, str]]:
        """Along the names to the branch; what stands beside them is passed over."""
        if not names:
            yield from self._at_branch(path)
        elif self._reader.peek() != "{":
            self._reader.skip()
        else:
            for name in self._reader.members():
                if name == names[0]:
                    yield from self.down(names[1:], below(path, name))
                else:
                    self.passed.append(name)
                    self._reader.skip()

    def _at_branch(self, path: str) -> Iterator[tuple[Record, str]]:
        branch, reader = self._source.branch, self._reader
        opening = reader.peek()
        self.arrived = True
        if branch is None and (opening != "[" or self._source.labels):
            yield from self._leaf(reader.value(), Place({}, path), None)
        elif opening == "[" and (branch is None or branch.every):
            is_flat = not self._source.tail and not self._source.up
            for position in reader.elements():
                element, at = reader.value(), f"{path}[{position}]"
                if is_flat and isinstance(element, dict):
                    yield element, at
                else:
                    yield from self._element(element, Place({}, at))
        elif opening == "{" and branch is not None and branch.binds is not None:
            for name in reader.members():
                yield from self._element(reader.value(), Place({branch.binds: name}, below(path, name)))
        else:  # null, or an empty array where PHP means an empty object
            value = reader.value()
            self.arrived = not value
            self.passed += list(value)[:MOST_NAMED] if isinstance(value, dict) else []

    def _element(self, element: object, place: Place) -> Iterator[tuple[Record, str]]:
        for leaf, at in expand(element, self._source.tail, place):
            yield from self._leaf(leaf, at, element)

    def _leaf(self, leaf: object, place: Place, element: object) -> Iterator[tuple[Record, str]]:
        if self._names:
            leaf = named(leaf, place, self._names, self._file_name)
        labels = {name: self._label(name, steps, place, element) for name, steps in self._source.labels.items()}
        above = {**self._above, **{name: self._enclosing(name, place) for name in self._source.up if name not in self._above}}
        for fields, path in records(leaf, place, labels, self._file_name):
            yield ({**fields, **above} if above else fields), path

    def _label(self, name: str, steps: tuple[Step, ...], place: Place, element: object) -> object:
        if name in self._outer:
            return reached(self._outer[name], steps[len(fixed(steps)) :], place.keys)
        return reached(element, steps[len(self._source.start) + 1 :], place.keys)

    def _enclosing(self, name: str, place: Place) -> object:
        levels = _levels(name)
        return lookup(place.around[-levels], _field(name)) if levels <= len(place.around) else None
