"""Where each column's text comes from: a header, several of them, a group row, or something around the table.

After this step every column of the contract is there under its own name, whatever the shape of the file was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from contracts.errors import TextNotFound
from contracts.models.columns import Column, TitleOrigin
from contracts.models.contract import Contract
from contracts.placeholders import fill
from extractors.bounded_pattern import BoundedPattern
from extractors.cells import PART, CellColumn
from extractors.formats.native import Moment, column
from extractors.grid import nothing
from extractors.side_by_side import side_by_side
from extractors.surroundings import Surroundings
from extractors.table.chunks import constant
from extractors.table.needs import Layout, Needs, own_spellings
from extractors.table.unpivot import Long
from extractors.table.where import first_group

GROUP = f"{PART}group{PART}"
"""Before the name of a group, in the keys of a chunk: what a group row gives travels with its rows."""
PLACES = {
    "title": "di atas tabel (tiap sel, lalu sel-sel sebaris yang digabung dengan spasi)", "file_name": "di nama", "sheet_name": "di nama lembar",
    "url": "di alamat", "document": "di luar rekaman",
}  # fmt: skip


class Origins:
    """Resolves the columns of one contract for the rows of one table."""

    def __init__(self, contract: Contract, needs: Needs, around: Surroundings, penerbit: str, nilai: Mapping[str, str]) -> None:
        self._contract, self._needs, self._around = contract, needs, around
        self._penerbit, self._nilai = penerbit, nilai
        self._constants = {name: self._constant(name, spec) for name, spec in contract.columns.items() if _is_around(spec)}

    def columns(self, rows: Long, layout: Layout) -> dict[str, CellColumn]:
        """Contract column -> cells, in the contract's order; a column of ``parts`` as one entry per part."""
        columns: dict[str, CellColumn] = {}
        for name, spec in self._contract.columns.items():
            if spec.parts is not None:
                columns |= {f"{name}{PART}{part}": self._named(rows, layout, (part,)) for part in spec.parts}
            else:
                columns[name] = self._column(name, spec, rows, layout)
        return columns

    def _column(self, name: str, spec: Column, rows: Long, layout: Layout) -> CellColumn:
        length = len(rows.lokasi)
        if name in self._constants:
            return _repeated(self._constants[name], length)
        if spec.header is not None:
            return rows.groups.get(spec.header) or nothing(length)
        if spec.group is not None:
            return self._given(spec.group, rows)
        if spec.join is not None:
            return _joined([self._item(item, rows, layout) for item in spec.join], length)
        spellings = own_spellings(name, spec, self._contract)
        if not spellings and rows.value is not None:
            return rows.value
        return self._named(rows, layout, spellings)

    def _named(self, rows: Long, layout: Layout, spellings: Sequence[str]) -> CellColumn:
        key = layout.key(spellings)
        return nothing(len(rows.lokasi)) if key is None else rows.chunk.columns.get(key) or nothing(len(rows.lokasi))

    def _given(self, name: str, rows: Long) -> CellColumn:
        """What a group row, or the title of the table, gives under this name."""
        cells = rows.chunk.columns.get(f"{GROUP}{name}")
        return cells or constant(self._around.title.get(name), len(rows.lokasi))

    def _item(self, item: str | TitleOrigin, rows: Long, layout: Layout) -> CellColumn:
        """One item of ``join``: a header, else what `unpivot`, a group row or the title gives under this name."""
        if isinstance(item, TitleOrigin):
            return constant(self._in_title(item.title), len(rows.lokasi))
        if layout.key((item,)) is not None:
            return self._named(rows, layout, (item,))
        return rows.groups.get(item) or self._given(item, rows)

    def _constant(self, name: str, spec: Column) -> object:
        """The text around the table. Raises: `TextNotFound` where it is not there and may not be missing."""
        text = self._text_around(spec)
        if text is not None or spec.optional or spec.fetched is not None or spec.document in self._around.document:
            return text
        origin, file = spec.origin or "", self._around.file
        seen: Mapping[str, Sequence[str]] = {
            "title": self._around.above, "document": tuple(self._around.document), "file_name": (file.file_name,),
            "sheet_name": (self._around.sheet_name,), "url": (file.url,),
        }  # fmt: skip
        found = tuple(filter(None, seen.get(origin, ())))
        raise TextNotFound(file.file_name, (f"{name} ({origin}: {getattr(spec, origin)})",), found, origin, PLACES.get(origin, "di"))

    def _text_around(self, spec: Column) -> object:
        file = self._around.file
        if spec.value is not None:
            return fill(spec.value, self._penerbit, self._nilai)
        if spec.title is not None:
            return self._around.title.get(spec.title) or self._in_title(spec.title)
        if spec.fetched is not None:
            return Moment(file.fetched_at.isoformat()) if file.fetched_at else None
        if spec.document is not None:
            return self._around.document.get(spec.document)
        for text, found_in in ((spec.file_name, file.file_name), (spec.sheet_name, self._around.sheet_name), (spec.url, file.url)):
            if text is not None:
                return first_group(BoundedPattern(text), found_in)
        return None

    def _in_title(self, text: str) -> str | None:
        compiled = BoundedPattern(text)
        return next((found for above in self._around.above if (found := first_group(compiled, above)) is not None), None)


def _is_around(spec: Column) -> bool:
    return spec.origin in ("title", "file_name", "sheet_name", "url", "document", "fetched", "value")


def _repeated(value: object, length: int) -> CellColumn:
    one = column([value])
    kind = None if one.kind is None else pa.repeat(one.kind[0], length)
    return CellColumn(pa.repeat(one.text[0], length), kind)


def _joined(parts: Sequence[CellColumn], length: int) -> CellColumn:
    if len(parts) == 1:
        return parts[0]
    return CellColumn(side_by_side([part.text for part in parts]) if parts else pa.nulls(length, pa.string()))
