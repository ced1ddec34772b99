"""What the rows of a text table look like, to tell a cell that swallowed some of them from one whose text has several lines.

Two stray quotes make one long cell of all that stands between them, and that is well-formed. Addresses and notes of several lines are, too:
so a line of a cell counts as a row only where it has as many separators as the rows, figures where they have figures and words where they have
words, and no blank behind a separator, as prose has.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

FIGURE, DIGIT = re.compile(r"[\d.,\s%()+-]+"), re.compile(r"\d")
SAMPLE_ROWS, FEW_ROWS, FEWEST = 1_000, 100, 3
MOSTLY, HARDLY = 0.6, 0.1
MOST_LINES = 10_000
"""Lines of a cell that are looked at."""


@dataclass(frozen=True)
class RowShape:
    """The shape of most rows."""

    delimiter: str
    width: int
    figures: tuple[bool | None, ...]
    """Per column whether it holds figures; None where that varies, or too few rows tell."""

    @classmethod
    def of(cls, rows: Sequence[Sequence[str]], delimiter: str, before: RowShape | None = None) -> RowShape:
        """The shape of some records; of few, that of those before them."""
        if before is not None and before.width and len(rows) < FEW_ROWS:
            return before
        widths = Counter(len(row) for row in rows if row)
        width = widths.most_common(1)[0][0] if widths else 1
        alike = islice((row for row in rows if len(row) == width), SAMPLE_ROWS)
        return cls(delimiter, width, tuple(map(_holds_figures, zip(*alike, strict=True))))

    def is_in(self, cells: Sequence[str | None]) -> bool:
        """Whether a cell of a record holds rows."""
        broken = ((i, cell) for i, cell in enumerate(cells) if cell and "\n" in cell)
        return self.width > 1 and any(self._holds_rows(cell, i, len(cells) - i - 1) for i, cell in broken)

    def _holds_rows(self, cell: str, before: int, after: int) -> bool:
        """``before`` and ``after``: cells of the record that the first and the last of the rows have outside of this cell."""
        lines = cell.split("\n")[:MOST_LINES]
        rows = others = 0
        for i, line in enumerate(lines):
            parts, first, behind = line.split(self.delimiter), before * (i == 0), after * (i == len(lines) - 1)
            if self._is_row(parts, first, behind):
                rows += len(parts) > 1
            else:
                others += bool(line.strip())
        return rows > others

    def _is_row(self, parts: Sequence[str], first: int, behind: int) -> bool:
        if first + len(parts) + behind != self.width or any(part[:1] == " " for part in parts[1:]):
            return False
        return all(_fits(part, self.figures[i]) for i, part in enumerate(parts, first))


def _fits(text: str, is_figure: bool | None) -> bool:
    return is_figure is None or not text.strip() or _is_figure(text) == is_figure


def _is_figure(text: str) -> bool:
    return FIGURE.fullmatch(text) is not None and DIGIT.search(text) is not None


def _holds_figures(texts: Iterable[str]) -> bool | None:
    filled = [text for text in texts if text.strip()]
    share = sum(map(_is_figure, filled)) / (len(filled) or 1)
    if len(filled) < FEWEST or HARDLY < share < MOSTLY:
        return None
    return share >= MOSTLY
