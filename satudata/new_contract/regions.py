"""Which columns speak of regions: by the shape of their codes, by their headers, and by how many of their names are in the references."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from contracts.models.columns import CodeSystem, Level
from contracts.references import reference_rows

LEVELS: tuple[Level, ...] = ("provinsi", "kabupaten_kota", "kecamatan", "desa_kelurahan")
_HEADERS: dict[Level, str] = {
    "desa_kelurahan": r"desa|kel|kelurahan|village|gampong|nagari",
    "kecamatan": r"kec|kecamatan|district|distrik",
    "kabupaten_kota": r"kab|kabupaten|kota(?:madya)?|regency|city|kabkota",
    "provinsi": r"prov|provinsi|propinsi|province",
}
_ANY_HEADER = re.compile(r"(?:^|[\W_])(?:wilayah|daerah|region|lokasi|area|nama|name|uraian)(?:$|[\W_])", re.IGNORECASE)
_REGION_HEADER = re.compile(r"wilayah|daerah|region", re.IGNORECASE)
_CODE_HEADER = re.compile(r"(?:^|[\W_])(?:kode|kd|code|bps|kemendagri)(?:$|[\W_])|wilayah", re.IGNORECASE)
_WORDS: dict[Level, str] = {
    "provinsi": r"^(?:provinsi|propinsi|prov)\b\.?", "kabupaten_kota": r"^(?:kabupaten|kab|kota)\b\.?(?: ?adm(?:inistrasi)?\b\.?)?",
    "kecamatan": r"^(?:kecamatan|kec)\b\.?", "desa_kelurahan": r"^(?:kelurahan|kel|desa|ds)\b\.?",
}  # fmt: skip
_DOTTED = re.compile(r"\d{2}(?:\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?)?")
_DIGITS: dict[int, Level] = {2: "provinsi", 4: "kabupaten_kota", 7: "kecamatan", 10: "desa_kelurahan"}
ENOUGH = 0.6
AGGREGATE = re.compile(
    r"(?:nasional|indonesia|zona|semua|seluruh|rata-?rata|rerata|jumlah|total|average|wilayah|regional)\b.*", re.IGNORECASE
)
"""Names of no region that stand among regions."""


@dataclass(frozen=True)
class Region:
    """A column read as regions."""

    level: Level
    system: CodeSystem = "kemendagri"
    is_code: bool = True
    is_mixed: bool = False
    """Codes of several levels; ``level`` is the finest."""
    within: str | None = None
    """The one region in which all of them lie."""
    bare_name_is: str | None = None
    share: float = 1.0
    others: tuple[str, ...] = ()
    """Texts among the names that are no region of this level."""
    higher: tuple[str, ...] = ()
    """Those of them that are a region of the level above."""


def level_of(header: str) -> Level | None:
    """The level that a header names, the finest of several."""
    for level, words in _HEADERS.items():
        if re.search(rf"(?:^|[\W_\d])(?:{words})(?:$|[\W_\d])", header, re.IGNORECASE):
            return level
    return None


def region_of(header: str, texts: Counter[str]) -> Region | None:
    """What a column says of regions; None for any other column."""
    if not texts or (level_of(header) is None and not _ANY_HEADER.search(header) and not _CODE_HEADER.search(header)):
        return None
    return _codes(header, texts) or _names(header, texts)


def _codes(header: str, texts: Counter[str]) -> Region | None:
    bare = Counter({re.sub(r"\.0$", "", text) if text.count(".") == 1 else text: count for text, count in texts.items()})
    if all(_DOTTED.fullmatch(text) for text in bare):
        lengths = {len(text) for text in bare}
        known = sum(_prefix_known(text) for text in bare) / len(bare)
        is_codes = known >= ENOUGH and (max(lengths) > 2 or _is_code_header(header))
        return Region(LEVELS[(2, 5, 8, 13).index(max(lengths))], is_mixed=len(lengths) > 1) if is_codes else None
    lengths = {len(text) for text in bare}
    if not all(text.isdecimal() for text in bare) or not lengths <= set(_DIGITS):
        return None
    is_known = sum(text[:4] in _bps_codes() for text in bare) >= ENOUGH * len(bare) and _is_code_header(header)
    return Region(_DIGITS[max(lengths)], "bps", is_mixed=len(lengths) > 1) if is_known else None


def _is_code_header(header: str) -> bool:
    return bool(_CODE_HEADER.search(header)) or level_of(header) is not None


def _prefix_known(code: str) -> bool:
    return code[:5] in region_codes()


def _names(header: str, texts: Counter[str]) -> Region | None:
    wanted = level_of(header)
    distinct = [text for text in texts if not AGGREGATE.fullmatch(text)]
    found = {level: [text for text in distinct if _lookup(text, level)] for level in LEVELS}
    if not distinct:
        return None
    order = sorted(LEVELS, key=lambda level: (len(found[level]), level == wanted), reverse=True)
    best = next((level for level in order if level == wanted and len(found[level]) >= ENOUGH * len(distinct)), order[0])
    if len(found[best]) < ENOUGH * len(distinct) or (wanted is None and len(distinct) < 2 and not _REGION_HEADER.search(header)):
        return None
    known = set(found[best])
    others = tuple(text for text in texts if text not in known)
    above = LEVELS[LEVELS.index(best) - 1] if best != "provinsi" else None
    higher = tuple(text for text in others if above and _lookup(text, above))
    return Region(best, "kemendagri", False, False, _within(known, best), _bare(known, best), len(known) / len(distinct), others, higher)


def _within(names: Iterable[str], level: Level) -> str | None:
    """The narrowest region that holds a candidate of every name; None where there is none."""
    shared: set[str] | None = None
    for name in names:
        parents = {code[:length] for code in _lookup(name, level) for length in (2, 5) if length < len(code)}
        shared = parents if shared is None else shared & parents
    longest = max(map(len, shared or ()), default=0)
    narrowest = [code for code in shared or () if len(code) == longest]
    return narrowest[0] if len(narrowest) == 1 and longest else None


def _bare(names: Iterable[str], level: Level) -> str | None:
    """What a name without Kabupaten or Kota means where both may be meant."""
    if level != "kabupaten_kota":
        return None
    unsaid = [name for name in names if not re.match(_WORDS[level], name, re.IGNORECASE) and len(_lookup(name, level)) > 1]
    return "kabupaten" if unsaid else None


def _lookup(text: str, level: Level) -> frozenset[str]:
    """The codes of the regions of a level that a name may mean."""
    kind = ""
    if level == "kabupaten_kota":
        kind = "kota" if re.match(r"kota\b", text, re.IGNORECASE) else "kabupaten" if re.match(r"kab", text, re.IGNORECASE) else ""
    found = _by_name().get((level, _plain(text, level)), frozenset())
    return frozenset(code for code, its_kind in found if not kind or its_kind == kind)


def _plain(text: str, level: Level) -> str:
    bare = re.sub(_WORDS[level], "", text.strip(), flags=re.IGNORECASE)
    return re.sub(r"[^a-z0-9]", "", (bare or text).lower())


@cache
def _by_name() -> dict[tuple[str, str], frozenset[tuple[str, str]]]:
    found: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for row in reference_rows("wilayah"):
        level: Level = row["level"]  # type: ignore[assignment]
        for name in (row["nama"], *filter(None, row["sinonim"].split("|"))):
            found.setdefault((level, _plain(name, level)), set()).add((row["kode"], row["jenis"]))
    return {key: frozenset(codes) for key, codes in found.items()}


@cache
def region_codes() -> frozenset[str]:
    """The Kemendagri codes of all provinces, kabupaten and kota."""
    return frozenset(row["kode"] for row in reference_rows("wilayah") if len(row["kode"]) <= 5)


@cache
def _bps_codes() -> frozenset[str]:
    return frozenset(row["kode_bps"][:4] for row in reference_rows("wilayah") if row["kode_bps"])
