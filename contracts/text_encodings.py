"""Which names of an encoding are names of a file's letters: the registry of codecs also holds ciphers, packings and spellings of host names."""

from __future__ import annotations

import codecs

NOT_FOR_FILES = frozenset({"charmap", "idna", "mbcs", "oem", "punycode", "raw_unicode_escape", "undefined", "unicode_escape", "utf_7"})
"""They turn text into text as an encoding does, but no program saves a table by them, and pieces of a file do not read as the whole does."""


def is_text_encoding(name: str) -> bool:
    """Whether a file can have been saved by it: not base64, rot13 and the like, nor the encodings of host names and source code."""
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        return False
    return codec._is_text_encoding and codec.name.replace("-", "_") not in NOT_FOR_FILES
