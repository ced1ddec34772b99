"""A published file as the series of files its agency would have published: one per week, month or year, in the order of time."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bench.corruption.document import Document, Roles, Row

Read = Callable[[bytes], Document]


@dataclass(frozen=True)
class Slice:
    """What was published on one day."""

    day: date
    data: bytes


@dataclass(frozen=True)
class Series:
    """A file of ../shared/data cut by time, and what its columns are."""

    name: str
    """Also the name of its contract in contracts/."""
    file: str
    suffix: str
    read: Read
    roles: Callable[[Document], Roles]
    slices: Callable[[bytes], Iterable[Slice]]
    most: int = 10_000
    """Slices replayed."""
    joined: int = 1
    """Slices that together are the file that is damaged, so that a thousandth of it is a row."""
    fixed: Callable[[list[str], Row], bool] = lambda _, __: False
    """Is this a heading, a total or an average?"""
    hurt: bool = True

    def opened(self, data: bytes) -> Document:
        """The file taken apart, with rows that are no records marked."""
        found = self.read(data)
        for row in found.rows:
            row.fixed = self.fixed(found.header, row)
        return found


def by(read: Read, day_of: Callable[[list[str], Row], date]) -> Callable[[bytes], list[Slice]]:
    """Cut into files of equal `day_of`, which is the last day of a row's week, month or year."""

    def cut(data: bytes) -> list[Slice]:
        whole = read(data)
        days: dict[date, list[Row]] = {}
        for row in whole.rows:
            days.setdefault(day_of(whole.header, row), []).append(row)
        return [Slice(day, with_rows(whole, rows).render()[0]) for day, rows in sorted(days.items())]

    return cut


def with_rows(document: Document, rows: Sequence[Row]) -> Document:
    """The same file with only these rows; the rows themselves are shared."""
    part = copy.copy(document)
    part.rows = list(rows)
    part.header = list(document.header)
    return part


def joined(series: Series, slices: Sequence[Slice]) -> Slice:
    """Several files as one, published on the last of their days."""
    if len(slices) == 1:
        return slices[0]
    parts = [series.read(one.data) for one in slices]
    whole = parts[0]
    for part in parts[1:]:
        whole.rows += part.rows
        if hasattr(whole, "lines"):
            whole.lines.update({number: line for number, line in part.lines.items() if number})  # type: ignore[attr-defined]
    return Slice(slices[-1].day, whole.render()[0])
