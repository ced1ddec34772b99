"""What may stand in a cell of a file that people open with a spreadsheet: never a formula, whatever an agency's file held."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

MOST_SIGNS = 32_000
"""A cell of a workbook holds 32,767 characters."""
Cell = str | int | float | date | None
_FORMULA = re.compile(r"^\s*[=+\-@\t\r|%]")
_NUMBER = re.compile(r"^[+-]?\d+([.,]\d+)*%?$")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def cell(value: object) -> Cell:
    """A value as a cell: numbers and dates as they are, text without control characters and with an apostrophe before what would be a formula."""
    if value is None or isinstance(value, (int, float)):
        return value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value
    text = _CONTROL.sub(" ", str(value))[:MOST_SIGNS]
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text
