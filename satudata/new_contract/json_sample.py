"""A JSON document cut down to what a survey can hold: long arrays and objects keep their first members, the shape stays."""

from __future__ import annotations

from pathlib import Path

from extractors.formats.json_stream import JsonReader
from satudata.new_contract.sample import LAST_ROWS, MOST_ROWS

DEEPEST = 5
"""Levels that are walked one by one; what lies deeper is small and read whole."""


def json_sample(path: Path, file_name: str) -> object:
    """The document with at most `MOST_ROWS` (and the last `LAST_ROWS`) members per array. Raises: `BadJson`, `EmptyFile`."""
    reader = JsonReader(path, file_name)
    value = _taken(reader, DEEPEST)
    reader.finish()
    return value


def _taken(reader: JsonReader, depth: int) -> object:
    sign = reader.peek()
    if depth and sign == "[":
        return _elements(reader, depth - 1)
    if depth and sign == "{":
        found: dict[str, object] = {}
        for name in reader.members():
            if len(found) < MOST_ROWS:
                found[name] = _taken(reader, depth - 1)
            else:
                reader.skip()
        return found
    return reader.value()


def _elements(reader: JsonReader, depth: int) -> list[object]:
    first: list[object] = []
    last: list[object] = []
    for _ in reader.elements():
        if len(first) < MOST_ROWS:
            first.append(_taken(reader, depth))
        else:
            last.append(reader.value())
            del last[:-LAST_ROWS]
    return first + last
