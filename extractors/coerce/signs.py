"""What an agency writes where there is no figure: signs for missing, signs for zero, and cells left blank.

``-`` means either, so nothing is guessed: a sign has the meaning the contract gives it, and none otherwise (contract page,
`missing`, `zero`, `blank`).
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from contracts.models.columns import ABOVE, Column
from contracts.models.contract import Contract
from contracts.text import normalise
from extractors.coerce.memo import Memo
from extractors.coerce.tidy import tidy


class Signs:
    """The signs of one column; those of the column itself outrank the contract's."""

    def __init__(self, contract: Contract, column: Column) -> None:
        self._blank = None if column.blank == ABOVE else column.blank
        zero = "0" if column.is_number else None
        self._meaning: dict[str, str | None] = {normalise(sign): None for sign in contract.missing}
        if zero:
            self._meaning |= {normalise(sign): zero for sign in contract.zero}
        self._meaning |= {normalise(sign): None for sign in column.missing or ()}
        self._meaning |= {normalise(sign): zero for sign in column.zero or ()}
        self._meaning[""] = None
        self._lengths = pa.array(sorted({len(sign.encode()) for sign in self._meaning}), pa.int32())
        self._replaced = Memo(self._replacement)

    def __call__(self, text: pa.Array) -> pa.Array:
        """Tidy texts with signs of missing and empty cells as null, signs of zero as 0, and blank cells as the value they mean."""
        # A sign is short: only cells of a sign's length can be one, and lengths cost next to nothing to compare.
        candidates = pc.fill_null(pc.is_in(pc.binary_length(text), value_set=self._lengths), False)
        if pc.any(candidates).as_py():
            text = pc.replace_with_mask(text, candidates, self._replaced(text.filter(candidates)))
        return text

    def blanks_filled(self, text: pa.Array) -> pa.Array:
        """Empty cells as the value they are declared to mean."""
        if self._blank is None:
            return text
        empty = pc.or_kleene(text.is_null(), pc.equal(pc.binary_length(text), 0))
        return pc.if_else(empty, self._blank, text)

    def missing(self, published: pa.Array) -> pa.Array:
        """Which published cells hold no value: a mask, true for missing. Blank cells with a declared meaning are not missing."""
        return self(self.blanks_filled(tidy(published))).is_null()

    def _replacement(self, text: str) -> str | None:
        return self._meaning.get(normalise(text), text)
