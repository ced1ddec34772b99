"""Prevents a title or a label that holds somebody's number from being published, and from stopping every release."""

from __future__ import annotations

import pytest

from tests.contracts.test_contract_problems import GOOD, problems

TITLE, COLUMN = "title: Harga bahan pokok", "from: SATUAN, type: unit"
NIK = "3571010101900001"


@pytest.mark.parametrize(
    ("part", "into", "line", "key"),
    [
        (TITLE, f"title: Harga {NIK}", 2, "title"),
        (TITLE, "title: Harga 357101-410190-0001", 2, "title"),
        (COLUMN, f"from: SATUAN {NIK}, type: unit", 25, "columns.satuan.from"),
        (COLUMN, f"{COLUMN}, description: milik {NIK}", 25, "columns.satuan.description"),
    ],
)
def test_a_contract_that_names_a_person_is_refused_without_the_number(part: str, into: str, line: int, key: str) -> None:
    (problem,) = problems(GOOD.replace(part, into, 1))
    assert (problem.line, problem.key) == (line, key)
    assert "seperti NIK" in str(problem)
    assert NIK not in str(problem)


@pytest.mark.parametrize("number", ["3571013201900001", "3571010113900001", "13571010101900001", "1.234.567.890.123.456"])
def test_sixteen_digits_that_are_no_day_of_birth_name_nobody(number: str) -> None:
    assert problems(GOOD.replace(TITLE, f"title: Harga {number}", 1)) == []
