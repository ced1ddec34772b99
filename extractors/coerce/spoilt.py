"""Names and codes that a spreadsheet took for something else, and of which it kept only that: they stand for another thing now, or for several.

``3571010101900001`` became 3.57101E+15 or ended in a nought (Excel keeps 15 digits), ``5-9`` and ``05/09`` became the fifth of September. None of it
can be undone.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from contracts.models.columns import ColumnType
from extractors.cells import DATE, NUMBER

NAMING: tuple[ColumnType, ...] = ("text", "code", "wilayah", "unit")
_SCIENTIFIC = r"^[0-9](?:[.,][0-9]+)?E\+[0-9]{2,3}$"
_LONG, _ROUNDED = r"^[0-9]{16,}$", r"^[0-9]{15}0+$"
_PAIR = r"^[0-9]{1,3} ?[-/–] ?[0-9]{1,3}$"
FEWEST = 2
"""Long numbers that all end in noughts: one may do so by itself."""


def unspoilt(text: pa.Array, kind: pa.Array | None, type_: ColumnType) -> pa.Array:
    """The names or codes of a chunk as they are, null where a spreadsheet spoilt them; the very same array where it did not."""
    if type_ not in NAMING:
        return text
    if pc.any(pc.match_substring(text, "E+")).as_py():
        text = _without(text, pc.match_substring_regex(text, _SCIENTIFIC))
    return text if kind is None else _native(text, kind, type_)


def _native(text: pa.Array, kind: pa.Array, type_: ColumnType) -> pa.Array:
    numbers = text.filter(pc.and_(pc.equal(kind, NUMBER), pc.greater(pc.binary_length(text), 15)))
    if len(numbers) >= FEWEST and _all_rounded(numbers):
        text = _without(text, pc.and_(pc.equal(kind, NUMBER), pc.match_substring_regex(text, _ROUNDED)))
    is_date = pc.equal(kind, DATE)
    if pc.any(is_date).as_py() and (type_ != "text" or _names_pairs(text.filter(pc.invert(is_date)))):
        text = _without(text, is_date)
    return text


def _all_rounded(numbers: pa.Array) -> bool:
    long = numbers.filter(pc.match_substring_regex(numbers, _LONG))
    return len(long) >= FEWEST and bool(pc.all(pc.match_substring_regex(long, _ROUNDED)).as_py())


def _names_pairs(text: pa.Array) -> bool:
    return bool(pc.any(pc.match_substring_regex(text, _PAIR)).as_py())


def _without(text: pa.Array, mask: pa.Array) -> pa.Array:
    return pc.if_else(pc.fill_null(mask, False), pa.scalar(None, pa.string()), text)
