"""Names of contract columns out of published headers: lower case, underscores, none twice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from contracts.rules.column_names import RESERVED

LONGEST = 40
VALUE = "value"
"""What the parser calls a scalar that is a record by itself."""
_OUTER = re.compile(r"^(?:up\.)+")
_SHORT = re.compile(r"\([^)]*\)")


def slug(text: str) -> str:
    """A header as a name; ``Penduduk > Laki-laki (jiwa)`` -> ``penduduk_laki_laki``, ``up.tahun`` -> ``tahun``; empty where nothing is left."""
    if text == VALUE:
        return "nilai"
    text = _OUTER.sub("", text)
    bare = _SHORT.sub(" ", text) if _SHORT.sub("", text).strip() else text
    plain = unicodedata.normalize("NFKD", bare).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")
    if len(name) > LONGEST:
        name = name[:LONGEST].rpartition("_")[0] or name[:LONGEST]
    return f"k_{name}" if name[:1].isdigit() else name


def free(name: str, taken: Collection[str]) -> str:
    """The name, with a number behind it where it is taken, or one that the warehouse gives itself."""
    found, number = name or "kolom", 2
    while found in taken or found in RESERVED:
        found, number = f"{name or 'kolom'}_{number}", number + 1
    return found
