"""The unit that a header states: ``Harga (Rp/kg)``, ``stok_ton``."""

from __future__ import annotations

import re
from functools import cache

from contracts.references import reference_rows
from contracts.text import normalise


def unit_in(header: str) -> str | None:
    """The code of the unit in brackets, or at the end of a header; None where there is none that the references know."""
    bracketed = re.findall(r"\(([^()]+)\)", header)
    for text in (*bracketed, *(["persen"] if "%" in header else [])):
        if found := _units().get(normalise(text)):
            return found
    last = re.split(r"[\W_]+", header.strip(" )"))[-1]
    if re.search(rf"/\s*{re.escape(last)}$", header.strip(" )")):
        return None  # of tons per hectare the hectare is no unit
    return _units().get(normalise(last)) if len(last) > 1 and last != header else None


def rate_unknown(header: str) -> str | None:
    """The unit in brackets that is one thing per another (``ton/ha``) and that the references do not know."""
    bracketed = re.findall(r"\(([^()/]+/[^()/]+)\)", header)
    return next(
        (text.strip() for text in bracketed if _units().get(normalise(text)) is None and normalise(text.split("/")[1]) in _units()), None
    )


def unit_named(text: str) -> str | None:
    """The code of the unit that a whole text names, brackets left out; None where the references know none."""
    return _units().get(normalise(text.strip("()[] ")))


@cache
def _units() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in reference_rows("satuan"):
        for text in (row["kode"], row["nama"], *row["sinonim"].split("|")):
            if text:
                found.setdefault(normalise(text), row["kode"])
    return found
