"""When two published texts are the same: the one comparison that headers, ``where`` and codes share.

Agencies' files differ in invisible ways (a no-break space in ``Rp 12.449``, two spaces in ``Daging  Ayam``, ``NO`` and ``No``).
"""

from __future__ import annotations


def normalise(text: str) -> str:
    """NBSP and every other white space = a space, runs of spaces = one, trimmed, case-insensitive."""
    return squeezed(text).casefold()


def squeezed(text: str) -> str:
    """As `normalise`, with the case kept: how text is stored."""
    return " ".join(text.split())
