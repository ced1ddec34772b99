"""What tests of reading share: a contract and some bytes in, the long rows and the report out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from contracts.dataset import Dataset
from contracts.registry import load_dataset
from extractors.cells import CellColumn
from extractors.report import ParseReport
from extractors.source_file import SourceFile
from extractors.table.long import long_chunks

FETCHED_AT = datetime(2025, 8, 7, 3, tzinfo=UTC)


@dataclass(frozen=True)
class Read:
    """What came of some files."""

    rows: list[dict[str, str | None]]
    """Per row the text of each column, with its place as ``_lokasi``."""
    kinds: dict[str, list[int]]
    doubts: list[str | None]
    report: ParseReport

    def column(self, name: str) -> list[str | None]:
        return [row[name] for row in self.rows]

    def counts(self) -> dict[str, int]:
        return {"read": self.report.read, "fetched": self.report.fetched, **+self.report.dropped}


def read_dataset(dataset: Dataset, *files: SourceFile, penerbit: str = "", nilai: Mapping[str, str] | None = None) -> Read:
    report = ParseReport()
    rows: list[dict[str, str | None]] = []
    kinds: dict[str, list[int]] = {}
    doubts: list[str | None] = []
    for chunk in long_chunks(dataset, files, report, penerbit=penerbit, nilai=nilai):
        length = len(chunk.lokasi)
        assert {len(cells.text) for cells in chunk.columns.values()} == {length}
        texts = {name: cells.text.to_pylist() for name, cells in chunk.columns.items()} | {"_lokasi": chunk.lokasi.to_pylist()}
        rows += [dict(zip(texts, row, strict=True)) for row in zip(*texts.values(), strict=True)]
        for name, cells in chunk.columns.items():
            kinds.setdefault(name, []).extend(kinds_of(cells))
        doubts += [None] * length if chunk.doubt is None else chunk.doubt.to_pylist()
    return Read(rows, kinds, doubts, report)


def kinds_of(cells: CellColumn) -> list[int]:
    return [0] * len(cells.text) if cells.kind is None else cells.kind.to_pylist()


def read(
    folder: Path, contract: str, *contents: bytes | str, names: tuple[str, ...] = ("berkas",), pages: bool = False, **request: object
) -> Read:
    """The rows of files with these contents; the contract is YAML without id, title and write."""
    (folder / "kontrak.yml").write_text(f"id: uji.baca\ntitle: Uji\nwrite: snapshot\n{contract}")
    files = []
    for number, content in enumerate(contents, 1):
        path = folder / f"isi_{number}"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        name = names[number - 1] if number <= len(names) else f"berkas_{number}"
        files.append(SourceFile(path, name, f"https://contoh.go.id/{name}", number if pages else 0, FETCHED_AT))
    return read_dataset(load_dataset(str(folder / "kontrak.yml")), *files, **request)  # type: ignore[arg-type]
