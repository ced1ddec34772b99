"""Whether figures under several headers may be one column: hectares and tons beside each other are two measures, and never one `nilai`.

The units that headers state, or that stand below them, tell; where they state none, the words for what has no common unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from satudata.new_contract.units import unit_in

_KINDS = {
    "luas": r"luas(?:an)?", "hasil": r"produksi|volume|tonase|stok|kebutuhan|ketersediaan", "hasil per luas": r"produktivitas",
    "uang": r"harga|anggaran|realisasi|pagu|biaya",
    "bagian": r"persen(?:tase)?|%|rasio|indeks|laju|proporsi", "panjang": r"panjang", "banyak": r"banyaknya|jumlah",
}  # fmt: skip
"""What is measured -> words for it; a header with none of them is of any kind."""


def are_of_one_measure(headers: Iterable[str], units: Mapping[str, str]) -> bool:
    """Whether all these headers may stand over figures of one measure. ``units``: header -> the unit that stands below it."""
    listed = list(headers)
    stated = {units.get(header) or unit_in(header.replace(" > ", " ")) or _unit_of_part(header) for header in listed}
    kinds = {kind for header in listed if (kind := _kind(header))}
    return len(stated - {None}) <= 1 and (len(kinds) <= 1 or None not in stated)


def _unit_of_part(header: str) -> str | None:
    """The unit of a head above the last one: ``Luas (Ha) > 2023``."""
    return next((unit for part in header.split(" > ") if (unit := unit_in(part))), None)


def _kind(header: str) -> str | None:
    """What a header says is measured: a share of whatever, else the last word for it, as in ``Jumlah Produksi``."""
    found = [
        (match.start(), kind)
        for kind, words in _KINDS.items()
        for match in re.finditer(rf"(?:^|[\W_])(?:{words})(?=$|[\W_])", header, re.IGNORECASE)
    ]
    return "bagian" if "bagian" in dict(found).values() else max(found)[1] if found else None
