"""What paging needs to know of one page, and no more: how many records it has, whether they are the same as before, what it declares."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from extractors.formats.json_path import Step, parse_path
from extractors.formats.json_stream import JsonReader

Wanted = Mapping[tuple[str, ...], str]
"""Steps that are left -> the path they began as."""


@dataclass(frozen=True)
class PageFacts:
    """One page of a paged source."""

    records: int
    digest: str
    """Of the records alone, in any order: a page that only echoes another number is the same page."""
    declared: Mapping[str, object] = field(default_factory=dict)
    """JSON path -> what stands there; a path that leads nowhere is absent."""
    top: tuple[str, ...] = ()
    """Names at the top of the document, for whoever has to find the right path."""
    next_url: str | None = None
    """The link to the next page, where the page itself is read for one."""


def page_facts(path: Path, file_name: str, records: str | None, wanted: Iterable[str] = ()) -> PageFacts:
    """Read a page once, record by record. `records` None: the elements of a list, else the whole document.

    Raises: `BadJson`, `EmptyFile`.
    """
    scan = _Scan(JsonReader(path, file_name))
    steps = parse_path(records or "*") if records or scan.reader.peek() == "[" else ()
    scan.down(steps, {tuple(path.split(".")): path for path in wanted})
    scan.reader.finish()
    return PageFacts(scan.records, f"{scan.digest:x}", scan.declared, tuple(scan.top))


def declared(path: Path, file_name: str, wanted: Iterable[str]) -> Mapping[str, object]:
    """What stands at these JSON paths of a document; a path that leads nowhere is absent. Raises: `BadJson`, `EmptyFile`."""
    scan = _Scan(JsonReader(path, file_name))
    scan.down(None, {tuple(name.split(".")): name for name in wanted})
    return scan.declared


class _Scan:
    """One walk over a document along the paths that are asked for; everything beside them is passed over."""

    def __init__(self, reader: JsonReader) -> None:
        self.reader, self.records, self.digest = reader, 0, 0
        self.declared: dict[str, object] = {}
        self.top: list[str] = []
        self._depth = 0

    def down(self, steps: tuple[Step, ...] | None, wanted: Wanted) -> None:
        """Take the next value; `steps` None: no record lies below it."""
        if steps == ():
            self._take()
        elif () in wanted:
            self.declared[wanted[()]] = self.reader.value()
        elif steps is None and not wanted:
            self.reader.skip()
        else:
            self._into(steps, wanted)

    def _into(self, steps: tuple[Step, ...] | None, wanted: Wanted) -> None:
        step = steps[0] if steps else None
        sign = self.reader.peek()
        if sign == "{":
            self._depth += 1
            for key in self.reader.members():
                self.top += [key] if self._depth == 1 else []
                leads = step is not None and not step.every and (step.binds is not None or step.name == key)
                self.down(steps[1:] if steps and leads else None, {path[1:]: name for path, name in wanted.items() if path[0] == key})
            self._depth -= 1
        elif sign == "[" and steps and step is not None and step.every:
            for _ in self.reader.elements():
                self.down(steps[1:], {})
        else:
            self.reader.skip()

    def _take(self) -> None:
        """A leaf of `records`: an array is one record per element, as the parser reads it."""
        if self.reader.peek() == "[":
            for _ in self.reader.elements():
                self._count()
        else:
            self._count()

    def _count(self) -> None:
        self.records += 1
        record = hashlib.sha256(repr(self.reader.value()).encode("utf-8", errors="backslashreplace"))
        self.digest += int.from_bytes(record.digest())
