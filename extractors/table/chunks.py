"""What the steps on chunks of cells have in common: choosing rows, stacking chunks, making constant columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from extractors.cells import DOUBT, CellChunk, CellColumn
from extractors.grid import Mask, joined, kept, nothing, sliced, taken
from extractors.side_by_side import side_by_side
from extractors.table.needs import Layout


@dataclass(frozen=True)
class Piece:
    """A chunk and what the contract means by its columns."""

    chunk: CellChunk
    layout: Layout


Index = npt.NDArray[np.int64]


def rows_where(chunk: CellChunk, mask: Mask) -> CellChunk:
    """The rows of a chunk where the mask is true."""
    if mask.all():
        return chunk
    columns = {key: kept(column, mask) for key, column in chunk.columns.items()}
    lokasi = None if chunk.lokasi is None else chunk.lokasi.filter(mask)
    return replace(chunk, columns=columns, rows=chunk.rows.filter(mask), lokasi=lokasi)


def rows_between(chunk: CellChunk, start: int, length: int | None = None) -> CellChunk:
    """Some rows of a chunk, without a copy."""
    columns = {key: sliced(column, start, length) for key, column in chunk.columns.items()}
    lokasi = None if chunk.lokasi is None else chunk.lokasi.slice(start, length)
    return replace(chunk, columns=columns, rows=chunk.rows.slice(start, length), lokasi=lokasi)


def rows_at(chunk: CellChunk, index: Index) -> CellChunk:
    """The rows at these positions."""
    columns = {key: taken(column, index) for key, column in chunk.columns.items()}
    lokasi = None if chunk.lokasi is None else chunk.lokasi.take(index)
    return replace(chunk, columns=columns, rows=chunk.rows.take(index), lokasi=lokasi)


def stacked(pieces: Sequence[Piece]) -> Piece:
    """Chunks of one table, one under the other; a column that one of them lacks is empty there. The last layout knows all."""
    if len(pieces) == 1:
        return pieces[0]
    chunks = [piece.chunk for piece in pieces]
    keys = dict.fromkeys(key for chunk in chunks for key in chunk.columns)
    columns = {key: joined([chunk.columns.get(key) or nothing(len(chunk.rows)) for chunk in chunks]) for key in keys}
    lokasi = None if chunks[0].lokasi is None else pa.concat_arrays([chunk.lokasi for chunk in chunks])
    return Piece(CellChunk(columns, pa.concat_arrays([chunk.rows for chunk in chunks]), chunks[0].place, lokasi), pieces[-1].layout)


def doubting(chunk: CellChunk, doubt: pa.Array | None) -> CellChunk:
    """A chunk whose rows are set aside where there is a doubt, beside the doubts it has."""
    if doubt is None or doubt.null_count == len(doubt):
        return chunk
    texts = [doubt] if DOUBT not in chunk.columns else [chunk.columns[DOUBT].text, doubt]
    return replace(chunk, columns=chunk.columns | {DOUBT: CellColumn(side_by_side(texts, "; "))})


def doubting_rows(chunk: CellChunk, doubts: Mapping[int, str]) -> CellChunk:
    """As `doubting`, for some rows by their position."""
    return doubting(chunk, pa.array([doubts.get(row) for row in range(len(chunk.rows))], pa.string())) if doubts else chunk


def constant(text: str | None, length: int) -> CellColumn:
    """The same text in every row."""
    return CellColumn(pa.repeat(pa.scalar(text, pa.string()), length))


def places(chunk: CellChunk) -> pa.Array:
    """The place of each row: its JSON path, else its number in its sheet or page."""
    if chunk.lokasi is not None:
        return chunk.lokasi
    return pc.binary_join_element_wise(f"{chunk.place}baris", chunk.rows.cast(pa.string()), " ")


def place_of(chunk: CellChunk, position: int) -> str:
    """The place of one row."""
    text: str = places(rows_between(chunk, position, 1))[0].as_py()
    return text
