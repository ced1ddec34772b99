"""A published file as rows of cells that can be damaged one by one and written back, remembering which rows were hurt."""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field

Cell = str | int | float | None


class NotApplicable(Exception):
    """This damage cannot be done to this file: it has no such column, or its format cannot say it."""


@dataclass
class Row:
    """One record; `damaged` says that what it says now is not what was published."""

    cells: list[Cell]
    damaged: bool = False
    fixed: bool = False
    """No record: a heading, a total, an average; it is never hurt itself."""


@dataclass(frozen=True)
class Roles:
    """What the columns of a file are, for whoever damages it; names are headers."""

    figure: str | None = None
    numbers: str = "plain"
    """How figures are written: id 1.234,5 | en 1,234.5 | plain 1234.5."""
    decimals: bool = False
    missing: str | None = None
    """The publisher's sign for a figure there is none of; without it a row must have one."""
    texts: Sequence[str] = ()
    """Free texts and names."""
    region: str | None = None
    codes: bool = False
    """The region is written as digits, not as a name."""
    day: str | None = None
    day_format: str = "%Y-%m-%d"
    category: str | None = None
    """A column with few possible values."""
    latitude: str | None = None
    longitude: str | None = None
    parts: Sequence[str] = ()
    """Figures that add up to `figure` in the same row."""
    identity: Sequence[str] = ()
    """The columns that together name a row."""


@dataclass
class Document(ABC):
    """A file taken apart. `render` gives the bytes back, and where the damaged rows stand in them."""

    header: list[str]
    rows: list[Row]
    width: int = field(init=False)

    def __post_init__(self) -> None:
        self.width = len(self.header)

    @abstractmethod
    def render(self) -> tuple[bytes, list[str]]:
        """The file, and a text for the place of each damaged row as a reader of the file would name it."""

    def column(self, name: str | None) -> int:
        """Position of a header. Raises NotApplicable."""
        if name is None or name not in self.header:
            raise NotApplicable(str(name))
        return self.header.index(name)

    def chosen(self, rng: random.Random, count: int, column: str | None = None) -> list[Row]:
        """So many rows, whose cell in `column` says something. Raises NotApplicable where no row does."""
        place = self.column(column) if column else None
        fit = [
            row
            for row in self.rows
            if not row.damaged and not row.fixed and (place is None or str(row.cells[place] or "").strip() not in ("", "-"))
        ]
        if not fit:
            raise NotApplicable("no row to damage")
        return rng.sample(fit, min(count, len(fit)))
