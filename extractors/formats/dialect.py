"""Which delimiter cuts a text file into cells: the one that gives the header the contract waits for, else the steadiest one.

Counting characters is not enough: a file with ``;`` and decimal commas may have more commas than semicolons.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection
from typing import NamedTuple

from contracts.text import normalise

DELIMITERS = (";", "\t", "|", ",")
NEVER = "\x1f"
"""Delimiter of a file of one column, whose commas are text."""
SAMPLE_BYTES = 1 << 16
STEADY = 0.9


class _Score(NamedTuple):
    """How well a delimiter cuts, the weightiest first."""

    hits: int
    """Expected headers found in one record."""
    is_steady: bool
    """Nearly every record has the same width; a comma is never so, for it also stands inside numbers and sentences."""
    cuts: int
    """Cuts made by the records of the width that cuts most."""
    share: float
    """Of the records that have this width."""


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

    A text that none of `DELIMITERS` cuts in at least half of its records has one column.
    """
    found = {delimiter: _score(records(sample, delimiter), delimiter, wanted) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: found[delimiter])
    score = found[best]
    return best if score.hits > 1 or (score.cuts and score.share >= 0.5) else NEVER


def _score(rows: list[list[str]], delimiter: str, wanted: Collection[str]) -> _Score:
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    widths = Counter(len(row) for row in filled)
    width, count = max(widths.items(), key=lambda item: item[1] * (item[0] - 1), default=(1, 0))
    hits = max((sum(normalise(cell) in wanted for cell in row) for row in filled), default=0) if wanted else 0
    share = count / len(filled) if filled else 0.0
    return _Score(hits, width > 1 and share >= STEADY and delimiter != ",", count * (width - 1), share)
