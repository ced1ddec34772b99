"""Whole numbers: the same conventions, no fraction, and never more than a bigint holds.

A trailing ``.0`` is the mark of a table that went through a float column on its way (``3201.0``) and is accepted whatever the convention,
unless the convention reads it as thousands (``1.000`` is 1000 under ``id``).
"""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from contracts.models.columns import Numbers
from extractors.coerce.memo import Memo
from extractors.coerce.numbers import Convention, figure, number_reader
from extractors.coerce.result import Read

_LARGEST = 2**63
_SAFE = r"^-?[0-9]{1,18}$"


def integer_reader(numbers: Numbers | None) -> Read:
    """A function from tidy texts to whole numbers; null where a text is none or does not fit a bigint."""
    read_number = number_reader(numbers, _with_float_tail)
    within_bigint = Memo(_within_bigint)

    def read(text: pa.Array) -> pa.Array:
        if _all_match(text):
            return text
        whole = pc.replace_substring_regex(read_number(text), r"\.0+$", "")
        if _all_match(whole):
            return whole
        safe = pc.match_substring_regex(whole, _SAFE)
        rest = pc.and_(pc.fill_null(pc.invert(safe), False), whole.is_valid())
        return pc.replace_with_mask(whole, rest, within_bigint(whole.filter(rest)))

    return read


def _all_match(text: pa.Array) -> bool:
    return bool(pc.match_substring_regex(text, _SAFE).true_count + text.null_count == len(text))


def _with_float_tail(text: str, convention: Convention) -> str | None:
    if re.fullmatch(r"-?[0-9]+\.0{1,2}", text):
        return text
    return figure(text, convention)


def _within_bigint(text: str) -> str | None:
    if not re.fullmatch(r"-?[0-9]+", text):
        return None
    number = int(text)
    return str(number) if -_LARGEST <= number < _LARGEST else None
