"""Tables of a file that look like the contract's own and were not read: sheets and tables behind the first with the same header.

Their figures are lost, and nothing else tells. Silent are tables without a row that is filled, and those that repeat rows of the one that was
read: pages show a table twice, or its newest rows once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from contracts.text import visible
from extractors.report import Finding
from extractors.table.chunks import Piece

Row = tuple[str, ...]
MOST_KEPT, MOST_LOOKED_AT, MOST_NAMED = 1_000, 50, 4
TABLES, SHEETS = "tabel", "lembar"
REMEDY = {
    TABLES: "Bila datanya ikut, baca semuanya dengan `table: {title: pola judul di atasnya, every: true}` di kontrak; bila tidak, pilih satu "
    "tabel dengan `table: {css: ...}` atau `title`",
    SHEETS: "Bila datanya ikut, sebut semua lembarnya di `source: {sheet: [...]}` pada kontrak (`sheet_name` mengambil isi kolom dari nama "
    "lembar); bila tidak, sebut di situ satu lembar yang dibaca",
}


class Unread:
    """Gathers them over the files of a batch."""

    def __init__(self) -> None:
        self._read: set[Row] = set()
        self._file_name = ""
        self._places: dict[str, list[tuple[str, str]]] = {}
        self._looked_at: dict[str, int] = {}

    def begin(self, file_name: str) -> None:
        """The next file."""
        self._read, self._file_name = set(), file_name

    def reading(self, pieces: Iterable[Piece]) -> Iterator[Piece]:
        """The pieces of a table that is read; its first rows are remembered."""
        for piece in pieces:
            self._read.update(islice(_rows(piece), MOST_KEPT - min(len(self._read), MOST_KEPT)))
            yield piece

    def see(self, kind: str, place: str, pieces: Iterable[Piece]) -> None:
        """A table with the same header that is not read; called once those that are were."""
        self._looked_at[kind] = self._looked_at.get(kind, 0) + 1
        rows = islice((row for piece in pieces for row in _rows(piece)), MOST_LOOKED_AT)
        if any(row not in self._read and 2 * sum(map(bool, row)) > len(row) for row in rows):
            self._places.setdefault(kind, []).append((self._file_name, visible(place)))

    def findings(self) -> Iterator[Finding]:
        """A finding for each kind that was left unread: a person decides, for the figures may be missing."""
        for kind, places in self._places.items():
            names = [f'"{place}"' if kind == SHEETS else place for _, place in places[:MOST_NAMED]]
            more = f" dan {len(places) - MOST_NAMED} lainnya" if len(places) > MOST_NAMED else ""
            yield Finding(
                rule="unread", rule_id=f"unread.{kind}", severity=None, outcome="fail", column=None, checked=self._looked_at[kind],
                failed=len(places), observed=f"{len(places)} {kind} lain", expected=f"satu {kind} dengan judul kolom itu",
                message=f"Berkas {places[0][0]} punya {kind} lain yang berjudul kolom sama dan berisi data, tetapi tidak dibaca: {', '.join(names)}{more}. "
                f"{REMEDY[kind]}. Untuk kiriman ini: `--terima unread.{kind}`.",
            )  # fmt: skip


def _rows(piece: Piece) -> Iterator[Row]:
    columns = [cells.text.to_pylist() for key, cells in piece.chunk.columns.items() if key in piece.layout.needed]
    return (tuple((text or "").strip() for text in row) for row in zip(*columns, strict=True))
