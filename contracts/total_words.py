"""Whether a text is the label of a total: nothing but words for one, however they are set.

Files say JUMLAH one year and ``J U M L A H``, ``TOTAL :`` or ``Jml. Keseluruhan`` the next. A contract names the spelling its author saw; a row of
another spelling would be published as one more village. So only the words count. What has more words than these may be a name: it is a label where
the rest says what was added up, ``JUMLAH (A+B)`` or ``TOTAL KAB. X``; else figures have to tell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import takewhile

_TOTAL = "jumlah|total|jml|jmlh|jlh"
_MORE = "keseluruhan|seluruh(?:nya)?|semua(?:nya)?|umum|besar|akhir"
_BETWEEN = re.compile(r"[\W_]+")
_SPACED = re.compile(r"\b\w(?: \w)+\b")
_WORDS = re.compile(rf"(?:sub|grand|{_TOTAL}|{_MORE})+")
_AVERAGE = "rata(?:rata|2|an)?|rerata|average|avg"
_SUMMARY = re.compile(rf"(?:(?:{_TOTAL})(?:{_TOTAL}|{_MORE})*)?(?:{_AVERAGE})(?:{_AVERAGE}|{_TOTAL}|{_MORE})*")
_LABEL = re.compile(rf"(?P<sub>sub)?(?:grand)?(?:{_TOTAL})(?:{_TOTAL}|{_MORE})*")
_ALL = "keseluruhan|seluruhnya|semua(?:nya)?"
_OF_ALL = re.compile(rf"(?:{_ALL})(?:{_ALL}|{_TOTAL})*")
_EVERY, _NAMING = frozenset(["semua", "seluruh", "keseluruhan"]), (["nama"], ["kode"])
_LONGEST = 200
"""Characters of a label; what is longer is prose."""
_OPERAND = r"(?:[a-z]|\d{1,2}|[ivx]{2,4})"
_FORMULA = re.compile(rf"[ (\[]+{_OPERAND}(?: ?(?:\+|&|,|dan|s\.?/?d\.?) ?{_OPERAND})+[)\] ]*$")
_RANKS = frozenset(
    ["kabupaten", "kab", "kota", "kotamadya", "provinsi", "prov", "propinsi", "kecamatan", "kec", "kelurahan", "kel", "desa", "se"]
)
_NO_LETTER = "[^a-z0-9]*"
SUMMARY_HINT = (
    rf"j{_NO_LETTER}u?{_NO_LETTER}[ml]|t{_NO_LETTER}o{_NO_LETTER}t|s{_NO_LETTER}u{_NO_LETTER}b|s{_NO_LETTER}e{_NO_LETTER}(?:m{_NO_LETTER}u|l{_NO_LETTER}u)"
    rf"|k{_NO_LETTER}e{_NO_LETTER}s{_NO_LETTER}e{_NO_LETTER}l|grand|rat|rerat|av[eg]|[\x{{ff21}}-\x{{ff5a}}]"
)
"""How a label of `is_summary` or `speaks_of_all` begins, in letters of any case: as a pattern of RE2, for columns of names."""
REGION_HINT = "(?:kab|kota|prov|prop)[^0-9]*"
"""What stands before the name in a label of `names_region`, likewise."""
WHOLE = ("JUMLAH", "TOTAL")
PARTIAL = ("SUB JUMLAH", "SUB TOTAL", "SUBTOTAL")


def total_words(text: str) -> tuple[str, ...]:
    """The plain words for what a label says: `WHOLE`, `PARTIAL` for a total of some rows only, none where it is no label of a total."""
    return _said(_words(_plain(text)))


def is_summary(text: str) -> bool:
    """Whether a label says nothing but that its row sums up others: a total, ``Semua``, or an average of them."""
    words = _words(_plain(text))
    return bool(_said(words)) or _is_of_all(words) or _SUMMARY.fullmatch("".join(words)) is not None


def speaks_of_all(text: str, names: Iterable[str]) -> bool:
    """Whether a label says all of what its column is called: ``Semua Jenis`` in a column ``jenis``; `names`: how the column is called."""
    first, *rest = _words(_plain(text)) or [""]
    return first in _EVERY and bool(rest) and any(rest in (said, said[said[:1] in _NAMING :]) for said in map(_words, map(_plain, names)))


def names_region(text: str, region: tuple[str, ...]) -> bool:
    """Whether a label is the name of a region with its rank: ``Kota X``, ``KAB. X``."""
    words = _words(_plain(text))
    rest = len(words) - len(region)
    return bool(region) and rest > 0 and words[rest:] == list(region) and all(word in _RANKS for word in words[:rest])


def words_of_region(name: str) -> tuple[str, ...]:
    """The words by which a region is known in a label: its name without its rank."""
    return tuple(word for word in _words(_plain(name)) if word not in _RANKS)


def begins_as_total(text: str) -> bool:
    """Whether a text is a label of a total, or one with more words behind it: ``Jumlah rumah``, ``Sub total``."""
    words = list(takewhile(_WORDS.fullmatch, _words(_plain(text))))
    return any(_said(words[:count]) for count in range(1, len(words) + 1))


def names_its_rows(text: str, region: tuple[str, ...] = ()) -> bool:
    """Whether the words behind a total say what it sums: a formula (``(A+B)``, ``1 s/d 5``), or the region that all rows lie in (`words_of_region`)."""
    plain = _plain(text)
    words = _words(_FORMULA.sub("", plain))
    if _FORMULA.search(plain) and _said(words) == WHOLE:
        return True
    rest = len(words) - len(region)
    return bool(region) and words[rest:] == list(region) and _said([word for word in words[:rest] if word not in _RANKS]) == WHOLE


def _plain(text: str) -> str:
    """In letters of one width and case, with single spaces; nothing for what is no label."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split()) if len(text) <= _LONGEST else ""


def _words(plain: str) -> list[str]:
    return _SPACED.sub(lambda letters: letters[0].replace(" ", ""), _BETWEEN.sub(" ", plain)).split()


def _is_of_all(words: list[str]) -> bool:
    return all(map(_WORDS.fullmatch, words)) and _OF_ALL.fullmatch("".join(words)) is not None


def _said(words: list[str]) -> tuple[str, ...]:
    label = _LABEL.fullmatch("".join(words)) if all(map(_WORDS.fullmatch, words)) else None
    if label is None:
        return ()
    return PARTIAL if label["sub"] else WHOLE
