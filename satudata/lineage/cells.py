"""The cells of an accepted row as they stand in its file: read by the same parser that read them, before anything is typed.

What a contract calls personal is not repeated, nor what looks like a number or an address of a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
from psycopg import Connection

from contracts.dataset import Dataset
from contracts.errors import BrokenContract, SatudataError, UnknownDataset
from contracts.placeholders import varying_time
from contracts.registry import load_dataset
from extractors.cells import PART, LongChunk
from extractors.coerce.tidy import tidy
from extractors.report import ParseReport
from extractors.table.long import long_chunks
from satudata.lineage.archived import Checked
from satudata.staging_again import source_file
from warehouse.kept_batch import fetch_ids
from warehouse.ledger import stored_fetches
from warehouse.masks import masked_texts

if TYPE_CHECKING:
    from satudata.lineage.follow import Origin

HIDDEN = "(data pribadi)"
Cells = dict[str, str | None]


def cells_of(conn: Connection, origins: Sequence[Origin], archive: Mapping[str, Checked]) -> list[Origin]:
    """The origins in their order, each with its cells where its file is whole and still readable; every file is read once."""
    found: dict[int, Origin] = {}
    numbered = sorted(enumerate(origins), key=lambda one: (one[1].batch_id or 0, one[0]))
    for batch_id, group in groupby(numbered, key=lambda one: one[1].batch_id):
        members = list(group)
        for (place, origin), read in zip(members, _read(conn, batch_id, [one for _, one in members], archive), strict=True):
            found[place] = replace(origin, isi=read[0], catatan=read[1], satuan=read[2])
    return [found[place] for place in range(len(origins))]


def _read(
    conn: Connection, batch_id: int | None, origins: Sequence[Origin], archive: Mapping[str, Checked]
) -> list[tuple[Cells | None, str, dict[str, str]]]:
    first = origins[0]
    if batch_id is None or not all((whole := archive.get(one.sha256 or "")) and whole.is_whole for one in origins):
        return [(None, "berkasnya tidak utuh lagi", {})] * len(origins)
    try:
        dataset = load_dataset(first.dataset)
        rows = _rows_at(conn, dataset, batch_id, first.penerbit, {one.lokasi or "" for one in origins})
    except SatudataError as error:
        return [(None, f"isi selnya tidak ditampilkan: {_why(error, first.dataset)}", {})] * len(origins)
    note = "" if dataset.sha256 == first.contract_sha256 else "dibaca menurut kontrak yang berlaku sekarang, bukan yang dahulu"
    masked = _masked(conn, rows)
    units = {name: column.unit for name, column in dataset.contract.columns.items() if column.unit is not None}
    return [
        (masked.get(one.lokasi or ""), note if one.lokasi in masked else "tempat itu tidak ditemukan lagi menurut kontrak sekarang", units)
        for one in origins
    ]


def _why(error: SatudataError, dataset: str) -> str:
    """One sentence on a file that the contract of now does not read, with the next step: all else stands in the ledger, and is told."""
    again = "lalu jalankan perintah ini lagi"
    if isinstance(error, BrokenContract):
        return f"kontraknya sekarang rusak; betulkan menurut `satudata source check {error.dataset or error.file}`, {again}"
    if isinstance(error, UnknownDataset):
        return f"kontrak {dataset} tidak ada lagi di folder sources; kembalikan berkas kontraknya, {again}"
    return f"berkasnya tidak terbaca menurut kontrak sekarang ({' '.join(error.message.split())})"


def _rows_at(conn: Connection, dataset: Dataset, batch_id: int, penerbit: str, places: set[str]) -> dict[str, Cells]:
    """Place -> its cells. Raises: whatever parsing raises before all of them are found."""
    (nilai,) = conn.execute("select nilai from ops.batch where batch_id = %s", [batch_id]).fetchone() or ("",)
    name = varying_time(dataset.contract)
    found: dict[str, Cells] = {}
    wanted = pa.array(sorted(places), pa.string())
    with ExitStack() as stack:
        files = [source_file(stack, one) for one in stored_fetches(conn, fetch_ids(conn, batch_id))]
        chunks = long_chunks(dataset, files, ParseReport(), penerbit=penerbit, nilai={name: nilai} if name and nilai else {})
        for chunk in chunks:
            found.update(_in_chunk(dataset, chunk, wanted))
            if len(found) == len(places):
                break
    return found


def _in_chunk(dataset: Dataset, chunk: LongChunk, places: pa.Array) -> Iterator[tuple[str, Cells]]:
    columns, there = dataset.contract.columns, tidy(chunk.lokasi)
    for at in pc.indices_nonzero(pc.is_in(there, places)).to_pylist():
        yield (
            there[at].as_py(),
            {
                name.replace(PART, "."): HIDDEN if columns[name.partition(PART)[0]].pribadi else cells.text[at].as_py()
                for name, cells in chunk.columns.items()
            },
        )


def _masked(conn: Connection, rows: Mapping[str, Cells]) -> dict[str, Cells]:
    """The same rows without what looks like a number or an address of a person."""
    places = [(place, name, text) for place, cells in rows.items() for name, text in cells.items()]
    texts = masked_texts(conn, [text for *_, text in places])
    found: dict[str, Cells] = {place: {} for place in rows}
    for (place, name, _), text in zip(places, texts, strict=True):
        found[place][name] = text
    return found
