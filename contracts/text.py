"""When two published texts are the same: the one comparison that headers, ``where`` and codes share.

Agencies' files differ in invisible ways (a no-break space in ``Rp 12.449``, two spaces in ``Daging  Ayam``, ``NO`` and ``No``).
"""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = r"[\x00-\x08\x0e-\x1b\x7f" + "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+"
"""Control characters, zero-width marks and marks of direction, as a pattern of Python and of RE2: nobody can see them, though a text
that holds one is another text (or is read in another order), and NUL cannot be stored at all."""
_INVISIBLE = re.compile(INVISIBLE)


def normalise(text: str) -> str:
    """NBSP and every other white space = a space, runs of spaces = one, trimmed, case-insensitive."""
    return squeezed(text).casefold()


def squeezed(text: str) -> str:
    """As `normalise`, with the case kept."""
    return " ".join(text.split())


def as_stored(text: str) -> str:
    """The text as a cell of it is stored (`extractors.coerce.tidy` does the same to whole columns): squeezed, without what nobody sees, NFC."""
    return unicodedata.normalize("NFC", squeezed(text if text.isprintable() else _INVISIBLE.sub("", text)))
