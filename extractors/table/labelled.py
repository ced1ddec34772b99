"""Labels of totals with more words than a total has: ``JUMLAH (A+B)``, ``TOTAL KAB. X``, ``Jumlah rumah``.

Loaded as data, such a row doubles every sum; dropped by its first word, a thing that is called so would be lost. So the figures are asked: a row
that states the sum of the rows before it is their total, and one without which the table's own total does not add up is data. What they leave open
is set aside with a sentence, unless the words themselves say what was added up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from contracts.dataset import Dataset
from contracts.models.table import GroupRow, TotalRow
from contracts.total_words import names_its_rows, words_of_region
from extractors.doubts import OPEN_LABEL
from extractors.grid import Mask
from extractors.table.amounts import ARITHMETIC, AmountReader, total
from extractors.table.chunks import Piece
from extractors.table.needs import Needs
from extractors.table.roles import DATA, KNOWN_TOTAL, OPEN, RoleReader, Roles
from extractors.table.totals import is_over_all, summed

FEWEST = 2
"""Rows that are a sum of something: a row that equals the one before it is just equal."""
Name = tuple[str, str]
"""Column and header of what a rule sums."""
Columns = Mapping[Name, pa.Array]
"""What is summed -> its figures, row by row."""
Labels = Mapping[int, tuple[int, str]]
"""Row -> the rule that looks for its label, and the label."""


@dataclass
class Span:
    """What the data rows of a run add up to."""

    sums: dict[Name, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    rows: int = 0

    def plus(self, columns: Columns, where: Mask) -> Span:
        added = {name: ARITHMETIC.add(self.sums[name], total(amounts, where)) for name, amounts in columns.items()}
        return Span(defaultdict(Decimal, {**self.sums, **added}), self.rows + int(where.sum()))

    def states(self, stated: Mapping[Name, Decimal], tolerance: float) -> bool:
        """Whether a row states these sums, and one of them is not nought."""
        allowed = Decimal(str(tolerance))
        is_equal = all(abs(ARITHMETIC.subtract(amount, self.sums[name])) <= allowed for name, amount in stated.items())
        return self.rows >= FEWEST and is_equal and any(stated.values())


class _Account:
    """The sums of one rule: of the rows since the last total or heading, and of all rows so far."""

    def __init__(self, rule: TotalRow) -> None:
        self.rule, self.since, self.all = rule, Span(), Span()
        self.columns: dict[Name, pa.Array] = {}
        """What the rule sums, in the chunk at hand."""

    def stated(self, row: int) -> dict[Name, Decimal]:
        figures = {name: amounts[row].as_py() for name, amounts in self.columns.items()}
        return {name: figure for name, figure in figures.items() if figure is not None}

    def says(self, span: Span, row: int) -> bool:
        return span.states(self.stated(row), self.rule.tolerance)

    def advance(self, start: int, where: Mask, ends: Mask) -> None:
        """Over rows of the chunk from ``start`` on; ``where``: the data, ``ends``: totals and headings among them."""
        columns = {name: amounts.slice(start, len(where)) for name, amounts in self.columns.items()}
        last = int(np.flatnonzero(ends)[-1]) if ends.any() else -1
        self.since = (self.since if last < 0 else Span()).plus(columns, where & (np.arange(len(where)) > last))
        self.all = self.all.plus(columns, where)

    def summed_by(self, row: int, data: Mask, ends: Mask) -> tuple[range, Span]:
        """The rows of the chunk that a total of the rule stands for, and what they and those of earlier chunks add up to."""
        if is_over_all(self.rule):
            return range(len(data)), self.all.plus(self.columns, data)
        before = np.flatnonzero(ends[:row])
        rows = range(int(before[-1]) + 1 if len(before) else 0, row)
        columns = {name: amounts.slice(rows.start, len(rows)) for name, amounts in self.columns.items()}
        return rows, (Span() if len(before) else self.since).plus(columns, data[rows.start : rows.stop])


class Resolved(NamedTuple):
    """The roles of a chunk once its labels are resolved, and where some stay open the doubt of their rows."""

    roles: Roles
    doubt: pa.Array | None


class Labelled:
    """Tells what the labels of one table are, as its chunks pass."""

    def __init__(self, dataset: Dataset, needs: Needs, amounts: AmountReader, reader: RoleReader) -> None:
        self._contract, self._needs, self._amounts, self._reader = dataset.contract, needs, amounts, reader
        self._region = words_of_region(dataset.pemda.nama) if dataset.pemda else ()
        self._accounts = {i: _Account(rule) for i, rule in enumerate(dataset.contract.rows) if isinstance(rule, TotalRow)}
        self._ends = [KNOWN_TOTAL, *(i for i, rule in enumerate(dataset.contract.rows) if isinstance(rule, TotalRow | GroupRow))]

    def __call__(self, piece: Piece, roles: Roles) -> Resolved:
        """The roles of the next chunk."""
        for account in self._accounts.values():
            names = summed(self._contract, self._needs, piece.layout, account.rule)
            account.columns = {(column, header): self._amounts.of_piece(piece, column, key) for column, header, key in names}
        labels = self._reader.labelled(piece, roles)
        if not labels:
            self._advance(roles, 0)
            return Resolved(roles, None)
        resolved = self._resolved(roles, labels)
        texts = [f"{OPEN_LABEL}{labels[row][1]}" if role == OPEN else None for row, role in enumerate(resolved)]
        return Resolved(resolved, pa.array(texts, pa.string()) if any(texts) else None)

    def _advance(self, roles: Roles, start: int, end: int | None = None) -> None:
        part = roles[start:end]
        for account in self._accounts.values():
            account.advance(start, part == DATA, np.isin(part, self._ends))

    def _resolved(self, roles: Roles, labels: Labels) -> Roles:
        is_data, resolved, start = self._counted(roles, labels), roles.copy(), 0
        resolved[list(labels)] = OPEN
        whole = {position: account.all.plus(account.columns, resolved == DATA) for position, account in self._accounts.items()}
        for row, (position, text) in labels.items():
            self._advance(resolved, start, row)
            start, resolved[row] = row, self._role(row, position, text, whole)
            if resolved[row] == OPEN and row in is_data:
                resolved[row] = DATA
        self._advance(resolved, start)
        return resolved

    def _role(self, row: int, position: int, text: str, whole: Mapping[int, Span]) -> int:
        """What the figures of a row say of its label, else its words."""
        account = self._accounts.get(position)
        if account is not None:
            if not is_over_all(account.rule) and account.says(account.since, row):
                return position
            if any(account.says(span, row) for span in (account.since, account.all, whole[position])):
                return KNOWN_TOTAL
        return position if names_its_rows(text, self._region) else OPEN

    def _counted(self, roles: Roles, labels: Labels) -> set[int]:
        """Labels whose figures a total of the table counts in: without them it would not add up."""
        found: set[int] = set()
        ends = np.isin(roles, self._ends)
        for position, account in self._accounts.items():
            own = [row for row, (of, _) in labels.items() if of == position and any(account.stated(row).values())]
            for row in np.flatnonzero(roles == position) if own else ():
                rows, span = account.summed_by(int(row), roles == DATA, ends)
                found.update(set(own).intersection(rows) if account.says(span, int(row)) else ())
        return found
