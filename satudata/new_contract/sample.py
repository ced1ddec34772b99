"""What a survey brings back: the columns of a table as published, before anyone knows what they mean.

A sample holds the first rows and the last ones: types show at the beginning, totals and notes at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pyarrow as pa

from extractors.cells import TEXT, CellColumn
from extractors.coerce.tidy import tidy
from extractors.grid import Mask, kept

MOST_ROWS = 5_000
LAST_ROWS = 200


@dataclass(frozen=True)
class Column:
    """One published column of the sample."""

    header: str
    texts: tuple[str | None, ...]
    """Tidy; None for a cell without visible text."""
    kinds: tuple[int, ...]
    """As in `extractors.cells`."""
    covered: frozenset[int] = frozenset()
    """Rows whose cell lies below the first row of a merged one."""

    @cached_property
    def filled(self) -> Counter[str]:
        """The texts that are there, with how often."""
        return Counter(text for text in self.texts if text is not None)

    @cached_property
    def native(self) -> frozenset[int]:
        """The kinds of the cells that are there."""
        return frozenset(kind for text, kind in zip(self.texts, self.kinds, strict=True) if text is not None)

    def of_kind(self, kind: int) -> Counter[str]:
        """The texts of the cells of one kind."""
        return Counter(text for text, each in zip(self.texts, self.kinds, strict=True) if text is not None and each == kind)

    def without(self, rows: frozenset[int]) -> Column:
        """The column without some rows."""
        keep = [i for i in range(len(self.texts)) if i not in rows]
        covered = frozenset(new for new, i in enumerate(keep) if i in self.covered) if self.covered else self.covered
        return Column(self.header, tuple(self.texts[i] for i in keep), tuple(self.kinds[i] for i in keep), covered)


def column_of(header: str, cells: CellColumn) -> Column:
    """The cells of a reader as a column of the sample."""
    texts = tuple(text or None for text in tidy(cells.text).to_pylist())
    kinds = (TEXT,) * len(texts) if cells.kind is None else tuple(cells.kind.to_pylist())
    return Column(header, texts, kinds)


def filled_only(cells: CellColumn, mask: Mask) -> CellColumn:
    """Some cells of a column, in memory of their own."""
    chosen = kept(cells, mask)
    return CellColumn(pa.array(chosen.text.to_pylist(), pa.string()), chosen.kind)


@dataclass
class Survey:
    """Everything seen of a source."""

    file_name: str
    kind: str = "file"
    source: dict[str, object] = field(default_factory=dict)
    """Keys of ``source:`` beside kind and url."""
    table: dict[str, object] = field(default_factory=dict)
    columns: Sequence[Column] = ()
    above: tuple[str, ...] = ()
    """Texts above the table, in the order in which ``title:`` looks through them."""
    heading: str = ""
    """The heading of a page nearest above the table, else the name of the page."""
    sheet_name: str = ""
    document: dict[str, str] = field(default_factory=dict)
    """Single values beside the records, by their path."""
    is_cut: bool = False
    """Fields were left out."""
    notes: list[str] = field(default_factory=list)
    """What a person should check about the whole."""

    @property
    def rows(self) -> int:
        return len(self.columns[0].texts) if self.columns else 0
