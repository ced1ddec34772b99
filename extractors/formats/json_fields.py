"""Records that are arrays: their names stand once, in a list beside them, as spreadsheets and query tools export tables to JSON."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.errors import RecordsNotFound, UnequalLengths
from extractors.formats.json_path import Place, Record

NAMING = ("name", "nama", "field", "id", "key", "data", "label", "title")
"""Members by which an object in such a list may give the name, the first that is there."""


def is_names(values: Sequence[object]) -> bool:
    """Whether a list names something: different texts, or objects that have a name each."""
    names = [_name(value) for value in values]
    return bool(names) and None not in names and len(set(names)) == len(names)


def field_names(value: object, file_name: str, path: Sequence[str]) -> tuple[str, ...]:
    """The names in such a list. Raises: `RecordsNotFound` where the path leads to no list of names."""
    if not isinstance(value, list) or not is_names(value):
        raise RecordsNotFound(file_name, ".".join(path), ())
    return tuple(str(_name(each)) for each in value)


def named(leaf: object, place: Place, names: Sequence[str], file_name: str) -> object:
    """An array as a record with these names; anything else as it is. Raises: `UnequalLengths`."""
    if not isinstance(leaf, list):
        return leaf
    if len(leaf) != len(names):
        raise UnequalLengths(file_name, place.path, (len(names), len(leaf)))
    found: Record = dict(zip(names, leaf, strict=True))
    return found


def _name(value: object) -> str | None:
    if isinstance(value, dict):
        value = next((value[key] for key in NAMING if isinstance(value.get(key), str)), None)
    return value if isinstance(value, str) and value.strip() else None
