"""Totals and averages of which a contract says nothing: a row labelled ``Jumlah`` in a table without a rule for it.

Their author saw a file without them, or did not think of them; loaded as data they double every sum. A label that says nothing else is a total
where its figures state the sum of the rows before it, which is told once; where they do not, or it is an average, the row is set aside. The name of
the pemda itself is a label of that kind only where its figures say so. A contract that lists what a column may hold has said what these words mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain

import numpy as np

from contracts.dataset import Dataset
from contracts.models.contract import Contract
from contracts.models.table import TotalRow
from contracts.total_words import REGION_HINT, SUMMARY_HINT, is_summary, names_region, speaks_of_all, words_of_region
from extractors.doubts import UNRULED
from extractors.report import Finding
from extractors.table.amounts import AmountReader
from extractors.table.chunks import Piece, place_of
from extractors.table.labelled import Columns, Span
from extractors.table.needs import Needs, own_spellings
from extractors.table.open_labels import open_columns
from extractors.table.roles import DATA, KNOWN_TOTAL, OPEN, RoleReader, Roles
from extractors.table.sums import RULE
from extractors.table.totals import summed
from extractors.table.where import hinted


class Unruled:
    """The totals of one table that no rule looks for, as its chunks pass."""

    def __init__(self, dataset: Dataset, needs: Needs, amounts: AmountReader, reader: RoleReader) -> None:
        self._contract, self._needs, self._amounts, self._reader = dataset.contract, needs, amounts, reader
        self._region = words_of_region(dataset.pemda.nama) if dataset.pemda else ()
        self._hint = "|".join([SUMMARY_HINT, *(REGION_HINT + re.escape(word) for word in self._region[-1:])])
        labelled = {name: own_spellings(name, dataset.contract.columns[name], dataset.contract) for name in open_columns(dataset.contract)}
        self._labels = list(labelled.values())
        self._names = {*labelled, *chain.from_iterable(self._labels)}
        self._measures = _measures(dataset.contract)
        self._known: list[str] = []
        self._first = ""

    def __call__(self, piece: Piece, roles: Roles) -> dict[int, str]:
        """Why rows of the next chunk are set aside; ``roles`` are changed where one is a total."""
        labels = self._found(piece, roles)
        if not labels:
            return {}
        for row in labels:
            roles[row] = OPEN
        self._tell_totals(piece, roles, labels)
        for row, text in labels.items():
            if roles[row] == OPEN and not self._is_summary(text):
                roles[row] = DATA
        return {row: UNRULED + text for row, text in labels.items() if roles[row] == OPEN}

    def findings(self) -> Iterator[Finding]:
        """What was left out because its figures told that it is a total, once the table has ended."""
        if self._known:
            yield Finding(
                rule=RULE, rule_id=f"{RULE}.tanpa_aturan", severity="warn", outcome="fail", column=None, checked=len(self._known),
                failed=len(self._known), observed=self._first, expected="aturan di `rows` kontrak", lokasi=self._known[0],
                message=f"{self._known[0]} (\"{self._first}\") menyatakan jumlah baris-baris lain, maka tidak dimuat ({len(self._known)} baris seperti itu). "
                "Tulis di `rows` kontrak `is: total` agar jumlahnya dicocokkan setiap kali, atau `is: data` bila baris itu memang data.",
            )  # fmt: skip

    def _found(self, piece: Piece, roles: Roles) -> dict[int, str]:
        """Data rows with such a label, and the label, in the order of the rows."""
        keys = [key for key in map(piece.layout.key, self._labels) if key is not None]
        found: dict[int, str] = {}
        for key in keys:
            cells = piece.chunk.columns[key]
            marks = hinted(cells, self._hint, self._is_label) & (roles == DATA)
            if marks.any():
                marks &= ~self._reader.named(piece)
            found |= {int(mark): cells.text[int(mark)].as_py() for mark in np.flatnonzero(marks)}
        return dict(sorted(found.items()))

    def _is_label(self, text: str) -> bool:
        return self._is_summary(text) or names_region(text, self._region)

    def _is_summary(self, text: str) -> bool:
        return is_summary(text) or speaks_of_all(text, self._names)

    def _tell_totals(self, piece: Piece, roles: Roles, labels: Mapping[int, str]) -> None:
        """Give their role to the labels whose figures are those of a total: of the rows since the last one, of all before it, or of all."""
        columns = self._columns(piece)
        whole, so_far, start = Span().plus(columns, roles == DATA), Span(), 0
        for row, text in labels.items():
            part = {name: amounts.slice(start, row - start) for name, amounts in columns.items()}
            since, so_far = (span.plus(part, roles[start:row] == DATA) for span in (Span(), so_far))
            stated = {name: amounts[row].as_py() for name, amounts in columns.items() if amounts[row].is_valid}
            start = row + 1
            if any(span.states(stated, 0) for span in (since, so_far, whole)):
                roles[row] = KNOWN_TOTAL
                self._first = self._first or text
                self._known.append(place_of(piece.chunk, row))

    def _columns(self, piece: Piece) -> Columns:
        if not self._measures:
            return {}
        rule = TotalRow(is_="total", where={}, of=self._measures)
        names = summed(self._contract, self._needs, piece.layout, rule)
        return {(column, header): self._amounts.of_piece(piece, column, key) for column, header, key in names}


def _measures(contract: Contract) -> tuple[str, ...]:
    """The columns that may be summed up."""
    return tuple(name for name, column in contract.columns.items() if column.type in ("integer", "decimal") and name not in contract.key)
