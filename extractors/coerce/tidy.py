"""Text as it is stored: trimmed, single spaces, one Unicode form, and nothing in it that PostgreSQL refuses.

Nearly every column of nearly every file is tidy already, so the bytes of a whole chunk are looked over at once and the
array is handed on untouched; only cells that do hold something odd are rewritten.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from contracts.text import INVISIBLE
from extractors.marks import APART

SPACE = 0x20
DELETE = 0x7F
_ODD = r"^ | $|  |[^\x20-\x7e]"
_WHITE = r"[\s\x0b\x1c-\x1f\x{85}\p{Z}]+"
"""What `contracts.text.squeezed` takes for white space, in the words of RE2."""
_BROKEN = rf"([0-9])(?:{_WHITE[:-1]}{{2,}}|[\t\n\x0b\f\r\x1c-\x1f\x{{85}}\p{{Zl}}\p{{Zp}}])([0-9])"
"""Two digits with more than the one space between them that may stand between thousands."""


def tidy(text: pa.Array, *, figures: bool = False) -> pa.Array:
    """The texts as they are stored; the very same array where there is nothing to do. Bytes that are not UTF-8 become U+FFFD.

    ``figures``: for cells that should hold one figure each; two of them in one cell, line under line, are marked instead of joined by a space.
    """
    data, ends = _bytes(text)
    if not _looks_odd(data, ends):
        return text
    if data.max() > DELETE:
        text = _decodable(text)
    odd = pc.match_substring_regex(text, _ODD)
    return pc.replace_with_mask(text, odd, _tidied(text.filter(odd), figures))


def _tidied(text: pa.Array, figures: bool) -> pa.Array:
    seen = pc.replace_substring_regex(text, INVISIBLE, "")
    if figures:
        seen = pc.replace_substring_regex(seen, _BROKEN, rf"\1 {APART} \2")
    return pc.utf8_normalize(pc.utf8_trim(pc.replace_substring_regex(seen, _WHITE, " "), " "), "NFC")


def _bytes(text: pa.Array) -> tuple[NDArray[np.uint8], NDArray[np.int32]]:
    """The characters of all cells in one run, and where each cell starts and ends in it; nothing is copied."""
    _, offsets, data = text.buffers()
    if offsets is None or data is None or not len(text):
        return np.empty(0, np.uint8), np.zeros(1, np.int32)
    ends = np.frombuffer(offsets, np.int32)[text.offset : text.offset + len(text) + 1]
    return np.frombuffer(data, np.uint8)[ends[0] : ends[-1]], ends - ends[0]


def _looks_odd(data: NDArray[np.uint8], ends: NDArray[np.int32]) -> bool:
    """Whether any cell may need rewriting: white space other than one space between words, or anything that is not plain ASCII."""
    if not data.size:
        return False
    if data.max() >= DELETE or data.min() < SPACE:
        return True
    space = data == SPACE
    if not space.any():
        return False
    filled = ends[1:] > ends[:-1]
    return bool((space[1:] & space[:-1]).any() or space[ends[:-1][filled]].any() or space[ends[1:][filled] - 1].any())


def _decodable(text: pa.Array) -> pa.Array:
    try:
        text.validate(full=True)
    except pa.ArrowInvalid:
        raw = text.cast(pa.binary()).to_pylist()
        return pa.array([cell if cell is None else cell.decode("utf-8", "replace") for cell in raw], pa.string())
    return text
