"""Half letters: JSON may name one half of a pair (`\\ud800`) that alone is no letter, and neither a file nor the warehouse can hold it.

It is looked for where a text is wanted: a greeting cut inside an emoji, in a field nobody reads, costs nobody a figure.
"""

from __future__ import annotations

from contracts.errors import BadJson

MOST_SHOWN = 30


def is_whole(text: str) -> bool:
    """Whether a text has letters only."""
    return text.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in text)


def half_letter(file_name: str, place: str, text: str) -> BadJson:
    """The error for a text that is not whole, with the place where it stands."""
    return BadJson(file_name, f"{place}: `{text[:MOST_SHOWN]}` memuat separuh huruf, bukan huruf Unicode yang utuh")
