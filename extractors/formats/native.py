"""Canonical text of cells that a file holds as numbers, dates or booleans.

A native cell has no convention to guess: what is decided here is only how its value is spelt, once for every format, so that the same sheet
saved as XLSX, XLS or ODS gives the same cells. `Number` and `Moment` are texts that remember what they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import numpy as np
import pyarrow as pa

from extractors.cells import BOOLEAN, DATE, NESTED, NUMBER, TEXT, UNREAD, CellColumn


class Number(str):
    """Canonical text of a native number."""

    __slots__ = ()


class Moment(str):
    """Canonical text of a native date, time or both."""

    __slots__ = ()


class Nested(str):
    """A JSON object or array, as the JSON it was."""

    __slots__ = ()


class Unread(str):
    """What stands for a cell whose value the file does not hold."""

    __slots__ = ()


MOST_DIGITS = 60
KINDS: dict[type, int] = {
    str: TEXT, type(None): TEXT, Number: NUMBER, Moment: DATE, bool: BOOLEAN, Nested: NESTED, Unread: UNREAD,
}  # fmt: skip


def number(published: str) -> Number:
    """The text of a number as a file writes it: 29324.0 -> 29324, 258.55500000000001 -> 258.555, 1e3 -> 1000."""
    if published.isdecimal():
        return Number(published)
    return real(float(published))


def exact(published: str) -> Number:
    """The text of a number whose every digit is meant (JSON): only exponents and an empty fraction are rewritten."""
    if published.isdecimal():
        return Number(published)
    if "e" in published or "E" in published:
        value = Decimal(published)
        if abs(value.adjusted()) > MOST_DIGITS:
            return Number(published)  # 1e999999999 written out would fill the memory
        published = format(value, "f")
    whole, point, fraction = published.partition(".")
    return Number(whole if point and not fraction.strip("0") else published)


def real(value: float) -> Number:
    """The shortest text that reads back as this float, without exponent; integral values without a fraction."""
    if value.is_integer() and abs(value) < 1e15:
        return Number(int(value))
    text = repr(value)
    return Number(format(Decimal(text), "f").removesuffix(".0") if "e" in text else text.removesuffix(".0"))


def shifted(value: Number, power: int) -> Number:
    """A number times a power of ten, to the last digit: 0.07 shown in per cent is 7."""
    text = format(Decimal(value).scaleb(power), "f")
    return Number(text.rstrip("0").rstrip(".") if "." in text else text)


def elapsed(days: float) -> Moment:
    """A time that has passed, as a sheet shows it: 30:00:00 for a day and a quarter."""
    seconds = round(days * 86_400)
    return Moment(f"{'-' if seconds < 0 else ''}{abs(seconds) // 3600}:{abs(seconds) // 60 % 60:02}:{abs(seconds) % 60:02}")


def moment(value: date | time) -> Moment:
    """ISO text; a date-time at midnight is a date."""
    if isinstance(value, datetime) and value.time() == time():
        return Moment(value.date().isoformat())
    return Moment(value.replace(microsecond=0).isoformat() if isinstance(value, datetime | time) else value.isoformat())


def cell(value: object) -> object:
    """What a spreadsheet reader hands over, as text, `Number`, `Moment`, bool or None."""
    if value is None or value == "":
        return None
    if isinstance(value, bool | str):
        return value
    if isinstance(value, date | time):
        return moment(value)
    if isinstance(value, timedelta):
        return elapsed(value / timedelta(days=1))
    return real(float(value))  # type: ignore[arg-type]


def column(values: Sequence[object]) -> CellColumn:
    """Cells (text, `Number`, `Moment`, bool or None) -> one column; ``kind`` only where something is native."""
    types = set(map(type, values))
    if bool in types:
        texts: Iterable[object] = [("true" if v else "false") if v.__class__ is bool else v for v in values]
    else:
        texts = values
    kind = pa.array(np.fromiter((KINDS[v.__class__] for v in values), np.uint8, len(values))) if types - {str, type(None)} else None
    return CellColumn(pa.array(texts, pa.string()), kind)
