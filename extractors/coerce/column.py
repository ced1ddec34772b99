"""One column of a contract, from its published cells to typed text: tidy > signs > extract > flags > codes > type.

The order is the contract page's. What cannot be read becomes null and is marked, so that the row can be set aside with the text
its agency wrote; no cell stops a file.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from contracts.models.contract import Contract
from extractors.bounded_pattern import BoundedPattern
from extractors.cells import BOOLEAN, NESTED, PART, UNREAD, CellColumn
from extractors.coerce.codes import inline_reader, joined_parts, without_float_tail
from extractors.coerce.flags import Flags
from extractors.coerce.lengths import bounded, longest_bytes
from extractors.coerce.memo import Memo
from extractors.coerce.result import Coerced, by_kind, either, lost
from extractors.coerce.signs import Signs
from extractors.coerce.spoilt import unspoilt
from extractors.coerce.tidy import tidy
from extractors.coerce.types import Circumstances, typed_reader
from extractors.side_by_side import side_by_side


class ColumnReader:
    """Reads one column, chunk after chunk; what it learns of one chunk's texts serves the next."""

    def __init__(self, contract: Contract, name: str, circumstances: Circumstances) -> None:
        column = contract.columns[name]
        period = contract.period
        self.name = name
        self._column = column
        self._longest = longest_bytes(contract, name)
        self._is_name = name in contract.key and column.type in ("text", "code", "wilayah", "unit")
        """By it rows are told apart: `true`, or a list, names nothing."""
        self.signs = Signs(contract, column)
        self._flags = Flags(contract.flags if column.is_number else {})
        self._extract = _first_group(column.extract) if column.extract is not None else None
        self._codes = inline_reader(column.codes) if column.codes is not None else None
        # The values of an inline list are written by the contract's author: they are plain, not in the publisher's convention.
        as_written = column.model_copy(update={"numbers": "plain", "format": None}) if self._codes else column
        self._typed = typed_reader(as_written, period.grain if period and period.column == name else None, circumstances)

    def __call__(self, cells: CellColumn) -> Coerced:
        """The cells of one origin, read."""
        text = self.signs.blanks_filled(tidy(cells.text, figures=self._column.is_number))
        return self._read(self.signs(text), cells.kind, cells.text)

    def of_chunk(self, columns: Mapping[str, CellColumn], rows: int) -> Coerced:
        """This column of a chunk; a header that the contract lets a file lack gives nulls."""
        if self._column.parts is not None:
            return self._of_parts([columns[f"{self.name}{PART}{part}"].text for part in self._column.parts])
        cells = columns.get(self.name)
        return self(cells if cells is not None else CellColumn(pa.nulls(rows, pa.string())))

    def _of_parts(self, published: list[pa.Array]) -> Coerced:
        parts = [without_float_tail(self.signs(tidy(part))) for part in published]
        code = bounded(joined_parts(parts, self._column.system if self._column.type == "wilayah" else None), self._longest)
        return Coerced(code, side_by_side(published), lost(side_by_side(parts), code))

    def _read(self, text: pa.Array, kind: pa.Array | None, published: pa.Array) -> Coerced:
        held = unspoilt(by_kind(text, kind, UNREAD, _nothing, _same), kind, self._column.type)
        unreadable, text = lost(text, held), held
        if self._extract is not None:
            found = tidy(self._extract(text), figures=self._column.is_number)
            unreadable, text = either(unreadable, lost(text, found)), self.signs(found)
            kind = kind if self._column.is_number else None  # what is taken from a native number is written as it is
        text, status = self._flags(text)
        if self._codes is not None:
            value = self._codes(text)
            unreadable, text, kind = either(unreadable, lost(text, value)), value, None
        value = self._typed(text, kind)
        if self._is_name:
            value = by_kind(by_kind(value, kind, BOOLEAN, _nothing, _same), kind, NESTED, _nothing, _same)
        value = bounded(value, self._longest)
        return Coerced(value, published, either(unreadable, lost(text, value)), status)


def _nothing(text: pa.Array) -> pa.Array:
    return pa.nulls(len(text), pa.string())


def _same(text: pa.Array) -> pa.Array:
    return text


def _first_group(pattern: str) -> Memo:
    """A function from texts to group 1 of a pattern (the whole match where it has none); null where it does not match.

    Without regard to case, as every pattern of a contract.
    """
    compiled = BoundedPattern(pattern)

    def read(text: str) -> str | None:
        match = compiled.search(text)
        return match[min(1, compiled.groups)] if match else None

    return Memo(read)
