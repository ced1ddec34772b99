"""Where the header of a table stands when nobody has said so: the first rows that name every filled column below them, each otherwise.

The rows above are titles; of the headers above one another the fewest that tell all columns apart are taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from contracts.text import normalise
from extractors.table.header import headers_of
from satudata.new_contract.sheet_rows import FEW_ROWS, Row, SheetRows

MOST_ABOVE = 60
"""Rows in which a header is looked for."""
MOST_LEVELS = 4
NEARLY_ALL = 0.9


@dataclass(frozen=True)
class Head:
    """A header in a sheet."""

    start: int
    """Index of its first row."""
    levels: int
    headers: tuple[str, ...]
    """One per column of the sheet, blank where there is none."""
    is_sure: bool = True

    @property
    def end(self) -> int:
        """Index of the first row below."""
        return self.start + self.levels


def head_of(sheet: SheetRows) -> Head | None:
    """The header of the first table of a sheet; the fullest row, and not sure, where no row looks like one; None for an empty sheet."""
    first: Head | None = None
    for start in range(min(len(sheet.rows), MOST_ABOVE)):
        if first is not None and start >= first.end:
            break
        head = _head_at(sheet, start)
        if head is not None and (first is None or head.levels < first.levels):
            first = head
    return first or _fullest(sheet)


def _head_at(sheet: SheetRows, start: int) -> Head | None:
    """The header that begins with this row, of as few levels as tell all columns apart."""
    for levels in range(1, MOST_LEVELS + 1):
        rows = sheet.rows[start : start + levels]
        if len(rows) < levels or rows[-1].number - rows[0].number >= levels:
            return None
        headers = headers_of([row.texts for row in rows], [row.number for row in rows], sheet.merges)
        if not _names(rows[-1]) or (levels == 1 and not _starts(headers)):
            return None
        if _covers(headers, sheet.rows[start + levels :][:FEW_ROWS]):
            return Head(start, levels, tuple(headers))
    return None


def _names(row: Row) -> bool:
    """Whether a row holds names and no figures."""
    filled = row.filled()
    return bool(filled) and sum(map(row.is_label, filled)) >= NEARLY_ALL * len(filled)


def _starts(headers: Sequence[str]) -> bool:
    """A title is one text, however many cells it is merged over; a sheet of one column may have a header of one."""
    texts = {normalise(header) for header in headers if header}
    return len(texts) > 1 or sum(map(bool, headers)) == len(headers) == 1


def _covers(headers: Sequence[str], below: Sequence[Row]) -> bool:
    """Whether (nearly) every column that is in use below has a name, the first one included, and all names differ."""
    used = columns_in_use(below)
    if not used:
        return False
    named = [column for column in used if column < len(headers) and headers[column]]
    names = [normalise(header) for header in headers if header]
    is_distinct = len(set(names)) >= NEARLY_ALL * len(names) or _repeats_side_by_side(headers)
    return used[0] in named and len(named) >= NEARLY_ALL * len(used) and is_distinct


def _repeats_side_by_side(headers: Sequence[str]) -> bool:
    """Tables beside one another repeat names, but each has different ones."""
    parts = segments(headers)
    return len(parts) > 1 and all(len({normalise(headers[i]) for i in range(*part)}) == part[1] - part[0] for part in parts)


def columns_in_use(rows: Sequence[Row]) -> list[int]:
    """The columns in which more than a stray cell stands."""
    counts: dict[int, int] = {}
    for row in rows:
        for column in row.filled():
            counts[column] = counts.get(column, 0) + 1
    most = max(counts.values(), default=0)
    return sorted(column for column, count in counts.items() if count >= 0.3 * most)


def segments(headers: Sequence[str]) -> list[tuple[int, int]]:
    """The runs of named columns between blank ones, each as (first, behind last)."""
    found, start = [], None
    for i, header in enumerate([*headers, ""]):
        if header and start is None:
            start = i
        elif not header and start is not None:
            found.append((start, i))
            start = None
    return found


def _fullest(sheet: SheetRows) -> Head | None:
    rows = sheet.rows[:MOST_ABOVE]
    if not rows:
        return None
    start = max(range(len(rows)), key=lambda i: (len(rows[i].filled()), -i))
    return Head(start, 1, rows[start].texts, is_sure=False)
