"""What stands in a column of figures or dates where there is none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

MISSING = (
    "-", "--", "---", "–", "—", "..", "...", "n/a", "na", "nan", "null", "none", "nil", "x", "xx", "?", "*", "#n/a", "#ref!", "#value!", "#div/0!",
    "tidak ada", "tidak ada data", "tidak ada laporan", "belum ada", "belum ada data", "belum tersedia", "data tidak tersedia",
    "tidak tersedia", "belum lapor", "belum rilis", "kosong", "t.a", "ta", "tad", "(tidak ada)", "(kosong)",
)  # fmt: skip
DEFAULT = ("...", "n/a")
"""What a contract takes for missing without being told."""
ZERO = ("nihil",)


def signs_in(texts: Iterable[str]) -> list[str]:
    """The texts that mean that there is no figure, in the order of first appearance."""
    return [text for text in texts if text.casefold() in MISSING or text.casefold() in ZERO or re.fullmatch(r"[-–—_.*]+", text)]


def without_signs(texts: Counter[str]) -> Counter[str]:
    """The texts that mean something."""
    signs = set(signs_in(texts))
    return Counter({text: count for text, count in texts.items() if text not in signs})


def sign_keys(texts: Iterable[str]) -> dict[str, object]:
    """``missing`` and ``zero`` of a column with these texts."""
    found = signs_in(texts)
    zero = [sign for sign in found if sign.casefold() in ZERO]
    missing = [sign for sign in found if sign not in zero and sign.casefold() not in DEFAULT]
    return {key: signs for key, signs in {"missing": missing, "zero": zero}.items() if signs}
