"""Regular expressions over columns, run once for each different text: a column of a million rows holds a few hundred."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from contracts.text import as_stored
from contracts.total_words import begins_as_total, total_words
from extractors.bounded_pattern import BoundedPattern
from extractors.cells import CellColumn
from extractors.grid import Mask


def distinct(texts: pa.Array) -> tuple[pa.Array, pa.Array]:
    """(for each cell the position of its text, the different texts); no cell is an empty text."""
    encoded = pc.fill_null(texts, "").dictionary_encode()
    return encoded.indices, encoded.dictionary


def matching(column: CellColumn, pattern: BoundedPattern) -> Mask:
    """Where the text of a column matches; texts are as they are stored, no cell is an empty text."""
    return _hits(column, lambda text: pattern.search(as_stored(text)) is not None)


def matching_total(column: CellColumn, pattern: BoundedPattern) -> Mask:
    """As `matching`; and where a label of a total is set in another way than that which the pattern takes: ``J U M L A H`` for ``^JUMLAH$``."""
    return _hits(column, lambda text: pattern.search(as_stored(text)) is not None or any(map(pattern.search, total_words(text))))


def labelling(column: CellColumn) -> Mask:
    """Where a text begins as the label of a total does."""
    return _hits(column, begins_as_total)


def hinted(column: CellColumn, hint: str, takes: Callable[[str], bool]) -> Mask:
    """Where a text is one of those taken; only those that begin with the hint, a pattern of RE2, are asked: names in a column mostly differ."""
    positions, texts = distinct(column.text)
    hits = pc.match_substring_regex(texts, f"^[^a-z0-9]*(?:{hint})", ignore_case=True).to_numpy(zero_copy_only=False)
    marks = np.flatnonzero(hits)
    hits[marks] = [takes(texts[int(mark)].as_py()) for mark in marks]
    return np.zeros(len(column.text), bool) if not hits.any() else hits[positions.to_numpy()]


def _hits(column: CellColumn, takes: Callable[[str], bool]) -> Mask:
    positions, texts = distinct(column.text)
    hits = np.fromiter(map(takes, texts.to_pylist()), bool, len(texts))
    return np.zeros(len(column.text), bool) if not hits.any() else hits[positions.to_numpy()]


def any_matching(columns: Sequence[CellColumn], length: int, pattern: BoundedPattern) -> Mask:
    """Where some cell of a row that holds a text matches."""
    mask: Mask = np.zeros(length, bool)
    for column in columns:
        mask |= matching(column, pattern) & column.text.is_valid().to_numpy(zero_copy_only=False)
    return mask


def first_group(pattern: BoundedPattern, text: str) -> str | None:
    """What a pattern takes from a text: its groups joined with a space, or the whole match where it has none; None without a match."""
    match = pattern.search(as_stored(text))
    if match is None:
        return None
    return " ".join(group for group in match.groups() if group) if pattern.groups else match[0]
