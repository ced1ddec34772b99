"""One reference list as its CSV file says it, judged before anything relies on it.

These files are edited by hand, often in Excel, and every dataset resolves its codes by them: what is wrong in one has to be said with its
line, for a list that is read by halves moves figures to other regions. Excel's byte order mark and its semicolons are understood.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import chain, islice
from pathlib import Path

from contracts.files import broken_file, file_bytes
from contracts.region_shapes import FORMS, LEVELS, misfit

Row = dict[str, str]
Problem = tuple[int, str, str, str]
HOLIDAYS = "hari_libur"
"""A list of dates, not of codes."""
SYNONYMS = "sinonim"
"""Other spellings for codes of all lists, each with who added it."""
NEEDED = ("kode", "nama")
NEEDED_BY = {HOLIDAYS: ("tanggal",), SYNONYMS: ("daftar", "kode", "sinonim", "oleh", "tanggal"), "wilayah": (*NEEDED, "level")}
"""The columns of the files that need others."""
CODES = {"kode": "kemendagri", "kode_bps": "bps"}
"""The columns of the list of regions that hold codes, and of which system."""
DATES = ("berlaku_dari", "berlaku_sampai")
SUMS = ("antarwilayah dan antarperiode", "antarwilayah", "tidak")
"""Over what an indicator may be summed up: what happened in a period, what there was at its end, and a ratio."""
MOST_PROBLEMS = 50
LONGEST_CELL = 1 << 17
"""Letters of a cell; a longer one is a quotation mark that nobody closed."""


def read_list(path: Path) -> tuple[Row, ...]:
    """The rows of a list, all text.

    Raises: `BrokenContract` with every problem of the file.
    """
    check_list(path)
    return tuple(list_rows(path))


def check_list(path: Path) -> None:
    """Judge a list without keeping it: the national one has 91,000 rows. Raises: `BrokenContract` with every problem of the file."""
    needed = NEEDED_BY.get(path.stem, NEEDED)
    header, rows = _table(path, needed)
    problems = _shapes(header, rows)
    if not (found := [*islice(problems, MOST_PROBLEMS)]):
        header, rows = _table(path, needed)
        found = [*islice(_values(path.stem, header, rows, needed), MOST_PROBLEMS)]
    if found:
        raise broken_file(path, *found)


def list_rows(path: Path) -> Iterator[Row]:
    """The rows of a list that `check_list` has judged, one after the other."""
    header, rows = _table(path, NEEDED_BY.get(path.stem, NEEDED))
    return (dict(zip(header, cells, strict=False)) for _, cells in rows)


def csv_rows(path: Path, needed: tuple[str, ...]) -> Iterator[tuple[int, Row]]:
    """(line, row) of any sheet with these columns, judged like a list for its shape alone, before the first one. Raises: `BrokenContract`."""
    header, rows = _table(path, needed)
    if problems := [*islice(_shapes(header, rows), MOST_PROBLEMS)]:
        raise broken_file(path, *problems)
    header, rows = _table(path, needed)
    return ((line, dict(zip(header, cells, strict=False))) for line, cells in rows)


def _table(path: Path, needed: tuple[str, ...]) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The header and the rows that are not blank. Raises: `BrokenContract` for what is no table, or has none of its columns or rows."""
    lines = _lines(path, _text(path))
    header = next(lines, (0, [""]))[1]
    if missing := [name for name in needed if name not in header]:
        raise broken_file(
            path, (1, missing[0], "kolom tidak ada di baris pertama", f"baris pertama berisi {', '.join(needed)}, dan lainnya")
        )
    rows = ((line, cells) for line, cells in lines if any(map(str.strip, cells)))
    if (first := next(rows, None)) is None:
        raise broken_file(
            path, (1, needed[0], "daftar tanpa satu baris pun", "sedikitnya satu baris; daftar yang tidak dipakai dihapus berkasnya")
        )
    return header, chain([first], rows)


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


def _lines(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """(first line, cells) of every row; the separator is the one that the first line uses more."""
    first = text.partition("\n")[0]
    csv.field_size_limit(LONGEST_CELL)  # of the whole process: whoever reads agencies' files asks for more
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",")
    begins = 1
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise broken_file(path, (begins, "(berkas)", f"CSV tidak terbaca ({error})", "tanda kutip yang berpasangan")) from None


def _shapes(header: list[str], rows: Iterable[tuple[int, list[str]]]) -> Iterator[Problem]:
    for line, cells in rows:
        if len(cells) != len(header):
            should_be = f"{len(header)} sel; beri tanda kutip pada sel yang memuat pemisah"
            yield line, "(baris)", f"{len(cells)} sel, padahal baris pertama punya {len(header)}", should_be


def _values(name: str, header: list[str], rows: Iterable[tuple[int, list[str]]], needed: tuple[str, ...]) -> Iterator[Problem]:
    places, key, seen = [header.index(column) for column in needed], header.index(needed[0]), dict[str, int]()
    is_unique = name != SYNONYMS
    typed = _typed_columns(name, header)
    coded = [(header.index(column), system) for column, system in CODES.items() if name == "wilayah" and column in header]
    level = header.index("level") if coded else 0
    for line, cells in rows:
        yield from ((line, header[place], "kosong", "sebuah teks") for place in places if not cells[place].strip())
        if is_unique and (first := seen.setdefault(cells[key], line)) != line:
            yield (line, needed[0], f"`{cells[key]}` sudah ada di baris {first}", "setiap kode sekali; ejaan lain ditulis di `sinonim`")
        for place, judge in typed:
            if problem := judge(cells[place]):
                yield line, header[place], *problem
        for place, system in coded:
            form = FORMS[system].get(cells[level])
            if cells[place] and form is not None and not form.fullmatch(cells[place]):
                yield line, header[place], *_misfit(system, cells[place], cells[level])


def _misfit(system: str, code: str, level: str) -> tuple[str, str]:
    """Of a code that is not written as those of its level: figures would be counted elsewhere, or nowhere."""
    return misfit(code, system, level) or (f"`{code}` tanpa titik", "kode Kemendagri dengan titik di antara bagiannya, misalnya 61.05.01")


def _typed_columns(name: str, header: list[str]) -> list[tuple[int, Callable[[str], tuple[str, str] | None]]]:
    """The columns of a list whose cells are more than text, by their place, and what is wrong with a cell."""
    judges: dict[str, Callable[[str], tuple[str, str] | None]] = dict.fromkeys(
        ("tanggal",) if name in (HOLIDAYS, SYNONYMS) else DATES, _no_date
    )
    if name == "wilayah":
        judges["level"] = _no_level
    if name == "satuan":
        judges["faktor"] = _no_factor
    if name == "indikator":
        judges["penjumlahan"] = _no_sum
    return [(header.index(column), judge) for column, judge in judges.items() if column in header]


def _no_date(text: str) -> tuple[str, str] | None:
    return (f"`{text}` bukan tanggal", "tanggal YYYY-MM-DD") if text and not _is_date(text) else None


def _no_level(text: str) -> tuple[str, str] | None:
    return None if text in LEVELS else (f"`{text}` bukan tingkat wilayah", f"salah satu dari {', '.join(LEVELS)}")


def _no_factor(text: str) -> tuple[str, str] | None:
    return None if _is_factor(text) else (f"`{text}` bukan angka", "angka dengan titik desimal di atas 0, misalnya 0.001")


def _no_sum(text: str) -> tuple[str, str] | None:
    return (
        None if text in ("", *SUMS) else (f"`{text}` bukan cara menjumlahkan", f"salah satu dari {', '.join(SUMS)}; kosong bila belum tahu")
    )


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
