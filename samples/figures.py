"""Sample figures: made from the name of what they count, so that every start of the city shows the same ones.

They are no facts. Only region names and codes (references) and the list of Serang's sites (samples/facts) are.
"""

from __future__ import annotations

import csv
import hashlib
from functools import cache
from pathlib import Path

from contracts.settings import settings

FACTS = Path(__file__).parent / "facts"


def sample(low: int, high: int, *name: object) -> int:
    """A whole number from low to high, always the same for the same name."""
    digest = hashlib.sha256("|".join(map(str, name)).encode()).digest()
    return low + int.from_bytes(digest[:6], "big") % (high - low + 1)


@cache
def wilayah(induk: str, level: str) -> tuple[tuple[str, str], ...]:
    """(code, name) of every region of a level below `induk`, in code order, as the references hold them."""
    with (settings().sources / "references" / "wilayah.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["level"] == level and row["kode"].startswith(induk + ".")]
    return tuple(sorted((row["kode"], row["nama"]) for row in rows))


def facts(name: str) -> list[dict[str, str]]:
    """A table of published facts beside this module."""
    with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def id_number(value: int | float, decimals: int = 0) -> str:
    """1234.5 -> "1.234,5": a number as Indonesian offices write it."""
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))
