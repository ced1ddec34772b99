"""Prevents a table that was packed for sending from being refused, the wrong one of several from being taken, and bombs from going off."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from contracts.errors import WrongFormat, ZipBomb
from extractors import unzip
from tests.extractors.formats import workbooks
from tests.extractors.reading import Read, read

CSV = "a;b\n1;2\n3;4\n"
CONTRACT = "source: {kind: file, url: berkas}\nkey: [a]\ncolumns:\n  a: {type: text}\n  tahun: {file_name: '(\\d{4})', type: text}\n"


def packed(**parts: str | bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in parts.items():
            container.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return stream.getvalue()


def rows(folder: Path, content: bytes, name: str = "data.zip") -> Read:
    return read(folder, CONTRACT, content, names=(name,))


def test_the_one_table_of_a_zip_is_read(tmp_path: Path) -> None:
    found = rows(tmp_path, packed(BACA_dot_txt="Baca dahulu.", hasil__data_2024_dot_csv=CSV, peta_dot_png=b"\x89PNG\r\n\x1a\n"))
    assert [(row["a"], row["tahun"], row["_lokasi"]) for row in found.rows] == [("1", "2024", "baris 2"), ("3", "2024", "baris 3")]


def test_a_workbook_in_a_zip_is_read(tmp_path: Path) -> None:
    workbooks.xlsx(tmp_path / "buku", [("a", "b"), ("1", 2)])
    assert rows(tmp_path, packed(buku_2024_dot_xlsx=(tmp_path / "buku").read_bytes())).column("a") == ["1"]


def test_a_packed_csv_is_read(tmp_path: Path) -> None:
    assert rows(tmp_path, gzip.compress(CSV.encode()), "data_2024.csv.gz").column("a") == ["1", "3"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (packed(a_dot_csv=CSV, b_dot_csv=CSV), "2 tabel (a.csv; b.csv)"),
        (packed(surat_dot_pdf=b"%PDF-1.4 x"), "0 tabel"),
        (packed(a_dot_csv=CSV)[:-30], "rusak"),
        (gzip.compress(CSV.encode())[:-9], "rusak"),
    ],
    ids=["two tables", "no table", "cut zip", "cut gzip"],  # bytes as names would hold the time at which they were packed
)
def test_what_cannot_be_chosen_or_opened_is_told(tmp_path: Path, content: bytes, told: str) -> None:
    with pytest.raises(WrongFormat, match=told.replace("(", r"\(").replace(")", r"\)")):
        rows(tmp_path, content)


def test_a_gzip_that_grows_without_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SATUDATA_MAX_UNZIPPED_BYTES", "1000")
    with pytest.raises(ZipBomb):
        rows(tmp_path, gzip.compress(b"a;b\n" + b"1;2\n" * 1000))


def test_a_gzip_that_is_mostly_nothing_is_stopped_as_a_zip_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when a few kilobytes may fill the disk up to the cap of the settings; a small file may shrink as well as it likes."""
    monkeypatch.setattr(unzip, "HARMLESS_BYTES", 2 * 1024 * 1024)
    honest = b"a;b\n" + b"1;2\n" * 400_000
    assert len(rows(tmp_path, gzip.compress(honest), "data_2024.csv.gz").rows) == 400_000
    bomb = gzip.compress(honest * 20)
    with pytest.raises(ZipBomb, match="data_2024.csv.gz mengembang") as caught:
        rows(tmp_path, bomb, "data_2024.csv.gz")
    assert caught.value.max_bytes == unzip.MAX_RATIO * len(bomb)
    assert caught.value.unzipped_bytes < len(honest) * 20
