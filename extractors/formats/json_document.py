"""Single values of a JSON document that stand outside its records: dates, declared totals, labels, fields of the objects around.

They may come after the records, so they are read in a run of their own, in which everything else is passed over.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from extractors.formats.json_path import lookup
from extractors.formats.json_stream import JsonReader

Path_ = tuple[str, ...]


def document(path: Path, file_name: str, wanted: Iterable[Path_], encoding: str | None = None) -> dict[Path_, object]:
    """The values at these paths of member names; a path that leads nowhere has no entry. Raises: `BadJson`, `EmptyFile`."""
    found: dict[Path_, object] = {}
    reader = JsonReader(path, file_name, encoding)
    _collect(reader, (), frozenset(wanted), found)
    reader.finish()
    return found


def _collect(reader: JsonReader, at: Path_, wanted: frozenset[Path_], found: dict[Path_, object]) -> None:
    if at in wanted:
        value = found[at] = reader.value()
        for path in wanted:
            if path[: len(at)] == at and len(path) > len(at):
                found[path] = lookup(value, ".".join(path[len(at) :]))
    elif any(path[: len(at)] == at for path in wanted) and reader.peek() == "{":
        for name in reader.members():
            _collect(reader, (*at, name), wanted, found)
    else:
        reader.skip()
