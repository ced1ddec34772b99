"""Wide tables -> long rows: each header that `unpivot` names becomes a row of its own, in the order of the sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from contracts.models.contract import Contract
from contracts.models.table import Unpivot as UnpivotRule
from contracts.settings import settings
from extractors.cells import CellChunk, CellColumn
from extractors.coerce.signs import Signs
from extractors.grid import Mask, joined, kept, taken
from extractors.report import Finding
from extractors.table.amounts import AmountReader, totals
from extractors.table.chunks import Index, Piece, places, rows_at, rows_between
from extractors.table.needs import Needs
from extractors.table.sums import Sum, compared, judged


@dataclass(frozen=True)
class Long:
    """Rows after `unpivot`."""

    chunk: CellChunk
    """What the header did not spread: id columns, repeated."""
    value: CellColumn | None
    """The cells of the spread headers; None in a contract that spreads none."""
    groups: dict[str, CellColumn]
    """Named group of `unpivot.headers` -> its text."""
    lokasi: pa.Array
    candidates: int
    """Rows before cells without a value were left out."""


class Unpivot:
    """Unpivots the data rows of one contract's tables."""

    def __init__(self, contract: Contract, needs: Needs, amounts: AmountReader) -> None:
        self._unpivot = contract.unpivot
        self._needs, self._amounts = needs, amounts
        column = contract.columns.get(contract.unpivot.value) if contract.unpivot else None
        self._signs = Signs(contract, column) if column else None
        self._checked = 0
        self._wrong: list[tuple[str, Sum]] = []

    def __call__(self, piece: Piece) -> Iterator[Long]:
        """Rows of a chunk in portions of about the usual size, however many headers are spread."""
        if self._unpivot is None:
            yield Long(piece.chunk, None, {}, places(piece.chunk), len(piece.chunk.rows))
            return
        if not piece.layout.wide:
            return
        most = max(1, settings().chunk_rows // len(piece.layout.wide))
        for start in range(0, len(piece.chunk.rows), most):
            portion = Piece(rows_between(piece.chunk, start, most), piece.layout)
            self._check(portion, self._unpivot)
            yield self._long(portion)

    def findings(self) -> Iterator[Finding]:
        """How the file's own row totals compare, once the table has ended."""
        if self._unpivot and self._unpivot.total:
            yield from judged(self._unpivot.value, self._checked, self._wrong)

    def _long(self, piece: Piece) -> Long:
        chunk, wide = piece.chunk, piece.layout.wide
        rows, count = len(chunk.rows), len(wide)
        beneath = joined([chunk.columns[each.key] for each in wide])
        value = taken(beneath, (np.arange(count) * rows + np.arange(rows)[:, None]).ravel())
        keep = self._with_value(value)
        of_row, of_header = np.repeat(np.arange(rows), count)[keep], np.tile(np.arange(count), rows)[keep]
        rest = replace(chunk, columns={key: column for key, column in chunk.columns.items() if key not in {each.key for each in wide}})
        groups = {name: _of(of_header, [each.groups[name] for each in wide]) for name in wide[0].groups}
        lokasi = pc.binary_join_element_wise(places(chunk).take(of_row), "kolom", _of(of_header, [each.header for each in wide]).text, " ")
        return Long(rows_at(rest, of_row), kept(value, keep), groups, lokasi, rows * count)

    def _with_value(self, value: CellColumn) -> Mask:
        if self._unpivot is None or self._signs is None or self._unpivot.missing == "keep":
            return np.ones(len(value.text), bool)
        missing = self._signs.missing(value.text)
        return ~missing.to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]

    def _check(self, piece: Piece, unpivot: UnpivotRule) -> None:
        """Compare the header that states each row's total with what the row spreads."""
        key = piece.layout.key(self._needs.spellings(unpivot.total)) if unpivot.total else None
        if key is None:
            return
        chunk, wide = piece.chunk, piece.layout.wide
        rows = len(chunk.rows)
        stated = self._amounts(unpivot.value, chunk.columns[key]).to_pylist()
        figures = self._amounts(unpivot.value, joined([chunk.columns[each.key] for each in wide]))
        added = totals(figures, np.tile(np.arange(rows), len(wide)), rows)
        sums = [("", Sum(*each)) for each in zip(stated, added, places(chunk).to_pylist(), strict=True)]
        checked, wrong = compared(sums, unpivot.tolerance)
        self._checked += checked
        self._wrong += wrong


def _of(positions: Index, texts: Sequence[str | None]) -> CellColumn:
    """For each position its text."""
    return CellColumn(pa.array(texts, pa.string()).take(pa.array(positions)))
