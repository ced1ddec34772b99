"""Whether a text is the label of a total: nothing but words for one, however they are set.

Files say JUMLAH one year and ``J U M L A H``, ``TOTAL :`` or ``Jml. Keseluruhan`` the next. A contract names the spelling its author saw; a row of
another spelling would be published as one more village. So only the words count, and nothing else may stand beside them: a name has more.
"""

from __future__ import annotations

import re

_TOTAL = "jumlah|total|jml|jmlh|jlh"
_MORE = "keseluruhan|seluruh(?:nya)?|semua(?:nya)?|umum|besar|akhir"
_BETWEEN = re.compile(r"[\W_]+")
_SPACED = re.compile(r"\b\w(?: \w)+\b")
_WORDS = re.compile(rf"(?:sub|grand|{_TOTAL}|{_MORE})+")
_LABEL = re.compile(rf"(?P<sub>sub)?(?:grand)?(?:{_TOTAL})(?:{_TOTAL}|{_MORE})*")
WHOLE = ("JUMLAH", "TOTAL")
PARTIAL = ("SUB JUMLAH", "SUB TOTAL", "SUBTOTAL")


def total_words(text: str) -> tuple[str, ...]:
    """The plain words for what a label says: `WHOLE`, `PARTIAL` for a total of some rows only, none where it is no label of a total."""
    words = _SPACED.sub(lambda letters: letters[0].replace(" ", ""), _BETWEEN.sub(" ", text.casefold())).split()
    label = _LABEL.fullmatch("".join(words)) if all(map(_WORDS.fullmatch, words)) else None
    if label is None:
        return ()
    return PARTIAL if label["sub"] else WHOLE
