"""Published figures as exact numbers, for the sums that a file states about itself.

Sums are kept in decimal arithmetic: in floats 132.136 + 123.419 is not 255.555.
"""

from __future__ import annotations

from decimal import Context, Decimal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from contracts.models.contract import Contract
from extractors.cells import CellColumn
from extractors.coerce.column import ColumnReader
from extractors.coerce.types import Circumstances
from extractors.grid import Mask
from extractors.table.chunks import Piece

EXACT = pa.decimal128(38, 12)
WIDE = pa.decimal256(76, 30)
_FITS = r"^-?\d{1,18}(\.\d{1,12})?$"
"""Figures that `EXACT` holds to the last digit, thousands of millions of times over: a cast would round silently."""
ARITHMETIC = Context(prec=80)
"""Python's own would round sums to 28 digits."""
Segments = npt.NDArray[np.int64]


class AmountReader:
    """Reads figures by the conventions of a contract's column."""

    def __init__(self, contract: Contract, circumstances: Circumstances) -> None:
        self._contract, self._circumstances = contract, circumstances
        self._readers: dict[str, ColumnReader] = {}
        self._piece: Piece | None = None
        self._read: dict[tuple[str, str], pa.Array] = {}

    def of_piece(self, piece: Piece, column: str, key: str) -> pa.Array:
        """As a call for the cells under a key; read once, however many ask for one chunk."""
        if self._piece is not piece:
            self._piece, self._read = piece, {}
        if (column, key) not in self._read:
            self._read[column, key] = self(column, piece.chunk.columns[key])
        return self._read[column, key]

    def __call__(self, column: str, cells: CellColumn) -> pa.Array:
        """Decimals; null where a cell is missing or no figure."""
        reader = self._readers.get(column) or ColumnReader(self._contract, column, self._circumstances)
        text = self._readers.setdefault(column, reader)(cells).text
        return text.cast(EXACT if pc.all(pc.match_substring_regex(text, _FITS)).as_py() is not False else WIDE)


def total(amounts: pa.Array, where: Mask | None = None) -> Decimal:
    """The sum of the figures (where the mask is true)."""
    summed = pc.sum(amounts if where is None else amounts.filter(where)).as_py()
    return Decimal(0) if summed is None else Decimal(summed)


def totals(amounts: pa.Array, segments: Segments, count: int) -> list[Decimal]:
    """The sum of the figures of each of ``count`` segments."""
    table = pa.table({"segment": segments, "amount": amounts})
    sums = [Decimal(0)] * count
    for row in table.group_by("segment").aggregate([("amount", "sum")]).to_pylist():
        sums[row["segment"]] = Decimal(row["amount_sum"] or 0)
    return sums


def shown(amount: Decimal) -> str:
    """A sum as a reader wants it: without the noughts that arithmetic left behind."""
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
