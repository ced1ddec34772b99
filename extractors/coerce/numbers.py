"""Figures as agencies write them -> plain decimal text.

The convention is decided per source and never guessed per cell: ``1.234`` is 1234 in one file and 1.234 in the next. A text cell that does
not fit the convention is not castable, because a figure that is wrong by a factor of thousand looks like any other. Where a contract
declares no convention, only texts that read the same under all of them are accepted: ``1.234`` and ``1,234`` are not.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from contracts.models.columns import Numbers
from extractors.coerce.memo import Memo
from extractors.coerce.result import Read

LONGEST = 60
"""Digits beyond which a figure is not one; PostgreSQL would take 131,072 of them."""


@dataclass(frozen=True)
class Convention:
    """How thousands and decimals are marked."""

    clean: str
    """Pattern (valid for RE2 and `re`) of a figure with nothing else around it."""
    decimal: str
    thousands: str | None = None


_GROUPED = r"^-?(?:[1-9][0-9]{{0,2}}(?:{0}[0-9]{{3}})+|[0-9]+)(?:{1}[0-9]+)?$"
CONVENTIONS: dict[Numbers | None, Convention] = {
    "id": Convention(_GROUPED.format(r"\.", ","), ",", "."),
    "en": Convention(_GROUPED.format(",", r"\."), ".", ","),
    "plain": Convention(r"^-?[0-9]+(?:\.[0-9]+)?$", "."),
    None: Convention(r"^-?(?:[0-9]+(?:\.[0-9]{1,2})?|[0-9]{4,}\.[0-9]+|[0-9]+\.[0-9]{4,}|0\.[0-9]+)$", "."),
}

_LOOSE = re.compile(
    r"(?P<open>\()? ?(?P<sign>[+-]?) ?(?:rp\.?|idr)? ?(?P<inner>[+-]?) ?"
    r"(?P<figure>[0-9.,][0-9., ]*?) ?(?:[.,]-+|%|persen)? ?(?P<close>\))?",
    re.IGNORECASE,
)
_SPACED = re.compile(r"[1-9][0-9]{0,2}(?: [0-9]{3})+(?:[.,][0-9]+)?")
_EXPONENT = re.compile(r"-?[0-9]+(?:\.[0-9]+)?e[+-]?[0-9]{1,2}", re.IGNORECASE)
_SHORTENED = re.compile(r"-?[0-9]\.([0-9]+)E\+([0-9]{2})")
_MINUS = str.maketrans("\u2212\u2013\u2014\u2010\u2011\ufe63\uff0d", "-" * 7)


def number_reader(numbers: Numbers | None, loose: Callable[[str, Convention], str | None] | None = None) -> Read:
    """A function from tidy texts to plain decimal texts (``-1234.56``); null where a text is no figure under the convention.

    ``loose`` reads one text that is not clean; by default `figure` (currency, percent and minus signs).
    """
    convention = CONVENTIONS[numbers]
    read_loose = loose or figure
    memo = Memo(lambda text: read_loose(text, convention))

    def read(text: pa.Array) -> pa.Array:
        clean = pc.fill_null(pc.match_substring_regex(text, convention.clean), False)
        if clean.true_count + text.null_count == len(text):
            return _bounded(_ungrouped(text, convention))
        rest = pc.and_(pc.invert(clean), text.is_valid())
        known = _ungrouped(pc.if_else(clean, text, pa.scalar(None, pa.string())), convention)
        return _bounded(pc.replace_with_mask(known, rest, _bare(text.filter(rest), convention, memo)))

    return read


def figure(text: str, convention: Convention) -> str | None:
    """One figure with what may stand around it: Rp, %, brackets for a minus, ``,-`` for round rupiah, spaces between thousands."""
    match = _LOOSE.fullmatch(text.translate(_MINUS))
    if not match:
        return _exponential(text, convention)
    digits = match["figure"]
    if _SPACED.fullmatch(digits):
        digits = digits.replace(" ", "")
    if digits.startswith(convention.decimal):
        digits = f"0{digits}"
    sign = _sign(match)
    return sign + _plain(digits, convention) if sign is not None and re.match(convention.clean, digits) else None


def _sign(match: re.Match[str]) -> str | None:
    """The one sign of a figure; None where brackets do not close or two signs contradict each other."""
    signs = [sign for sign in (match["sign"], match["inner"], "-" if match["open"] else "") if sign]
    if len(signs) > 1 or bool(match["open"]) != bool(match["close"]):
        return None
    return "-" if signs == ["-"] else ""


def _exponential(text: str, convention: Convention) -> str | None:
    if convention.decimal != "." or not _EXPONENT.fullmatch(text) or _is_rounded(text):
        return None
    return f"{Decimal(text):f}"


def _is_rounded(text: str) -> bool:
    """Whether a spreadsheet wrote a number so because it is long, and not all of its digits: ``1.23457E+11``."""
    match = _SHORTENED.fullmatch(text)
    return match is not None and 2 <= len(match[1]) < int(match[2])


def _plain(digits: str, convention: Convention) -> str:
    return digits.replace(convention.thousands or "", "").replace(convention.decimal, ".")


def _ungrouped(text: pa.Array, convention: Convention) -> pa.Array:
    if convention.thousands is None:
        return text
    text = pc.replace_substring(text, convention.thousands, "")
    return text if convention.decimal == "." else pc.replace_substring(text, convention.decimal, ".")


def _bare(text: pa.Array, convention: Convention, memo: Memo) -> pa.Array:
    """Texts that are not clean: a column of ``Rp 12.449`` is stripped in one go, what is still not clean goes one by one."""
    stripped = pc.replace_substring_regex(text, r"(?i)^(-?)(?:rp\.?|idr) ?([1-9].*?)(?:,-)?$", r"\1\2")
    clean = pc.match_substring_regex(stripped, convention.clean)
    if not clean.true_count:
        return memo(text)
    nothing = pa.scalar(None, pa.string())
    return pc.coalesce(_ungrouped(pc.if_else(clean, stripped, nothing), convention), memo(pc.if_else(clean, nothing, text)))


def _bounded(text: pa.Array) -> pa.Array:
    longest = pc.max(pc.binary_length(text)).as_py()
    if longest is None or longest <= LONGEST:
        return text
    return pc.if_else(pc.less_equal(pc.binary_length(text), LONGEST), text, pa.scalar(None, pa.string()))
