"""What makes a row one row: the smallest set of columns that is unique among all rows, names and codes before anything else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from satudata.new_contract.draft import ColumnDraft, Draft
from satudata.new_contract.regions import level_of

Codes = npt.NDArray[np.int64]
MOST_COLUMNS = 12
MOST_IN_KEY = 5
FEW_ROWS = 50
MOST_INSTEAD, FEWEST_COUNTED, MOST_GAPS = 3, 2, 1.1
"""Columns of a key that a counter gives way to; rows that show that it counts; how far it may run ahead of them."""
_COST = {"wilayah": 1, "code": 2, "date": 2, "period": 2, "text": 3, "unit": 5, "boolean": 6, "timestamp": 7, "latitude": 8, "longitude": 8}
_ENTITY = re.compile(r"(?:nama|name)(?:_|$)")
_IDENTITY = ("id", "uuid", "kode", "code", "nik", "slug")
LONG_TEXT, MOST_BYTES = 60, 300


@dataclass(frozen=True)
class Key:
    """A key, and how many rows it does not tell apart."""

    columns: list[str]
    doubles: int = 0
    same_rows: int = 0
    is_forced: bool = False
    """Measures had to be taken in."""
    """Rows that are equal in every column to one before them."""


def key_of(draft: Draft, rows: pa.Table) -> Key:
    """The key of these rows (typed, those with unreadable cells left out)."""
    codes = {name: _codes(rows.column(name)) for name in rows.column_names}
    rest = _distinct(codes.values(), rows.num_rows)
    same = rows.num_rows - len(rest)
    codes = {name: each[rest] for name, each in codes.items()}
    usable = [c for c in draft.columns if not c.is_measure and _is_usable(rows.column(c.name))]
    usable.sort(key=lambda column: _cost(column, rows))
    found = _without_counters(draft, usable, rows, codes, len(rest)) or _found(draft, usable, codes, len(rest))
    is_forced = any(draft.column(name).is_measure for name in found)
    return Key(_ordered(draft, found), _doubles(found, codes, len(rest)), same, is_forced)


def _without_counters(draft: Draft, usable: Sequence[ColumnDraft], rows: pa.Table, codes: dict[str, Codes], left: int) -> list[str]:
    """A key without columns that merely count the rows, whose numbers are others as soon as a row is; empty where nothing else tells rows apart."""
    others = [column for column in usable if not _counts(rows.column(column.name))]
    if len(others) in (0, len(usable)):
        return []
    found = _found(draft, others, codes, left)
    is_sound = len(found) <= MOST_INSTEAD and not _doubles(found, codes, left) and not any(draft.column(name).is_measure for name in found)
    return found if is_sound else []


def _counts(column: pa.ChunkedArray) -> bool:
    """Whole numbers from 0 or 1 upwards, each one more than the last, but where a row was left out."""
    texts = pc.replace_substring_regex(column, r"\.0$", "")
    if len(texts) < FEWEST_COUNTED or not pc.all(pc.match_substring_regex(texts, "^[0-9]{1,18}$")).as_py():
        return False
    numbers = pc.cast(texts, pa.int64()).to_numpy()
    return bool(numbers[0] in (0, 1) and np.all(np.diff(numbers) > 0) and numbers[-1] <= len(numbers) * MOST_GAPS + 1)


def _found(draft: Draft, usable: Sequence[ColumnDraft], codes: dict[str, Codes], rows: int) -> list[str]:
    return _identity(draft, usable, codes, rows) or _smallest(usable, _forced(draft, usable, rows), codes, rows)


def _is_usable(column: pa.ChunkedArray) -> bool:
    """Filled everywhere, with texts that an index takes."""
    return not column.null_count and (pc.max(pc.binary_length(column)).as_py() or 0) <= MOST_BYTES


def _identity(draft: Draft, usable: Sequence[ColumnDraft], codes: dict[str, Codes], rows: int) -> list[str]:
    """The column that publishers themselves use to tell records apart, with the period; empty where there is none."""
    first = draft.columns[0].name
    named = [column.name for column in usable if column.name in _IDENTITY or (column.name == first and first.endswith("id"))]
    found = next((name for name in named if not _doubles([name], codes, rows)), None)
    period = [str(draft.period["column"])] if draft.period else []
    return [*period, found] if found and not draft.unpivot else []


def _forced(draft: Draft, usable: Sequence[ColumnDraft], rows: int) -> list[str]:
    """Columns that are part of any key: the period, what unpivot gives, and in a table of few rows what its row is about."""
    names = [column.name for column in usable]
    forced = [name for name in names if draft.period.get("column") == name or draft.column(name).keys.get("header")]
    if draft.period and any(column.is_measure for column in draft.columns):
        named = [column.name for column in usable if column.name == "kode_wilayah" or column.keys.get("reference")]
        forced += [name for name in named if name not in forced]
    about = [column.name for column in usable if column.name not in forced and not column.is_time]
    has_region = bool(about) and draft.column(about[0]).type in ("wilayah", "code")
    if rows <= FEW_ROWS and not draft.unpivot:  # in so few rows a name may only seem to be superfluous
        forced += [name for name in about if _ENTITY.match(name) and not level_of(name)][:1]
    if about and len(forced) < 2 and (draft.unpivot or rows == 1 or (has_region and rows <= FEW_ROWS)):
        forced.append(about[0])
    return forced


def _smallest(usable: Sequence[ColumnDraft], forced: list[str], codes: dict[str, Codes], rows: int) -> list[str]:
    names = [column.name for column in usable if column.name not in forced and (codes[column.name].max(initial=0) > 0 or rows < 2)]
    for size in range(MOST_IN_KEY + 1):
        for more in combinations(names[:MOST_COLUMNS], size):
            if (forced or more) and not _doubles([*forced, *more], codes, rows):
                return [*forced, *more]
    everything = [*forced, *names] or [next(iter(codes))]
    if _doubles(everything, codes, rows) > 0.05 * rows:
        everything += [name for name in codes if name not in everything and codes[name].min(initial=0) >= 0]
    return everything


def _cost(column: ColumnDraft, rows: pa.Table) -> tuple[int, int]:
    is_long = (pc.mean(pc.utf8_length(rows.column(column.name))).as_py() or 0) > LONG_TEXT
    return _COST.get(column.type, 4) + 10 * is_long, [*rows.column_names].index(column.name)


def _codes(column: pa.ChunkedArray) -> Codes:
    """Small numbers in place of texts; no cell is -1."""
    encoded = pc.dictionary_encode(column.combine_chunks())
    indices = pc.fill_null((encoded.combine_chunks() if isinstance(encoded, pa.ChunkedArray) else encoded).indices, -1)
    return indices.to_numpy(zero_copy_only=False).astype(np.int64)  # type: ignore[no-any-return]


def _mixed(columns: Sequence[Codes], rows: int) -> Codes:
    """One number per row that is equal where all columns are."""
    mixed = np.zeros(rows, np.int64)
    for column in columns:
        _, mixed = np.unique(mixed * (column.max(initial=0) + 2) + column + 1, return_inverse=True)
        mixed = mixed.astype(np.int64)
    return mixed


def _distinct(columns: Iterable[Codes], rows: int) -> Codes:
    """The first of each set of equal rows."""
    _, first = np.unique(_mixed(list(columns), rows), return_index=True)
    return np.sort(first)


def _doubles(names: Sequence[str], codes: dict[str, Codes], rows: int) -> int:
    """How many rows are left over when each key keeps one."""
    most = 1
    for name in names:
        most = min(most * (int(codes[name].max(initial=0)) + 2), rows)
    if most < rows:
        return rows - most
    return rows - len(np.unique(_mixed([codes[name] for name in names], rows)))


def _ordered(draft: Draft, names: Sequence[str]) -> list[str]:
    """The period first, then as the columns stand."""
    period = draft.period.get("column")
    listed = [column.name for column in draft.columns if column.name in names]
    return sorted(listed, key=lambda name: name != period)
