"""Which reader reads which type of the contract language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo

import pyarrow as pa

from contracts.models.columns import Column
from contracts.models.contract import Grain
from extractors.cells import BOOLEAN, DATE, NUMBER
from extractors.coerce.booleans import read_boolean
from extractors.coerce.codes import two_digit_regency, without_float_tail
from extractors.coerce.coordinates import coordinate_reader
from extractors.coerce.dates import date_reader, native_date, native_moment, timestamp_reader, within_calendar
from extractors.coerce.integers import integer_reader
from extractors.coerce.memo import Memo
from extractors.coerce.numbers import number_reader
from extractors.coerce.periods import period_reader
from extractors.coerce.result import Read, by_kind

Typed = Callable[[pa.Array, pa.Array | None], pa.Array]
"""Tidy texts and the kinds of their cells -> canonical texts; null where a text is not of the type."""


@dataclass(frozen=True)
class Circumstances:
    """What reading a cell depends on beside its own text."""

    zone: tzinfo
    """Where moments without a zone, and days, belong (pemda.yml)."""
    fetched_at: datetime | None = None
    """From when `relative` counts back."""


def typed_reader(column: Column, grain: Grain | None, circumstances: Circumstances) -> Typed:
    """The reader of a column's type; ``grain`` is the period's, for the column that carries it."""
    match column.type:
        case "integer":
            return _numbers(integer_reader(column.numbers), integer_reader("plain"))
        case "decimal" | "percent":
            return _numbers(number_reader(column.numbers), number_reader("plain"))
        case "latitude" | "longitude":
            return _numbers(coordinate_reader(column.numbers), coordinate_reader("plain"))
        case "date" | "timestamp" | "period":
            return _times(column, grain, circumstances)
        case "boolean":
            return _texts(Memo(read_boolean))
        case "code" | "wilayah":
            return _codes(column)
        case "text" | "unit":
            return _texts(lambda text: text)


def _texts(read: Read) -> Typed:
    return lambda text, _kind: read(text)


def _numbers(read: Read, read_native: Read) -> Typed:
    """Native numbers are read as plain, whatever the convention of the texts beside them; dates and booleans are no numbers."""
    nothing = _nothing

    def typed(text: pa.Array, kind: pa.Array | None) -> pa.Array:
        figures = by_kind(text, kind, NUMBER, read_native, read)
        return by_kind(figures, kind, BOOLEAN, nothing, lambda same: same)

    return typed


def _times(column: Column, grain: Grain | None, circumstances: Circumstances) -> Typed:
    zone = circumstances.zone
    if column.type == "period":
        in_period = period_reader(column.format, grain)
        native_period = period_reader(None, grain or "hari")
        read, read_native = Memo(in_period), Memo(lambda text: native_period(text[:10]))
    elif column.type == "date":
        read, read_native = Memo(date_reader(column.format, zone, circumstances.fetched_at)), Memo(within_calendar(native_date))
    else:
        read = Memo(timestamp_reader(column.format, zone, circumstances.fetched_at))
        read_native = Memo(within_calendar(lambda text: native_moment(text, zone).isoformat()))
    return lambda text, kind: by_kind(text, kind, DATE, read_native, read)


def _codes(column: Column) -> Typed:
    if column.type == "wilayah" and column.system == "kemendagri":
        return lambda text, kind: by_kind(text, kind, NUMBER, two_digit_regency, without_float_tail)
    return lambda text, _kind: without_float_tail(text)


def _nothing(text: pa.Array) -> pa.Array:
    return pa.nulls(len(text), pa.string())
