"""The regions of a table as contract columns: the finest codes (else names) stand for the row, what can be read off them is left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from contracts.text import normalise
from satudata.new_contract.draft import ColumnDraft, RowDraft
from satudata.new_contract.regions import AGGREGATE, LEVELS, Region, level_of, region_codes, region_of
from satudata.new_contract.sample import Column
from satudata.new_contract.special_rows import exactly

_PART = re.compile(r"(?:^|[\W_])(?:kode|kd|no|nomor|code)[\W_]", re.IGNORECASE)
MOST_NAMES = 8
"""Names that a pattern may list."""
_WIDTHS = (2, 2, 2, 4)


@dataclass
class RegionColumns:
    """What was found."""

    columns: list[ColumnDraft] = field(default_factory=list)
    ignore: dict[str, str] = field(default_factory=dict)
    rules: list[RowDraft] = field(default_factory=list)
    given: str = ""
    """The column that headings give."""
    rows: frozenset[int] = frozenset()
    """Rows that the rules take."""


def region_columns(columns: Sequence[Column], given: str) -> RegionColumns:
    """The columns of a sample that speak of regions. ``given``: the level that group rows give, '' for none."""
    found = RegionColumns()
    if _parts(columns, found):
        return found
    regions = {column.header: region for column in columns if (region := region_of(column.header, column.filled))}
    codes = {header: region for header, region in regions.items() if region.is_code}
    if codes:
        _by_codes(codes, regions, len(columns) - len(regions), found)
    elif regions:
        _by_names(columns, regions, given, found)
    return found


def _parts(columns: Sequence[Column], found: RegionColumns) -> bool:
    """A code spread over columns, one per level."""
    parts = {level: column for column in columns if _PART.search(column.header) and (level := level_of(column.header))}
    chosen = [parts[level] for level in LEVELS if level in parts]
    if len(chosen) < 2 or [level for level in LEVELS if level in parts] != list(LEVELS[: len(chosen)]):
        return False
    rows = zip(*(column.texts for column in chosen), strict=True)
    composed = [[re.sub(r"\.0$", "", text or "") for text in row] for row in rows]
    fits = [row for row in composed if all(text.isdecimal() and len(text) <= width for text, width in zip(row, _WIDTHS, strict=False))]
    codes = {f"{row[0].zfill(2)}.{row[1].zfill(2)}" for row in fits}
    if len(fits) < 0.9 * len(composed) or len(codes & region_codes()) < 0.6 * len(codes):
        return False
    headers = [column.header for column in chosen]
    keys: dict[str, object] = {"parts": headers, "type": "wilayah", "system": "kemendagri"}
    found.columns.append(ColumnDraft("kode_wilayah", keys, "bagian kode digabung", ""))
    found.ignore |= dict.fromkeys(headers, "bagian kode")
    return True


def _by_codes(codes: dict[str, Region], regions: dict[str, Region], others: int, found: RegionColumns) -> None:
    """Of each code system the finest column; the others are its parents, or the names of its codes. ``others``: columns of no region."""
    main: set[str] = set()
    finest = max(LEVELS.index(region.level) for region in codes.values())
    for system in ("kemendagri", "bps"):
        own = {header: region for header, region in codes.items() if region.system == system}
        header = max(own, key=lambda each: LEVELS.index(own[each].level), default=None)
        if header is None or LEVELS.index(own[header].level) < finest:
            continue
        name = "kode_wilayah" if not main else "kode_bps"
        keys: dict[str, object] = {"from": header, "type": "wilayah", "system": system}
        if not own[header].is_mixed:
            keys["level"] = own[header].level
        found.columns.append(ColumnDraft(name, keys, "", header))
        main.add(header)
    told = {header for header, region in regions.items() if header not in main and (region.is_code or others > 1)}
    found.ignore |= dict.fromkeys(sorted(told, key=list(regions).index), "terbaca dari kodenya")


def _by_names(columns: Sequence[Column], regions: dict[str, Region], given: str, found: RegionColumns) -> None:
    header = max(regions, key=lambda each: (LEVELS.index(regions[each].level), regions[each].share))
    region = regions[header]
    column = next(column for column in columns if column.header == header)
    keys: dict[str, object] = {"from": header, "type": "wilayah", "level": region.level}
    parent = _parent(columns, regions, region, header)
    _other_rows(columns, column, region, given, found)
    if within := (found.given or (given if _is_above(given, region) else None) or parent or region.within):
        keys["within"] = within
    if region.bare_name_is:
        keys["bare_name_is"] = region.bare_name_is
    found.columns.append(ColumnDraft("kode_wilayah", keys, _unknown(region, found, column), header))
    above = {each: LEVELS.index(it.level) for each, it in regions.items() if each != header}
    found.ignore |= {each: "wilayah di atasnya" for each in above if each != _header_of(columns, regions, region, header)}


def _is_above(given: str, region: Region) -> bool:
    levels = {"provinsi": 0, "kabupaten": 1, "kecamatan": 2}
    return levels.get(given, -1) == LEVELS.index(region.level) - 1


def _header_of(columns: Sequence[Column], regions: dict[str, Region], region: Region, header: str) -> str | None:
    """The column of the level above, which tells apart what is called alike."""
    if region.level not in ("kecamatan", "desa_kelurahan"):
        return None
    above = LEVELS[LEVELS.index(region.level) - 1]
    known = [each for each, it in regions.items() if each != header and it.level == above]
    named = [column.header for column in columns if column.header != header and level_of(column.header) == above and column.filled]
    return next(iter([*known, *named]), None)


def _parent(columns: Sequence[Column], regions: dict[str, Region], region: Region, header: str) -> str | None:
    """The name of the contract column of the level above."""
    parent = _header_of(columns, regions, region, header)
    return None if parent is None else f"@{parent}"


def _other_rows(columns: Sequence[Column], column: Column, region: Region, given: str, found: RegionColumns) -> None:
    """Rows of no region of this level: averages are dropped; regions of the level above are dropped, or are headings of theirs."""
    rows = {text: [i for i, each in enumerate(column.texts) if each == text] for text in region.others}
    aggregates = [text for text in region.others if AGGREGATE.fullmatch(text)]
    higher = [text for text in region.higher if text not in aggregates]
    if aggregates:
        taken = [i for text in aggregates for i in rows[text]]
        named = _where(columns, column, taken) or {column.header: exactly(aggregates)}
        found.rules.append(RowDraft({"is": "drop", "where": named, "why": "bukan wilayah"}, f"{', '.join(aggregates[:3])} dibuang"))
        found.rows |= frozenset(taken)
    taken = [i for text in higher for i in rows[text]]
    if not taken:
        return
    found.rows |= frozenset(taken)
    above = LEVELS[LEVELS.index(region.level) - 1]
    if len(taken) == 1 or given:
        keys: dict[str, object] = {"is": "drop", "where": {column.header: exactly(higher)}, "why": f"angka {above}"}
        found.rules.append(RowDraft(keys, f"baris {above} di antara {region.level}"))
        return
    where = _where(columns, column, taken)
    if where is None and len(higher) > MOST_NAMES:
        found.rows -= frozenset(taken)
        return
    keys = {"is": "group", "where": where or {column.header: exactly(higher) if len(higher) > 1 else f"^({exactly(higher)[1:-1]})$"}}
    found.given = {"provinsi": "provinsi", "kabupaten_kota": "kabupaten", "kecamatan": "kecamatan"}[above]
    keys |= {"gives": found.given, **({"from": column.header} if where else {}), "position": "before"}
    found.rules.insert(0, RowDraft(keys, f"baris {above} dianggap judul kelompok"))


def _where(columns: Sequence[Column], column: Column, rows: Sequence[int]) -> dict[str, str] | None:
    """One other column with a sign that these rows have and no other row: a level, a kind."""
    wanted = set(rows)
    for other in sorted(columns, key=lambda each: len(each.filled)):
        signs = {normalise(other.texts[i] or "") for i in rows}
        if other is column or len(signs) != 1 or len(rows) < 2 or not (sign := signs.pop()):
            continue
        if {i for i, text in enumerate(other.texts) if normalise(text or "") == sign} == wanted:
            return {other.header: exactly([sign])}
    return None


def _unknown(region: Region, found: RegionColumns, column: Column) -> str:
    """What a person should look up."""
    left = Counter(text for text in region.others if not {i for i, each in enumerate(column.texts) if each == text} & found.rows)
    if left:
        return f"{len(left)} nama tidak ada di daftar acuan, misalnya {next(iter(left))}"
    return "nama tanpa kata Kabupaten/Kota" if region.bare_name_is else ""
