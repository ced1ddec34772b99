"""*Bytes to typed rows*: the files of one batch as tables of text that PostgreSQL casts, a chunk at a time.

Everything a batch needs to know of its files is decided here and nowhere later, and nothing of it needs a warehouse: the same function
serves a load, a dry run and a replay from the archive.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa

from contracts.dataset import Dataset
from contracts.errors import ZeroRows
from extractors.asked_period import AskedPeriod
from extractors.cells import LongChunk
from extractors.coerce.column import ColumnReader
from extractors.coerce.faults import doubted, faults
from extractors.coerce.flags import one_status
from extractors.coerce.period_days import PeriodDays
from extractors.coerce.tidy import tidy
from extractors.coerce.types import Circumstances
from extractors.period_match import PeriodMatch
from extractors.report import ParseReport
from extractors.source_file import SourceFile
from extractors.swapped_days import SwappedDays
from extractors.table.long import long_chunks
from warehouse.names import STAGE_SYSTEM, contract_columns


class StageColumn(NamedTuple):
    """One column of the staging table."""

    name: str
    pg_type: str


class Parsed:
    """The rows of one batch, read while they are taken."""

    def __init__(self, dataset: Dataset, files: Sequence[SourceFile], penerbit: str, nilai: Mapping[str, str]) -> None:
        contract = dataset.contract
        circumstances = Circumstances(ZoneInfo(dataset.zone), files[0].fetched_at if files else None)
        self.columns = tuple(StageColumn(*column) for column in (*STAGE_SYSTEM, *contract_columns(dataset)))
        """Staging columns in the order of the chunks."""
        self.report = ParseReport()
        """Complete once the last chunk was taken."""
        self._files = files
        self._first_key = contract.key[0]
        self._match, self._swapped = PeriodMatch(dataset), SwappedDays(dataset)
        self._asked = AskedPeriod(contract, nilai)
        self._readers = [ColumnReader(contract, name, circumstances) for name in contract.columns]
        self._period_days = PeriodDays(contract, penerbit, nilai)
        self._long = long_chunks(self._match.witnessed(dataset), files, self.report, penerbit=penerbit, nilai=nilai)

    def chunks(self) -> Iterator[pa.Table]:
        """Tables of text in the order of `columns`, null for NULL; to be taken once.

        Raises: `ContentError` as soon as the files prove not to be what the contract says; `ZeroRows` when no row is left.
        """
        for chunk in self._long:
            if len(chunk.lokasi):
                yield self._table(chunk)
        self.report.findings += [*self._match.findings(), *self._asked.findings(), *self._swapped.findings()]
        if not self.report.staged:
            raise ZeroRows(self._files[0].file_name if self._files else "", "setelah aturan `rows` dan `missing`")

    def _table(self, chunk: LongChunk) -> pa.Table:
        rows = len(chunk.lokasi)
        columns = {reader.name: reader.of_chunk(chunk.columns, rows) for reader in self._readers}
        if chunk.doubt is not None:
            columns[self._first_key] = doubted(columns[self._first_key], chunk.doubt)
        first_days, last_days = self._period_days(columns, rows)
        self._match.take(chunk, first_days)
        self._swapped.take(chunk.columns)
        self._asked.take(first_days)
        numbers = np.arange(self.report.staged + 1, self.report.staged + rows + 1)
        self.report.staged += rows
        status = one_status([column.status for column in columns.values() if column.status is not None], rows)
        system = [pa.array(numbers).cast(pa.string()), tidy(chunk.lokasi), faults(columns, rows), status, first_days, last_days]
        return pa.table([*system, *(column.text for column in columns.values())], names=[column.name for column in self.columns])


def parse(dataset: Dataset, files: Sequence[SourceFile], *, penerbit: str = "", nilai: Mapping[str, str] | None = None) -> Parsed:
    """The rows of a batch that rests on these files (the pages of a source in their order), typed by its contract.

    ``penerbit``, ``nilai``: the publisher and the value of ``each`` they were fetched for. Nothing is read before `Parsed.chunks` is.
    """
    return Parsed(dataset, files, penerbit, dict(nilai or {}))
