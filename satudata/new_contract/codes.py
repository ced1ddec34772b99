"""Which of the reference lists a column takes its values from."""

from __future__ import annotations

from collections import Counter
from functools import cache

from contracts.references import reference_names, reference_rows
from contracts.text import normalise

ENOUGH = 0.6
FEWEST = 2
OTHERWISE = frozenset({"wilayah", "satuan", "singkatan"})
"""Lists with a type of their own, and one of mere abbreviations."""


def reference_of(header: str, texts: Counter[str]) -> str | None:
    """The list that holds most of these texts as codes or names; None where none holds enough of them."""
    distinct = {normalise(text) for text in texts}
    if not distinct or all(text.replace(".", "").isdecimal() and "." not in text for text in distinct):
        return None
    shares = {name: len(distinct & _known(name)) / len(distinct) for name in sorted(reference_names() - OTHERWISE)}
    best = max(shares, key=lambda name: shares[name], default=None)
    if best is None or shares[best] < ENOUGH:
        return None
    is_named = normalise(header).startswith(("kode", best)) or best in normalise(header)
    return best if is_named or (len(distinct) >= FEWEST and distinct & _known(best, synonyms=False)) else None


@cache
def _known(name: str, *, synonyms: bool = True) -> frozenset[str]:
    """Codes and names of a list, and its synonyms: by those alone no column speaks of it, for SD is a level of schools as well as their number."""
    found: set[str] = set()
    for row in reference_rows(name):
        others = row.get("sinonim", "").split("|") if synonyms else ()
        found |= {normalise(text) for text in (row["kode"], row.get("nama", ""), *others) if text}
    return frozenset(found)
