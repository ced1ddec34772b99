"""The minutes as a workbook: one row per conflict and pair of agencies, with room for what they agree on."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from satudata.finding_report.cells import Cell, cell
from satudata.finding_report.files import Book, written_whole

if TYPE_CHECKING:
    from satudata.conflicts.minutes import Minutes

LEVELS = {"produsen": "Produsen Data", "forum": "Forum Satu Data (Bappeda)", "kepala_daerah": "Kepala daerah"}
CASES = (
    "No", "Konflik", "Pihak Pertama", "Pihak Kedua", "Objek", "Wilayah", "Periode", "Angka Pihak Pertama", "Angka Pihak Kedua", "Satuan", "Selisih",
    "Sumber Pihak Pertama", "Sumber Pihak Kedua", "Sejak", "Tenggat", "Di tangan", "Kesepakatan",
)  # fmt: skip
_TIME = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest moment an entry of a zip file can have."""


def write_workbook(minutes: Minutes, path: Path) -> None:
    """Write the workbook; its bytes depend on the minutes alone."""
    book = Book()
    for title, header, rows in _sheets(minutes):
        for _ in book.add(title, header, ([cell(value) for value in row] for row in rows)):
            pass
    with written_whole(path) as beside:
        book.save(beside)
        beside.write_bytes(_timeless(beside.read_bytes()))


def _sheets(minutes: Minutes) -> Iterator[tuple[str, Sequence[str], Iterable[Sequence[object]]]]:
    yield "Berita acara", ("Berita acara rekonsiliasi", minutes.number), _head(minutes)
    yield "Angka yang berbeda", CASES, _cases(minutes)
    yield "Eskalasi", ("Konflik", "Objek", "Wilayah", "Periode", "Sejak", "Tenggat", "Di tangan"), (
        [one[name] for name in ("conflict_id", "objek", "wilayah", "periode", "sejak", "tenggat")] + [LEVELS[one["tingkat"]]]
        for one in minutes.escalated
    )  # fmt: skip
    yield "Diputuskan", ("Konflik", "Objek", "Wilayah", "Periode", "Angka", "Satuan", "Angka dari", "Dasar", "Berita acara", "Tanggal"), (
        [one[name] for name in ("conflict_id", "objek", "wilayah", "periode", "nilai", "satuan", "angka_dari", "dasar", "berita_acara", "tanggal")]
        for one in minutes.decided
    )  # fmt: skip
    yield "Selesai sendiri", ("Konflik", "Objek", "Wilayah", "Periode", "Tanggal", "Sebab"), (
        [one[name] for name in ("conflict_id", "objek", "wilayah", "periode", "tanggal", "sebab")] for one in minutes.ended
    )  # fmt: skip
    yield "Tanda tangan", ("Pasangan", "Sebagai", "Lembaga", "Nama dan NIP", "Tanda tangan"), _signatures(minutes)


def _head(minutes: Minutes) -> Iterator[Sequence[object]]:
    yield "Pemda", minutes.pemda_nama
    yield "Minggu", f"{minutes.first:%d-%m-%Y} s.d. {minutes.last:%d-%m-%Y}"
    yield "Keadaan per", minutes.last
    yield "Pasangan OPD", len(minutes.pairs)
    yield "Diputuskan minggu ini", len(minutes.decided)
    yield "Selesai sendiri minggu ini", len(minutes.ended)
    yield "Lewat tenggat", len(minutes.escalated)


def _cases(minutes: Minutes) -> Iterator[Sequence[object]]:
    for number, pair in enumerate(minutes.pairs, start=1):
        for nth, case in enumerate(pair.cases, start=1):
            sources = (minutes.source(case, side) for side in "ab")
            yield [
                f"{number}.{nth}", case["conflict_id"], pair.first, pair.second, case["objek"], case["wilayah"], case["periode"], case["nilai_a"],
                case["nilai_b"], case["satuan"], abs(case["nilai_a"] - case["nilai_b"]), *sources, case["sejak"], case["tenggat"],
                LEVELS[case["tingkat"]], None,
            ]  # fmt: skip


def _signatures(minutes: Minutes) -> Iterator[Sequence[Cell]]:
    for number, pair in enumerate(minutes.pairs, start=1):
        for role, who in (("Pihak Pertama", pair.first), ("Pihak Kedua", pair.second), ("Walidata", minutes.walidata)):
            yield [number, role, who, None, None]


def _timeless(workbook: bytes) -> bytes:
    """The same workbook without the moment it was made in: a zip file dates each entry, and its properties say when it was saved."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _TIME.sub(rb"\g<1>1980-01-01T00:00:00Z\g<3>", content)
            new.writestr(zipfile.ZipInfo(name, _FIRST_DAY), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
