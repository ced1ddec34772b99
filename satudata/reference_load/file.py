"""The file of a national list: CSV with `kode` and `nama`, with or without `kode_bps`, as it is or in a ZIP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from contracts.reference_files import csv_rows
from contracts.text import squeezed
from extractors.unpacked import unpacked

NEEDED = ("kode", "nama")
_ROMAN = re.compile(r"[IVX]+")
_KABUPATEN = re.compile(r"^kab(?:upaten)?\b\.?\s*", re.IGNORECASE)
_KOTA = re.compile(r"kota\b", re.IGNORECASE)
FIRST_KOTA = "71"
"""Kemendagri numbers kabupaten 01 to 69, kota from 71."""


@contextmanager
def region_rows(path: Path) -> Iterator[Iterator[tuple[int, str, str, str]]]:
    """(line, code, name, BPS code) of every row, for the length of the block. Raises: `BrokenContract`, `WrongFormat`, `ZipBomb`."""
    with unpacked(path, path.name) as (inner, _, _):
        rows = csv_rows(inner, NEEDED)
        yield ((line, row["kode"].strip(), _named(row["kode"].strip(), row["nama"]), row.get("kode_bps", "").strip()) for line, row in rows)


def _named(code: str, published: str) -> str:
    """A name as lists write it: no shouting, and a kabupaten or kota says which it is."""
    name = squeezed(published)
    if name.isupper():
        name = " ".join(word if _ROMAN.fullmatch(word) else word.capitalize() for word in name.split(" "))
    digits = code.replace(".", "")
    if not name or len(digits) != 4 or _KOTA.match(name):
        return name
    return f"{'Kota' if digits[2:] >= FIRST_KOTA else 'Kabupaten'} {_KABUPATEN.sub('', name, count=1)}"
