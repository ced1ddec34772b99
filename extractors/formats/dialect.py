"""Which delimiter cuts a text file into cells: the one that gives the header the contract waits for, else the steadiest one.

Counting characters is not enough: a file with ``;`` and decimal commas has as many commas as semicolons.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection

from contracts.text import normalise

DELIMITERS = (",", ";", "\t", "|")
NEVER = "\x1f"
"""Delimiter of a file of one column, whose commas are text."""
SAMPLE_BYTES = 1 << 16


def records(text: str, delimiter: str) -> list[list[str]]:
    """Text with newlines -> its records; an opening quote that is never closed spoils its own line and no other."""
    csv.field_size_limit(1 << 26)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return [_record(line, delimiter) for line in text.split("\n")[: -1 if text.endswith("\n") else None]]


def _record(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter), [])


def delimiter_of(sample: str, wanted: Collection[str] = ()) -> str:
    """The delimiter of a text, judged by its first records; ``wanted`` are normalised header names to expect.

    A tie goes to the first of `DELIMITERS`; a text that none of them cuts has one column.
    """
    found = {delimiter: _score(records(sample, delimiter), wanted) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: found[delimiter])
    hits, cuts, is_steady = found[best]
    return best if hits > 1 or (cuts and is_steady) else NEVER


def _score(rows: list[list[str]], wanted: Collection[str]) -> tuple[int, int, bool]:
    """(expected headers found, cuts made by records of the width that cuts most, whether those are at least half of all)."""
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    widths = Counter(len(row) for row in filled)
    width, count = max(widths.items(), key=lambda item: item[1] * (item[0] - 1), default=(1, 0))
    hits = max((sum(normalise(cell) in wanted for cell in row) for row in filled), default=0) if wanted else 0
    return hits, count * (width - 1), 2 * count >= len(filled)
