"""A workbook opened without looking can cost gigabytes; one refused without reason costs an agency its report."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest

from contracts.errors import WrongFormat, ZipBomb
from extractors import unzip
from extractors.unzip import guard_zip

MEBIBYTE = 1024 * 1024
MOST = 2_000_000_000


def _zip(path: Path, size_bytes: int, content: bytes = b"\0") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as container, container.open("xl/sheet1.xml", "w", force_zip64=True) as part:
        for _ in range(size_bytes // MEBIBYTE):
            part.write(content * MEBIBYTE)
    return path


def _with_false_sizes(path: Path, declared: int) -> Path:
    """The directory says `declared` bytes for each part; the compressed bytes stay what they are."""
    content = bytearray(path.read_bytes())
    position = content.find(b"PK\x01\x02")
    while position >= 0:
        content[position + 24 : position + 28] = struct.pack("<I", declared)
        position = content.find(b"PK\x01\x02", position + 1)
    path.write_bytes(content)
    return path


def test_a_declared_bomb_is_refused_unopened(tmp_path: Path) -> None:
    """Fails when a small file that says it grows 1000 times is opened."""
    with pytest.raises(ZipBomb, match="isi.xlsx"):
        guard_zip(_zip(tmp_path / "b.xlsx", 100 * MEBIBYTE), "isi.xlsx", MOST)


def test_a_bomb_behind_false_sizes_is_found(tmp_path: Path) -> None:
    """Fails when the directory's sizes are believed: a reader that inflates to the end would fill the memory."""
    path = _with_false_sizes(_zip(tmp_path / "b.xlsx", 100 * MEBIBYTE), 1000)
    with pytest.raises(ZipBomb):
        guard_zip(path, "isi.xlsx", MOST)


def test_parts_that_share_their_bytes_are_counted_each(tmp_path: Path) -> None:
    """Fails when many directory entries point at one compressed part, so that no single one looks large."""
    path = _zip(tmp_path / "b.xlsx", 10 * MEBIBYTE)
    with zipfile.ZipFile(path, "a") as container:
        container.filelist.extend([container.filelist[0]] * 20)
        container._didModify = True
    with pytest.raises(ZipBomb):
        guard_zip(path, "isi.xlsx", MOST)


def test_the_cap_of_the_settings_counts(tmp_path: Path) -> None:
    """Fails when SATUDATA_MAX_UNZIPPED_BYTES has no effect below the ratio."""
    path = _zip(tmp_path / "b.xlsx", MEBIBYTE)
    guard_zip(path, "isi.xlsx", MEBIBYTE)
    with pytest.raises(ZipBomb):
        guard_zip(path, "isi.xlsx", MEBIBYTE - 1)


def test_counting_stops_at_the_cap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when a bomb is inflated to its end only to say how large it was."""
    path = _with_false_sizes(_zip(tmp_path / "b.xlsx", 200 * MEBIBYTE), 1000)
    inflated = []
    sizes = unzip._inflated_sizes
    monkeypatch.setattr(unzip, "_inflated_sizes", lambda *given: (inflated.append(size) or size for size in sizes(*given)))
    with pytest.raises(ZipBomb):
        guard_zip(path, "isi.xlsx", MOST)
    assert sum(inflated) <= unzip.HARMLESS_BYTES + MEBIBYTE


def test_a_large_honest_workbook_passes(tmp_path: Path) -> None:
    """Fails when a real sheet of many rows is taken for a bomb."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in range(20_000):
        sheet.append([row, f"Kecamatan {row % 7}", row * 1.5, "61.05.01.2001"])
    book.save(tmp_path / "besar.xlsx")
    guard_zip(tmp_path / "besar.xlsx", "besar.xlsx", MOST)


@pytest.mark.parametrize("cut", [40, 0.5])
def test_a_cut_workbook_is_the_wrong_format(tmp_path: Path, cut: float) -> None:
    """Fails when a truncated upload ends in a stack trace of a library."""
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    content = stream.getvalue()
    keep = int(len(content) * cut) if cut < 1 else len(content) - int(cut)
    (tmp_path / "x.xlsx").write_bytes(content[:keep])
    with pytest.raises(WrongFormat):
        guard_zip(tmp_path / "x.xlsx", "x.xlsx", MOST)
