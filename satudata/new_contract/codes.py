"""Which of the reference lists a column takes its values from."""

from __future__ import annotations

from collections import Counter
from functools import cache

from contracts.references import reference_names, reference_rows
from contracts.text import normalise

ENOUGH = 0.6
FEWEST = 2
OTHERWISE = frozenset({"wilayah", "satuan"})
"""Lists with a type of their own."""


def reference_of(header: str, texts: Counter[str]) -> str | None:
    """The list that holds most of these texts as codes or names; None where none holds enough of them."""
    distinct = {normalise(text) for text in texts}
    if not distinct or all(text.replace(".", "").isdecimal() and "." not in text for text in distinct):
        return None
    shares = {name: len(distinct & _known(name)) / len(distinct) for name in sorted(reference_names() - OTHERWISE)}
    best = max(shares, key=lambda name: shares[name], default=None)
    if best is None or shares[best] < ENOUGH:
        return None
    return best if len(distinct) >= FEWEST or normalise(header).startswith(("kode", best)) or best in normalise(header) else None


@cache
def _known(name: str) -> frozenset[str]:
    found: set[str] = set()
    for row in reference_rows(name):
        found |= {normalise(text) for text in (row["kode"], row.get("nama", ""), *row.get("sinonim", "").split("|")) if text}
    return frozenset(found)
