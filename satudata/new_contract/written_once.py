"""Labels that stand once for several rows: a kecamatan or a year merged over its rows, or blank below the first of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from satudata.new_contract.amounts import is_numbering
from satudata.new_contract.figures import figures
from satudata.new_contract.regions import level_of
from satudata.new_contract.sample import Column

_YEAR = re.compile(r"(?:19|20)\d{2}")


def written_once(columns: Sequence[Column]) -> set[str]:
    """The headers whose empty cells mean the cell above: those whose empty cells are all part of merged ones; and, beside a column that names
    each row, the first columns of a table and any of regions, where they are blank below each label.
    """
    found = {column.header for column in columns if _is_merged(column)}
    if not any(_names_each_row(column) for column in columns):
        return found
    found |= {column.header for column in columns if level_of(column.header) and _is_once(column)}
    for column in columns:
        if not column.filled or is_numbering(column, restarts=True):
            continue
        if column.header not in found and not _is_once(column):
            break
        found.add(column.header)
    return found


def filled_down(column: Column) -> Column:
    """The column as it is meant."""
    return Column(column.header, tuple(_above(column.texts)), column.kinds, column.covered)


def _above(texts: Sequence[str | None]) -> Iterator[str | None]:
    last: str | None = None
    for text in texts:
        last = text or last
        yield last


def _is_label(column: Column) -> bool:
    return figures(column.filled).share < 0.5 or all(map(_YEAR.fullmatch, column.filled))


def _names_each_row(column: Column) -> bool:
    return None not in column.texts and _is_label(column) and len(column.filled) > 1


def _is_merged(column: Column) -> bool:
    """Labels, with no empty cell that is not part of the one above it."""
    empty = {i for i, text in enumerate(column.texts) if text is None}
    return bool(empty) and empty <= column.covered and _is_label(column) and not is_numbering(column, restarts=True)


def _is_once(column: Column) -> bool:
    """Blank below the first cell, and not the same text again right after itself but where a new page begins: who repeats a label does not
    merge it.
    """
    texts = [text for text in column.texts if text is not None]
    has_gaps = column.texts[:1] != (None,) and len(texts) < len(column.texts)
    is_repeated = any(a is not None and a == b for a, b in zip(column.texts, column.texts[1:], strict=False))
    again = sum(a == b for a, b in zip(texts, texts[1:], strict=False))
    return has_gaps and _is_label(column) and len(texts) <= 0.7 * len(column.texts) and not is_repeated and 5 * again <= len(texts)
