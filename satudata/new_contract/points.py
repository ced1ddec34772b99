"""Points of GeoJSON: one array of two figures, longitude first (RFC 7946, 3.1.1), becomes two columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from satudata.new_contract.column_names import free
from satudata.new_contract.draft import ColumnDraft
from satudata.new_contract.sample import Column

COORDINATES = "coordinates"
"""What GeoJSON calls the member."""
_POINT = re.compile(r"\[-?\d+(?:\.\d+)?, -?\d+(?:\.\d+)?(?:, -?\d+(?:\.\d+)?)?\]")
_PLACES = {"longitude": r"^\[([^,]+),", "latitude": r"^\[[^,]+, ([^,\]]+)"}


def is_point(name: str, value: object) -> bool:
    """Whether a member of a geometry is the place of a point."""
    return name == COORDINATES and isinstance(value, list) and len(value) in (2, 3) and not any(isinstance(each, list) for each in value)


def split_points(columns: list[ColumnDraft], data: Sequence[Column]) -> None:
    """Put longitude and latitude in place of each column of points."""
    points = {column.header for column in data if column.filled and all(map(_POINT.fullmatch, column.filled))}
    for column in [each for each in columns if each.header in points]:
        at, names = columns.index(column), {each.name for each in columns}
        columns[at : at + 1] = [
            ColumnDraft(free(kind, names), {"from": column.header, "type": kind, "extract": pattern, "numbers": "plain"}, "", column.header)
            for kind, pattern in _PLACES.items()
        ]
