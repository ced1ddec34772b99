"""Codes: kept as published, apart from what a spreadsheet did to them, and put together where a file spreads them over columns.

Whether a code exists, and which region a name means, is decided against the references later; raw keeps the published text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from contracts.models.columns import CodeSystem
from contracts.text import normalise
from extractors.coerce.memo import Memo

_WIDTHS: dict[CodeSystem, tuple[tuple[int, ...], str]] = {
    "kemendagri": ((2, 2, 2, 4), "."),
    "bps": ((2, 2, 3, 3), ""),
    "dapodik": ((2, 2, 2), ""),
}
"""Digits of each level and what stands between them (Kepmendagri 300.2.2-2138/2025; BPS Master File Desa)."""


def without_float_tail(text: pa.Array) -> pa.Array:
    """Codes that went through a float column as they were: ``3201.0`` -> ``3201``."""
    if not pc.any(pc.ends_with(text, ".0")).as_py():
        return text
    return pc.replace_substring_regex(text, r"^([0-9]+)\.0$", r"\1")


def two_digit_regency(text: pa.Array) -> pa.Array:
    """A regency's code that a spreadsheet took for a number, with the nought it cost: native 61.1 is 61.10."""
    return pc.replace_substring_regex(text, r"^([0-9]{2}\.[0-9])$", r"\10")


def inline_reader(codes: Mapping[str, str]) -> Memo:
    """A function from published signs to the values of an inline list; null for a sign that is not on it."""
    values = {normalise(sign): value for sign, value in codes.items()}

    def read(text: str) -> str | None:
        sign = normalise(text)
        return values.get(sign, values.get(re.sub(r"\.0$", "", sign)))

    return Memo(read)


def joined_parts(parts: Sequence[pa.Array], system: CodeSystem | None) -> pa.Array:
    """One code out of its parts; without a system, joined by full stops as they are. Null where a part in between is missing or too long.

    Parts missing at the end make the code of a higher level: province and regency alone are the regency's code.
    """
    separator = "\x1f"
    listed = pc.binary_join_element_wise(*parts, separator, null_handling="replace", null_replacement="")
    return Memo(_composer(system, separator))(listed)


def _composer(system: CodeSystem | None, separator: str) -> Callable[[str], str | None]:
    widths, point = _WIDTHS[system] if system else ((), ".")

    def compose(listed: str) -> str | None:
        parts = listed.rstrip(separator).split(separator)
        if not all(parts) or (widths and len(parts) > len(widths)):
            return None
        padded = [part.zfill(width) for part, width in zip(parts, widths, strict=False)] if widths else parts
        fits = not widths or all(len(part) == width and part.isdecimal() for part, width in zip(padded, widths, strict=False))
        return point.join(padded) if fits else None

    return compose
