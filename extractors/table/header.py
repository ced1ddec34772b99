"""One to several rows of a sheet -> one header per column: levels joined, merged cells repeated, equal neighbours once."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.text import as_stored, normalise
from extractors.grid import Merge

BETWEEN = " > "


def headers_of(rows: Sequence[Sequence[str | None]], numbers: Sequence[int], merges: dict[int, list[Merge]]) -> list[str]:
    """The headers of a run of rows; ``merges`` are the merged cells by their first row. Blank where no level has a text."""
    width = max(map(len, rows), default=0)
    levels = [[as_stored(text or "") for text in row] + [""] * (width - len(row)) for row in rows]
    for top, number in enumerate(numbers):
        for merge in merges.get(number, ()):
            _repeat(levels, top, merge)
    return [_joined([level[column] for level in levels]) for column in range(width)]


def _repeat(levels: list[list[str]], top: int, merge: Merge) -> None:
    if merge.left >= len(levels[top]):
        return
    text = levels[top][merge.left]
    for level in levels[top : top + merge.bottom - merge.top + 1]:
        for column in range(merge.left, min(merge.right + 1, len(level))):
            level[column] = level[column] or text


def _joined(levels: Sequence[str]) -> str:
    kept: list[str] = []
    for text in levels:
        if text and not (kept and normalise(kept[-1]) == normalise(text)):
            kept.append(text)
    return BETWEEN.join(kept)
