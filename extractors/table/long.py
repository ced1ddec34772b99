"""Bytes of a batch -> long rows of texts, ready to be typed: row rules, then `unpivot`, then origins, with every row counted once.

The order of work is the contract page's: source > table > header > blank rows out > rows > unpivot > origin.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

import numpy as np

from contracts.dataset import Dataset
from contracts.errors import ZeroRows
from extractors.cells import DOUBT, LongChunk
from extractors.coerce.types import Circumstances
from extractors.declared import Declared
from extractors.last_line import cut_off
from extractors.origins import GROUP, Origins
from extractors.report import ParseReport
from extractors.source_file import SourceFile
from extractors.table.amounts import AmountReader
from extractors.table.chunks import Piece, doubting, doubting_rows, rows_where
from extractors.table.drift import Drift
from extractors.table.fill_down import FillDown
from extractors.table.groups import Groups, until_heading
from extractors.table.labelled import Labelled
from extractors.table.needs import Needs
from extractors.table.roles import DATA, KNOWN_TOTAL, OPEN, RoleReader, Roles
from extractors.table.strange_headings import StrangeHeadings
from extractors.table.totals import Totals
from extractors.table.unpivot import Long, Unpivot
from extractors.table.unruled import Unruled
from extractors.tables import SourceTable, TableReader
from extractors.title_match import TitleMatch
from extractors.unseen import unseen


def long_chunks(
    dataset: Dataset, files: Sequence[SourceFile], report: ParseReport, *, penerbit: str = "", nilai: Mapping[str, str] | None = None
) -> Iterator[LongChunk]:
    """The rows of a batch, a chunk at a time; ``report`` is complete once the last one was taken.

    Raises: `ContentError` where the files are not what the contract says; `ZeroRows` where they hold no row; `IncompletePages` where the
    source declares another number of records than it sent.
    """
    return _Batch(dataset, files, report, penerbit, nilai or {}).chunks()


class _Rules:
    """The row rules of one table, as its chunks pass."""

    def __init__(self, dataset: Dataset, needs: Needs, amounts: AmountReader, reader: RoleReader) -> None:
        contract = dataset.contract
        self.labelled = Labelled(dataset, needs, amounts, reader)
        self.unruled = Unruled(dataset, needs, amounts, reader)
        self.strange_headings = StrangeHeadings(contract, needs, reader)
        self.groups = Groups(contract, needs)
        self.totals = Totals(contract, needs, amounts)
        self.unpivot = Unpivot(contract, needs, amounts)
        self.fill_down = FillDown(contract)


class _Batch:
    def __init__(self, dataset: Dataset, files: Sequence[SourceFile], report: ParseReport, penerbit: str, nilai: Mapping[str, str]) -> None:
        self._dataset, self._contract, self._files, self._report = dataset, dataset.contract, files, report
        self._penerbit, self._nilai = penerbit, nilai
        self._declared = Declared(dataset.contract)
        self._needs = Needs(dataset.contract)
        self._roles = RoleReader(dataset.contract, self._needs)
        self._amounts = AmountReader(dataset.contract, Circumstances(ZoneInfo(dataset.zone)))
        self._drift = Drift(dataset.contract)
        self._titles = TitleMatch(dataset.contract, penerbit, self._nilai)
        self._reader = TableReader(dataset.contract, self._needs, many_files=len(files) > 1, declared=self._declared.paths)

    def chunks(self) -> Iterator[LongChunk]:
        """The chunks of all tables of all files."""
        rules, is_open = self._new_rules(), False
        for file in self._files:
            for table in self._reader.tables(file):
                yield from self._table(table, rules)
                self._declared.see(table.around.document)
                if not (is_open := table.goes_on):
                    self._close(rules)
                    rules = self._new_rules()
        if is_open:
            self._close(rules)
        self._drift.tell(self._report)
        self._report.open_ends += self._reader.open_ends
        self._report.findings += [*cut_off(self._reader.open_ends), *unseen(self._reader.unseen), *self._reader.unread.findings()]
        self._report.findings += self._titles.findings()
        self._check_complete()

    def _new_rules(self) -> _Rules:
        return _Rules(self._dataset, self._needs, self._amounts, self._roles)

    def _close(self, rules: _Rules) -> None:
        self._report.findings += [*rules.totals.findings(), *rules.unruled.findings(), *rules.unpivot.findings()]

    def _table(self, table: SourceTable, rules: _Rules) -> Iterator[LongChunk]:
        self._titles.see(table.around)
        origins = Origins(self._contract, self._needs, table.around, self._penerbit, self._nilai)
        for piece in until_heading(table.pieces, self._contract, self._roles):
            self._drift.see(piece.layout)
            for rows in rules.unpivot(rules.fill_down(self._data(piece, rules))):
                self._count(rows)
                columns = origins.columns(rows, piece.layout)
                doubt = rows.chunk.columns.get(DOUBT)
                yield LongChunk(columns, rows.lokasi, doubt and doubt.text)

    def _data(self, piece: Piece, rules: _Rules) -> Piece:
        """The data rows of a chunk, with what their headings give them; the other rows are counted and checked here."""
        self._report.read += len(piece.chunk.rows)
        roles, doubt = rules.labelled(piece, self._roles(piece))
        doubts = rules.unruled(piece, roles) | rules.strange_headings(piece, roles)
        rules.totals.add(piece, roles)
        given = {f"{GROUP}{name}": cells for name, cells in rules.groups.columns(piece, roles).items()}
        self._count_others(roles)
        chunk = doubting(replace(piece.chunk, columns=piece.chunk.columns | given), doubt)
        chunk = doubting_rows(chunk, doubts)
        return replace(piece, chunk=rows_where(chunk, np.isin(roles, (DATA, OPEN))))

    def _count_others(self, roles: Roles) -> None:
        others = [*((position, rule.is_) for position, rule in enumerate(self._contract.rows)), (KNOWN_TOTAL, "total")]
        for role, kind in others:
            rows = int(np.count_nonzero(roles == role))
            self._report.fetched += rows
            self._report.dropped += Counter({kind: rows})

    def _count(self, rows: Long) -> None:
        self._report.fetched += rows.candidates
        if missing := rows.candidates - len(rows.lokasi):
            self._report.dropped["missing"] += missing

    def _check_complete(self) -> None:
        """Raises: `IncompletePages`, `ZeroRows`, and `MissingColumn` where no record had a field that all need."""
        first = self._files[0].file_name if self._files else ""
        self._declared.check(first, self._reader.records, len(self._files))
        if not self._report.read:
            raise ZeroRows(first, "tabel yang dicari", self._reader.is_document)
        if error := self._reader.missing(self._files[0]):
            raise error
