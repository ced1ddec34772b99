"""Records of JSON documents -> chunks of cells. A record may lack any field, so headers are learnt as the records pass."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice

import numpy as np
import pyarrow as pa

from contracts.settings import settings
from contracts.text import normalise
from extractors.cells import CellChunk, CellColumn
from extractors.formats.half_letters import half_letter, is_whole
from extractors.formats.json_path import VALUE, Record, lookup
from extractors.formats.native import Nested, Number, column
from extractors.grid import Mask, blank_rows
from extractors.table.chunks import Piece, rows_where
from extractors.table.needs import Layout, Needs

MOST_RECORDS = 16_384
"""Records held as Python objects at a time: they weigh ten times what their cells do."""


@contextmanager
def no_garbage_search() -> Iterator[None]:
    """Without the cyclic collector, which would look through every record again and again; records hold no cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class RecordTable:
    """The records of a batch, document after document, as one table."""

    def __init__(self, needs: Needs) -> None:
        self._needs = needs
        names = (name for names in (*needs.required, *needs.optional) for name in names)
        self._dotted = [name for name in dict.fromkeys(names) if "." in name]
        self._headers: dict[str, None] = {}
        self.seen = 0
        """Records so far, blank ones included."""

    @property
    def headers(self) -> tuple[str, ...]:
        """Every field seen so far, in the order of appearance."""
        return tuple(self._headers)

    def pieces(self, records: Iterable[tuple[Record, str]], place: str, file_name: str) -> Iterator[Piece]:
        """The records of one document in chunks; ``place`` stands before each path. Raises: `BadJson` for a text that is not whole."""
        waiting, first = iter(records), 1
        while piece := self._piece(waiting, place, file_name, first):
            first += MOST_RECORDS
            yield piece

    def _piece(self, records: Iterator[tuple[Record, str]], place: str, file_name: str, first: int) -> Piece | None:
        with no_garbage_search():
            portion = list(islice(records, min(settings().chunk_rows, MOST_RECORDS)))
            if not portion:
                return None
            self.seen += len(portion)
            fields = [record for record, _ in portion]
            paths = [path for _, path in portion]
            layout = self._layout(fields)
            _refuse_half_letters([*self.headers, *paths], file_name)
            lokasi = pa.array([place + path for path in paths], pa.string())
            keys = dict.fromkeys([*layout.keys.values(), *(wide.key for wide in layout.wide)])
            rows = pa.array(np.arange(first, first + len(portion), dtype=np.int64))
            chunk = CellChunk({key: self._column(fields, key, paths, file_name) for key in keys}, rows, place, lokasi)
            return Piece(rows_where(chunk, _is_filled(chunk, fields)), layout)

    def _layout(self, records: list[Record]) -> Layout:
        self._headers.update(dict.fromkeys(chain.from_iterable(records)))
        for name in self._dotted:
            if name not in self._headers and any(lookup(record, name) is not None for record in records):
                self._headers[name] = None
        layout = self._needs.layout(self.headers)
        parents = {normalise(name.partition(".")[0]) for name in self._dotted if name in self._headers}
        unknown = tuple(name for name in layout.unknown if normalise(name) not in parents and name != VALUE)
        return Layout(layout.keys, layout.wide, unknown, layout.repeated)

    def _column(self, records: list[Record], key: str, paths: list[str], file_name: str) -> CellColumn:
        values = [lookup(record, key) for record in records] if key in self._dotted else [record.get(key) for record in records]
        if not {dict, list}.isdisjoint(map(type, values)):
            values = list(map(cell_of, values))
        try:
            return column(values)
        except UnicodeEncodeError as error:
            raise half_letter(file_name, f"{paths[values.index(error.object)]}, {key}", error.object) from None


def _is_filled(chunk: CellChunk, records: list[Record]) -> Mask:
    """Where a record holds anything: one without is a blank row. Records are looked at only where every wanted cell is blank."""
    filled = ~blank_rows(list(chunk.columns.values()), len(records))
    for position in np.flatnonzero(~filled):
        filled[position] = any(value not in (None, "") for value in records[position].values())
    return filled


def _refuse_half_letters(names: list[str], file_name: str) -> None:
    """Headers and paths are told in sentences and stored with the rows; all of them are looked over at once."""
    if not is_whole("".join(names)):
        broken = next(name for name in names if not is_whole(name))
        raise half_letter(file_name, "nama bidang", broken)


def whole_cell(value: object, file_name: str, path: str) -> object:
    """As `cell_of`, for a field outside the records. Raises: `BadJson`."""
    cell = cell_of(value)
    if isinstance(cell, str) and not is_whole(cell):
        raise half_letter(file_name, path, cell)
    return cell


def cell_of(value: object) -> object:
    """A JSON value as a cell: an object or array as the JSON it was."""
    return Nested(_as_text(value)) if isinstance(value, dict | list) else value


def _as_text(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {_as_text(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_as_text, value)) + "]"
    return str(value) if isinstance(value, Number) else json.dumps(value, ensure_ascii=False)
