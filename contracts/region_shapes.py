"""What a code of a region looks like at each level of each code system: a code of another length is one of another level, and moves figures there."""

from __future__ import annotations

import re

LEVELS = ("provinsi", "kabupaten_kota", "kecamatan", "desa_kelurahan")
CODE = re.compile(r"^\d[\d.]*$")
NAMES = {"kemendagri": "Kemendagri", "bps": "BPS"}
WORDS = dict(zip(LEVELS, ("provinsi", "kabupaten/kota", "kecamatan", "desa/kelurahan"), strict=True))
DIGITS = {"kemendagri": (2, 4, 6, 10), "bps": (2, 4, 7, 10)}
"""Digits of a code by level: a kecamatan of BPS has one more."""
DOTTED = ("PP", "PP.KK", "PP.KK.CC", "PP.KK.CC.DDDD")
FORMS = {
    "kemendagri": dict(
        zip(LEVELS, (re.compile(r"\.".join([r"\d{2}", r"\d{2}", r"\d{2}", r"\d{4}"][:n])) for n in range(1, 5)), strict=True)
    ),
    "bps": dict(zip(LEVELS, (re.compile(rf"\d{{{n}}}") for n in DIGITS["bps"]), strict=True)),
}
"""How a code is written in a list, by system and level."""
_DOTS = re.compile(r"\d{2}(?:\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?)?")


def level_of_code(code: str, system: str) -> str | None:
    """The level of a code by its length, dotted (of Kemendagri) or in digits alone; None where it has none of that system."""
    bare = code.replace(".", "") if system == "kemendagri" and _DOTS.fullmatch(code) else code
    digits = DIGITS[system]
    return LEVELS[digits.index(len(bare))] if bare.isdecimal() and len(bare) in digits else None


def misfit(code: str, system: str, level: str) -> tuple[str, str] | None:
    """What is wrong with a code of this system at this level, and what would be right; None where its length fits."""
    found = level_of_code(code, system)
    if found == level or level not in LEVELS:
        return None
    other = "bps" if system == "kemendagri" else "kemendagri"
    is_of_other = found is None and level_of_code(code, other) == level
    what = f" berbentuk kode {NAMES[other]}," if is_of_other else f" sepanjang kode {WORDS[found]}," if found else ""
    return f"`{code}`{what} bukan kode {NAMES[system]} {WORDS[level]}", shape(system, level)


def shape(system: str, level: str) -> str:
    """How a code of this level is written, for a sentence."""
    place = LEVELS.index(level)
    digits = f"{DIGITS[system][place]} angka"
    return (
        f"kode {NAMES[system]} {WORDS[level]}: {DOTTED[place]} ({digits})"
        if system == "kemendagri"
        else f"kode BPS {WORDS[level]}: {digits}"
    )
