"""One table of a sheet or page: which of several side by side, where it ends, and its columns."""

from __future__ import annotations

import re
from dataclasses import dataclass

from contracts.text import normalise
from satudata.new_contract.header_rows import Head, head_of, segments
from satudata.new_contract.sample import MOST_ROWS, Column
from satudata.new_contract.sheet_rows import Row, SheetRows

NOTES = ("sumber", "source", "catatan", "keterangan", "ket", "note", "access time")
_NOTE = re.compile(rf"(?:{'|'.join(NOTES)})\b|\(?\*+\)?(?= ?\w)", re.IGNORECASE)
"""How a line below a table begins: with one of these words, or with the sign of a footnote, as ``*) angka sementara`` does."""


@dataclass(frozen=True)
class SheetTable:
    """A table as a contract would find it."""

    sheet: SheetRows
    head: Head
    left: int
    right: int
    title: str | None
    """Pattern of the title that tells it from tables beside it."""
    ends_at: str | None
    body: tuple[Row, ...]
    beside: int = 0
    """How many other tables the sheet has at the same height."""

    @property
    def size(self) -> int:
        """For choosing the main table: its filled cells."""
        return sum(len(row.filled(self.left, self.right)) for row in self.body)

    def columns(self) -> list[Column]:
        """The named columns; of equal names the first, as the parser reads them."""
        found: dict[str, Column] = {}
        for i in range(self.left, self.right):
            if name := self.head.headers[i]:
                texts = tuple(row.text(i) or None for row in self.body)
                kinds = tuple(row.kind(i) for row in self.body)
                found.setdefault(normalise(name), Column(name, texts, kinds, self._covered(i)))
        return list(found.values())

    def _covered(self, column: int) -> frozenset[int]:
        """The rows of the body in which a cell merged over rows goes on."""
        spans = [(merge.top, merge.bottom) for merge in self.sheet.grid.merges if merge.left == column and merge.bottom > merge.top]
        below = {row for top, bottom in spans for row in range(top + 1, min(bottom, top + MOST_ROWS) + 1)}
        return frozenset(i for i, row in enumerate(self.body) if row.number in below)

    def above(self) -> tuple[str, ...]:
        """Texts above the header, those of its own columns first where it has a title of its own."""
        rows = self.sheet.rows[: self.head.start]
        own = [text for row in rows for text in row.texts[self.left : self.right]] if self.title else []
        return tuple(filter(None, [*own, *self.sheet.grid.above, *(text for row in rows for text in row.texts)]))

    def table(self) -> dict[str, object]:
        """Its ``table:``."""
        keys = {"title": self.title, "header_rows": self.head.levels if self.head.levels > 1 else None, "ends_at": self.ends_at}
        return {key: value for key, value in keys.items() if value is not None}


def table_of(sheet: SheetRows) -> SheetTable | None:
    """The main table of a sheet; None where there is no row."""
    head = head_of(sheet)
    if head is None:
        return None
    parts = [part for part in segments(head.headers) if part[1] - part[0] > 1]
    titles = [_title_above(sheet, head, part) for part in parts]
    if len(parts) < 2 or None in titles or len(set(titles)) < len(titles):
        return _table(sheet, head, (0, len(head.headers)), None, 0)
    tables = [_table(sheet, head, part, title, len(parts) - 1) for part, title in zip(parts, titles, strict=True)]
    return max(tables, key=lambda table: table.size)


def _title_above(sheet: SheetRows, head: Head, part: tuple[int, int]) -> str | None:
    """The nearest text above a table's own columns."""
    for row in reversed(sheet.rows[: head.start]):
        if own := row.filled(*part):
            return row.text(own[0])
    return None


def _table(sheet: SheetRows, head: Head, part: tuple[int, int], title: str | None, beside: int) -> SheetTable:
    below = [row for row in sheet.rows[head.end :] if row.filled(*part)]
    end, ends_at = _end(below, part, sheet.rows[head.end - 1].number)
    pattern = f"^{re.escape(title).replace(chr(92) + ' ', ' ')}$" if title else None
    return SheetTable(sheet, head, *part, pattern, ends_at, tuple(below[:end]), beside)


def _end(rows: list[Row], part: tuple[int, int], last: int) -> tuple[int, str | None]:
    """(number of rows of the table, its ``ends_at``)."""
    width = max((len(row.filled(*part)) for row in rows), default=0)
    for i, row in enumerate(rows):
        is_gap = row.number - (rows[i - 1].number if i else last) > 1
        first = row.text(row.filled(*part)[0])
        is_thin = width > 2 and len(row.filled(*part)) <= max(1, width // 3)
        if is_thin and (note := _NOTE.match(first)):
            return i, "blank_row" if is_gap and i and not _gap_before(rows, i, last) else f"^{re.escape(note[0])}"
        if is_gap and i and is_thin and not _goes_on(rows[i + 1 :], part) and not _gap_before(rows, i, last):
            return i, "blank_row"
    return len(rows), None


def _goes_on(rows: list[Row], part: tuple[int, int]) -> bool:
    """Whether figures follow at once: then the text after a blank row is a heading inside the table."""
    return bool(rows) and not all(map(rows[0].is_label, rows[0].filled(*part)))


def _gap_before(rows: list[Row], end: int, last: int) -> bool:
    """Whether a blank row stands inside the table, or between it and its header."""
    numbers = [last, *(row.number for row in rows[:end])]
    return any(after - before > 1 for before, after in zip(numbers, numbers[1:], strict=False))
