"""When two published texts are the same: the one comparison that headers, ``where`` and codes share.

Agencies' files differ in invisible ways (a no-break space in ``Rp 12.449``, two spaces in ``Daging  Ayam``, ``NO`` and ``No``).
"""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = r"[\x00-\x08\x0e-\x1b\x7f" + "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+"
"""Control characters, zero-width marks and marks of direction, as a pattern of Python and of RE2: nobody can see them, though a text
that holds one is another text (or is read in another order), and NUL cannot be stored at all."""
_INVISIBLE = re.compile(INVISIBLE)
_UNSEEN = {"Cc", "Cf", "Cn", "Co", "Zl", "Zp"}
_BLANK_LETTERS = "\u115f\u1160\u3164\uffa0" + "".join(map(chr, range(0xFE00, 0xFE10)))
_LIKE_LATIN = (
    "\u0405\u0406\u0408\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf"
)
"""Cyrillic and Greek letters that look like Latin ones: a text that holds one is another text, and nobody can tell by looking."""


def normalise(text: str) -> str:
    """As it is stored, case-insensitive: a mark that nobody sees does not tell two names apart."""
    return as_stored(text).casefold()


def squeezed(text: str) -> str:
    """NBSP and every other white space = a space, runs of spaces = one, trimmed."""
    return " ".join(text.split())


def as_stored(text: str) -> str:
    """The text as a cell of it is stored (`extractors.coerce.tidy` does the same to whole columns): squeezed, without what nobody sees, NFC."""
    return unicodedata.normalize("NFC", squeezed(text if text.isprintable() else _INVISIBLE.sub("", text)))


def visible(text: str) -> str:
    """The text for a sentence: what nobody can see, or tell from a Latin letter, is told by its number, as `U+200B`."""
    return "".join(map(_visible, text)) if not text.isascii() or not text.isprintable() else text


def _visible(sign: str) -> str:
    if sign in _LIKE_LATIN:
        return f"{sign}(U+{ord(sign):04X})"
    return f"(U+{ord(sign):04X})" if unicodedata.category(sign) in _UNSEEN or sign in _BLANK_LETTERS else sign
