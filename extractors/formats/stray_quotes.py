"""Text -> its records, where a quote that nobody closed, or a second stray one, swallows no row but spoils its own line.

Such a line is read by itself and set aside; the rows between two of them are read as they stand. What is told is the line, so that its
publisher finds it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import NamedTuple

from extractors.doubts import CLOSES, OPENS
from extractors.formats.row_shape import RowShape


class Records(NamedTuple):
    """Some records, beside each why it is not to be trusted (None: it is), and the shape of most."""

    rows: list[list[str]]
    doubts: list[str | None]
    shape: RowShape


def records_and_doubts(text: str, delimiter: str, before: RowShape | None = None) -> Records:
    """The records of whole lines; ``before``: the shape of those before them."""
    csv.field_size_limit(1 << 26)
    lines = text.split("\n")[: -1 if text.endswith("\n") else None]
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return _line_by_line(lines, RowShape.of([_alone(line, delimiter)[0] for line in lines], delimiter, before))
    shape = RowShape.of(rows, delimiter, before)
    if len(rows) < len(lines) and any(map(shape.is_in, rows)):
        return _line_by_line(lines, shape)
    return Records(rows, [None] * len(rows), shape)


def _line_by_line(lines: list[str], shape: RowShape) -> Records:
    rows: list[list[str]] = []
    doubts: list[str | None] = []
    at, closing = 0, -1
    while at < len(lines):
        row, taken = _record(lines, at, shape.delimiter)
        doubt = CLOSES if at == closing else None
        if row is None or (taken > 1 and shape.is_in(row)):
            closing = closing if row is None else at + taken - 1
            (row, is_open), taken = _alone(lines[at], shape.delimiter), 1
            doubt = OPENS if is_open else doubt
        rows.append(row)
        doubts.append(doubt)
        at += taken
    return Records(rows, doubts, shape)


def _record(lines: list[str], at: int, delimiter: str) -> tuple[list[str] | None, int]:
    """The record that begins with a line, and of how many lines it is; None where its quotes are not those of a record."""
    reader = csv.reader(_fed(lines, at), delimiter=delimiter, strict=True)
    try:
        return next(reader, []), reader.line_num
    except csv.Error:
        return None, 1


def _alone(line: str, delimiter: str) -> tuple[list[str], bool]:
    """The cells of one line, and whether a quote is open at its end."""
    reader = csv.reader([f"{line}\n", ""], delimiter=delimiter)
    row = next(reader, [])
    return ([*row[:-1], row[-1].removesuffix("\n")], True) if reader.line_num > 1 else (row, False)


def _fed(lines: list[str], at: int) -> Iterator[str]:
    return (f"{lines[i]}\n" for i in range(at, len(lines)))
