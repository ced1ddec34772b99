"""One reference list as its CSV file says it, judged before anything relies on it.

These files are edited by hand, often in Excel, and every dataset resolves its codes by them: what is wrong in one has to be said with its
line, for a list that is read by halves moves figures to other regions. Excel's byte order mark and its semicolons are understood.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from contracts.files import broken_file, file_bytes

Row = dict[str, str]
Problem = tuple[int, str, str, str]
HOLIDAYS = "hari_libur"
"""A list of dates, not of codes."""
NEEDED = ("kode", "nama")
DATES = ("berlaku_dari", "berlaku_sampai")
LEVELS = ("provinsi", "kabupaten_kota", "kecamatan", "desa_kelurahan")
MOST_PROBLEMS = 50


def read_list(path: Path) -> tuple[Row, ...]:
    """The rows of a list, all text.

    Raises: `BrokenContract` with every problem of the file.
    """
    text = _text(path)
    key, *_ = needed = ("tanggal",) if path.stem == HOLIDAYS else NEEDED
    lines = _lines(path, text)
    header = lines[0][1] if lines else []
    if missing := [name for name in needed if name not in header]:
        raise broken_file(
            path, (1, missing[0], "kolom tidak ada di baris pertama", f"baris pertama berisi {', '.join(needed)}, dan lainnya")
        )
    rows = [(line, cells) for line, cells in lines[1:] if any(cell.strip() for cell in cells)]
    if not rows:
        raise broken_file(
            path, (1, key, "daftar tanpa satu baris pun", "sedikitnya satu baris; daftar yang tidak dipakai dihapus berkasnya")
        )
    problems = [*_shapes(header, rows)] or [*_values(path.stem, header, rows, needed)]
    if problems:
        raise broken_file(path, *problems[:MOST_PROBLEMS])
    return tuple(dict(zip(header, cells, strict=False)) for _, cells in rows)


def _text(path: Path) -> str:
    data = file_bytes(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise broken_file(path, (line, "(berkas)", "bukan UTF-8", 'simpan dari Excel sebagai "CSV UTF-8"')) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise broken_file(path, (line, "(berkas)", "memuat byte nol", "berkas teks; buka dan simpan ulang sebagai CSV UTF-8"))
    return text


def _lines(path: Path, text: str) -> list[tuple[int, list[str]]]:
    """(first line, cells) of every row; the separator is the one that the first line uses more."""
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",")
    found: list[tuple[int, list[str]]] = []
    begins = 1
    try:
        for cells in reader:
            found.append((begins, cells))
            begins = reader.line_num + 1
        return found
    except csv.Error as error:
        raise broken_file(path, (begins, "(berkas)", f"CSV tidak terbaca ({error})", "tanda kutip yang berpasangan")) from None


def _shapes(header: list[str], rows: list[tuple[int, list[str]]]) -> Iterator[Problem]:
    for line, cells in rows:
        if len(cells) != len(header):
            should_be = f"{len(header)} sel; beri tanda kutip pada sel yang memuat pemisah"
            yield line, "(baris)", f"{len(cells)} sel, padahal baris pertama punya {len(header)}", should_be


def _values(name: str, header: list[str], rows: list[tuple[int, list[str]]], needed: tuple[str, ...]) -> Iterator[Problem]:
    key, seen = header.index(needed[0]), dict[str, int]()
    for line, cells in rows:
        row = dict(zip(header, cells, strict=True))
        yield from ((line, column, "kosong", "sebuah teks") for column in needed if not row[column].strip())
        if cells[key] in seen:
            yield (
                line,
                needed[0],
                f"`{cells[key]}` sudah ada di baris {seen[cells[key]]}",
                "setiap kode sekali; ejaan lain ditulis di `sinonim`",
            )
        seen.setdefault(cells[key], line)
        yield from _typed(name, line, row)


def _typed(name: str, line: int, row: Row) -> Iterator[Problem]:
    for column in ("tanggal",) if name == HOLIDAYS else DATES:
        if (text := row.get(column, "")) and not _is_date(text):
            yield line, column, f"`{text}` bukan tanggal", "tanggal YYYY-MM-DD"
    if name == "wilayah" and row.get("level") not in LEVELS:
        yield line, "level", f"`{row.get('level', '')}` bukan tingkat wilayah", f"salah satu dari {', '.join(LEVELS)}"
    if name == "satuan" and not _is_factor(row.get("faktor", "")):
        yield line, "faktor", f"`{row.get('faktor', '')}` bukan angka", "angka dengan titik desimal di atas 0, misalnya 0.001"


def _is_date(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _is_factor(text: str) -> bool:
    try:
        return not text or 0 < float(text) < float("inf")
    except ValueError:
        return False
