"""A survey -> the first draft of a contract: what each column is, which rows are no data, what makes a row unique."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from contracts.models.columns import ABOVE
from satudata.new_contract.amounts import is_numbering
from satudata.new_contract.checks import site_check
from satudata.new_contract.column_names import free, slug
from satudata.new_contract.column_types import typed
from satudata.new_contract.draft import ColumnDraft, Draft, RowDraft
from satudata.new_contract.marks import without_marks
from satudata.new_contract.measures import are_of_one_measure
from satudata.new_contract.personal import personal_beside, personal_of
from satudata.new_contract.points import split_points
from satudata.new_contract.region_columns import RegionColumns, region_columns
from satudata.new_contract.regions import level_of
from satudata.new_contract.sample import Column, Survey
from satudata.new_contract.special_rows import Special, special_rows
from satudata.new_contract.spread import PLAIN_MONTH, Spread, spread_of
from satudata.new_contract.spread_columns import add_spread
from satudata.new_contract.time_columns import joined_period, main_period, months_below_years, period_around
from satudata.new_contract.written_once import filled_down, written_once

_NUMBER_HEADER = re.compile(r"(?:no|nomor|nomer|#|id|index|urut|no[. _]*urut|unnamed: 0)\.?", re.IGNORECASE)
_OFFICE = re.compile(
    r"(?:pemerintah|pemkab|pemkot|pemprov|kementerian|dinas|badan|kantor|sekretariat|inspektorat|bagian|uptd?|jl|jalan)\b", re.IGNORECASE
)
"""How a title row begins that names whose table it is, not what is in it."""


def draft_of(survey: Survey, url: str) -> Draft:
    """The draft of a contract for what was surveyed; ``url`` as it is to stand in the contract."""
    source = {"kind": survey.kind, "url": url, **survey.source}
    draft = Draft(_title(survey), source, table=survey.table, extra=not survey.is_cut, notes=list(survey.notes))
    if not survey.columns:
        draft.columns, draft.key = [ColumnDraft("isi", {"type": "text"})], ["isi"]
        return draft
    columns, draft.flags = without_marks(survey.columns)
    special = special_rows(columns)
    data = [column.without(frozenset(special.rows)) for column in columns]
    once = written_once(data) if survey.kind == "file" else set()
    data = [filled_down(column) if column.header in once else column for column in data]
    regions = region_columns(data, special.given)
    data = [column.without(regions.rows) for column in data]
    used = {header for rule in (*special.rules, *regions.rules) for header in _where(rule)}
    draft.ignore = _useless(data, survey.kind, used)
    spread = _one_measure(spread_of([column for column in data if column.header not in draft.ignore or not column.filled]), special, draft)
    draft.ignore = {header: why for header, why in draft.ignore.items() if spread is None or header not in spread.headers}
    draft.ignore |= dict.fromkeys(spread.totals if spread else (), "jumlah kolom lain")
    _add_columns(draft, data, regions, spread)
    split_points(draft.columns, data)
    _fill_down(draft, once)
    _add_units(draft, special.units)
    add_spread(draft, data, spread, survey.above)
    _add_given(draft, {special.given, regions.given} - {""})
    months_below_years(draft.columns, data, special.given)
    _resolve_parents(draft)
    draft.rows = [*regions.rules, *_summed(special, draft, spread)] if regions.given else [*_summed(special, draft, spread), *regions.rules]
    _mark_personal(draft, data)
    _add_period(draft, survey, data)
    draft.checks = [check for column in draft.columns if (check := site_check(column, data))]
    if not draft.extra:
        draft.ignore = {}
    draft.key = [next((column.name for column in draft.columns if column.type not in ("text", "decimal")), draft.columns[0].name)]
    return draft


def _title(survey: Survey) -> str:
    above = [text for text in survey.above if len(text) > 5 and not text.rstrip(":;").isdigit()]
    if survey.kind == "html_table":
        text = survey.heading or (above[-1] if above else "")
    else:
        text = next((text for text in above if not _OFFICE.match(text)), above[0] if above else "")
    words = re.sub(r"[_\s]+", " ", text or survey.file_name.rpartition("/")[2].rsplit(".", 1)[0]).strip()[:100]
    if words.isupper():
        return words.capitalize()
    return words if text else words[:1].upper() + words[1:]


def _where(rule: RowDraft) -> list[str]:
    where = rule.keys["where"]
    return list(where) if isinstance(where, dict) else []


def _useless(data: Sequence[Column], kind: str, used: set[str]) -> dict[str, str]:
    """Headers that carry nothing: numbers of rows, and columns that are empty throughout."""
    found: dict[str, str] = {}
    for column in data:
        is_id = column.header.strip().casefold() == "id" and kind == "json_api"
        if not column.filled and len(column.texts) > 1:
            found[column.header] = "kosong"
        elif _NUMBER_HEADER.fullmatch(column.header.strip()) and is_numbering(column, restarts=True) and not is_id and len(data) > 1:
            found[column.header] = "nomor baris"
        elif column.header in used and column.header not in found and _is_sign(column, used):
            found[column.header] = "penanda baris"
    return found


def _is_sign(column: Column, used: set[str]) -> bool:
    """A column of one or two signs that only tells kinds of rows apart."""
    return column.header in used and len(column.filled) <= 1


def _one_measure(spread: Spread | None, special: Special, draft: Draft) -> Spread | None:
    """The headers that become rows, where all stand over one measure; else each stays a column of its own, and that is told."""
    if spread is None or are_of_one_measure(spread.headers, special.units):
        return spread
    note = "judul kolomnya memuat beberapa ukuran, maka masing-masing menjadi kolom sendiri"
    draft.notes.append(f"{note}; agar waktunya menjadi baris: satu kontrak per ukuran, dengan `same_as`" if spread.time else note)
    return None


def _add_columns(draft: Draft, data: Sequence[Column], regions: RegionColumns, spread: Spread | None) -> None:
    joined = joined_period(data)
    parents = {str(c.keys["within"])[1:] for c in regions.columns if str(c.keys.get("within", "")).startswith("@")}
    draft.ignore |= {header: why for header, why in regions.ignore.items() if header not in parents}
    if joined is not None:
        draft.ignore |= dict.fromkeys(joined.keys["join"], "")  # type: ignore[call-overload]
    done = {column.header for column in regions.columns} | set(draft.ignore) | set(spread.headers if spread else ())
    for column in regions.columns:
        column.name = free(column.name, draft.names)
        draft.columns.append(column)
    if joined is not None:
        draft.columns.append(joined)
        draft.ignore = {header: why for header, why in draft.ignore.items() if header not in joined.keys["join"]}  # type: ignore[operator]
    for published in data:
        if published.header not in done:
            found = typed(free(slug(published.header), draft.names), published)
            if published.header in parents:
                found.as_text("")
            elif found.type == "text" and level_of(published.header) and published.filled and not (found.note or regions.columns):
                found.note = "wilayah? namanya tidak ada di daftar acuan"
            draft.columns.append(found)
    _reference_once(draft)
    units = [column.name for column in draft.columns if column.type == "unit"]
    measures = [column for column in draft.columns if column.is_measure]
    if len(units) == 1 and len(measures) == 1 and spread is None:
        measures[0].keys.pop("unit", None)
        measures[0].keys["unit_from"] = units[0]


def _fill_down(draft: Draft, once: set[str]) -> None:
    for column in draft.columns:
        headers = {column.header, *column.keys.get("join", ())}  # type: ignore[misc]
        if headers & once and not column.is_measure:
            column.keys["blank"] = ABOVE
            column.note = column.note or "sel kosong dianggap sama dengan sel di atasnya"


def _add_units(draft: Draft, units: Mapping[str, str]) -> None:
    for column in draft.columns:
        if column.is_measure and column.header in units and "unit_from" not in column.keys:
            column.keys.setdefault("unit", units[column.header])


def _reference_once(draft: Draft) -> None:
    """Of two columns with values of one list the first is the code, the other its name."""
    seen: set[object] = set()
    for column in draft.columns:
        reference = column.keys.get("reference")
        if reference in seen:
            column.as_text("")
        seen |= {reference} - {None}


def _add_given(draft: Draft, given: set[str]) -> None:
    for group in sorted(given):
        draft.columns.insert(0, ColumnDraft(free(group, draft.names), {"group": group, "type": "text"}))


def _resolve_parents(draft: Draft) -> None:
    """``within`` names a contract column, not a header."""
    for column in draft.columns:
        within = str(column.keys.get("within", ""))
        if within.startswith("@"):
            column.keys["within"] = next(each.name for each in draft.columns if each.header == within[1:])


def _summed(special: Special, draft: Draft, spread: Spread | None) -> list[RowDraft]:
    """The rules of totals with contract columns in place of headers; one that sums nothing we keep is a row to drop."""
    names = {column.header: column.name for column in draft.columns if column.header and column.is_measure}
    if spread is not None:
        names |= dict.fromkeys(spread.headers, str(draft.unpivot["value"]))
    for rule in special.rules:
        for key in ("of", "total_of"):
            headers = rule.keys.pop(key, None)
            of = list(dict.fromkeys(names[header] for header in headers if header in names)) if isinstance(headers, list) else []
            if of:
                rule.keys[key] = of
        if rule.keys["is"] == "total" and "of" not in rule.keys:
            rule.keys = {"is": "drop", "where": rule.keys["where"], "why": "baris jumlah"}
        if rule.keys.get("over") == "all" or ("over" in rule.keys and "of" not in rule.keys):
            rule.keys.pop("over")
    return special.rules


def _mark_personal(draft: Draft, data: Sequence[Column]) -> None:
    texts = {column.header: column.filled for column in data}
    found = {c.name: kind for c in draft.columns if c.header and (kind := personal_of(c.header, texts[c.header]))}
    if set(found.values()) & {"nik", "kk", "nama"}:
        found |= {c.name: kind for c in draft.columns if c.name not in found and (kind := personal_beside(c.header))}
    for name, kind in found.items():
        draft.column(name).keys["pribadi"] = kind
        draft.column(name).note = draft.column(name).note or "data pribadi?"


def _add_period(draft: Draft, survey: Survey, data: Sequence[Column]) -> None:
    found = main_period(draft.columns, data)
    if found is None and not any(column.keys.get("header") == PLAIN_MONTH for column in draft.columns):
        is_about_figures = any(column.is_measure or column.type == "latitude" for column in draft.columns)
        found = period_around(survey, draft.names) if is_about_figures else None
        if found is not None:
            draft.columns.append(found)
    if found is not None:
        draft.period = {"column": found.name, "grain": found.grain}
