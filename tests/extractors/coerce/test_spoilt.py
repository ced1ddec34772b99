"""Prevents two things from being published under one name since a spreadsheet took their codes for numbers, or an age group for a day."""

from __future__ import annotations

import pyarrow as pa
import pytest

from extractors.cells import CellColumn
from tests.extractors.coerce.cell_reading import UNREADABLE, Read, column_reader

NAMING = ["text", "code", "wilayah", "unit"]


def mixed(type_: str, *cells: tuple[str, int]) -> list[str | None]:
    texts, kinds = zip(*cells, strict=True)
    coerced = column_reader({"type": type_})(CellColumn(pa.array(texts), pa.array(kinds, pa.uint8())))
    bad = coerced.unreadable.to_pylist() if coerced.unreadable is not None else [False] * len(texts)
    return [UNREADABLE if is_bad else text for text, is_bad in zip(coerced.text.to_pylist(), bad, strict=True)]


@pytest.mark.parametrize("type_", NAMING)
def test_a_code_that_was_shortened_is_none(read: Read, type_: str) -> None:
    assert read({"type": type_}, "3.57101E+15", "3,57E+15", "4E+15", "A1") == [UNREADABLE, UNREADABLE, UNREADABLE, "A1"]
    assert read({"type": type_}, "E+", "IPK 3.57E+15 x", "TIPE+01", "vitamin E+") == ["E+", "IPK 3.57E+15 x", "TIPE+01", "vitamin E+"]


@pytest.mark.parametrize("type_", NAMING)
def test_long_native_numbers_that_all_end_in_noughts_lost_their_last_digits(type_: str) -> None:
    spoilt = [("3571010101900000", 1), ("3571010101910000", 1), ("3571010101920001", 0), ("12", 1)]
    assert mixed(type_, *spoilt) == [UNREADABLE, UNREADABLE, "3571010101920001", "12"]
    whole = [("3571010101900000", 1), ("3571010101910001", 1)]
    assert mixed(type_, *whole) == [text for text, _ in whole]
    assert mixed(type_, ("3571010101900000", 1)) == ["3571010101900000"]


def test_figures_may_be_long(read: Read) -> None:
    assert read({"type": "integer"}, "3571010101900000", "3571010101910000", kind=1) == ["3571010101900000", "3571010101910000"]


def test_an_age_group_that_became_a_day_is_no_name() -> None:
    """5-9 and 10-14 are days to a spreadsheet, 15-19 is none."""
    ages = [("0-4", 0), ("2025-09-05", 2), ("2025-10-14", 2), ("15-19", 0)]
    assert mixed("text", *ages) == ["0-4", UNREADABLE, UNREADABLE, "15-19"]
    assert mixed("text", ("2025-05-03", 2), ("021/004", 0)) == [UNREADABLE, "021/004"]


def test_days_among_other_texts_are_days() -> None:
    days = [("2025-09-05", 2), ("belum", 0), ("13/02/2025", 0), ("12.5", 0)]
    assert mixed("text", *days) == [text for text, _ in days]


@pytest.mark.parametrize("type_", ["code", "wilayah", "unit"])
def test_a_day_is_no_code(type_: str) -> None:
    assert mixed(type_, ("2002-01-05", 2), ("5.1.03", 0)) == [UNREADABLE, "5.1.03"]
