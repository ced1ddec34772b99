"""Prevents a form that came back unfilled from taking the place of figures: its rows are all there, and each empty cell could be right."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from expectations.judge import History
from tests.expectations.conftest import Bench
from tests.expectations.test_groups import whole, years
from tests.expectations.test_guards import COLUMNS, YEARLY, known, year
from tests.expectations.test_history import HELD, accepted, held

FULL = years(2021, 2022, 2023)


def filled(number: int, value: int | None, rows: int = 10, **more: Any) -> list[dict[str, Any]]:
    """A year of which the first `rows` say `value`."""
    (found,) = years(number)
    return [row | ({"n": value} | more if place < rows else {}) for place, row in enumerate(found)]


@pytest.mark.parametrize("value", [None, 0])
@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (filled(2024, None), "Kolom n kosong atau 0 di 10 dari 10 baris di periode 2024, padahal sebelumnya hampir semuanya terisi."),
        (filled(2024, None, 6), "di 6 dari 10 baris di periode 2024,"),
        (filled(2023, None), "di 10 dari 10 baris di periode 2023,"),
        (whole(*years(2022), filled(2023, None)), "di 10 dari 10 baris di periode 2023,"),
        (whole(filled(2023, None), *years(2024)), "di 10 dari 10 baris di periode 2023,"),
        (whole(filled(2024, None), *years(2025)), "di 10 dari 10 baris di periode 2024,"),
        (whole(filled(2022, None), filled(2023, None)), "di 10 dari 10 baris di periode 2023 (juga di 1 tempat lain),"),
        (whole(filled(2024, None), filled(2025, None)), "di periode 2025 (juga di 1 tempat lain),"),
    ],
    ids=[
        "a new year",
        "most of it",
        "what stood",
        "at the end of a longer file",
        "below a new one",
        "before the last",
        "two",
        "nothing else",
    ],
)
def test_figures_that_are_gone_hold_the_file(bench: Bench, value: int | None, rows: list[dict[str, Any]], said: str) -> None:
    """Fails when a year of figures is replaced by empty cells or by noughts, or when one follows it as if nothing had happened."""
    judged = bench.judge(known(bench, *FULL), [row if row["n"] else row | {"n": value} for row in rows])
    assert list(judged.broken) == ["emptied.n"]
    assert (judged.verdict.state, said in judged.verdict.message) == ("held", True)
    assert "--terima emptied.n" in judged.verdict.message


@pytest.mark.parametrize(
    "rows",
    [
        filled(2024, 0, 5),
        whole(*years(2023), filled(2024, None)),
        whole(*years(2023), filled(2024, 0), filled(2025, None)),
    ],
    ids=["half of it", "one still to be filled", "two still to be filled"],
)
def test_what_has_still_to_be_filled_is_let_in(bench: Bench, rows: list[dict[str, Any]]) -> None:
    """Fails when a person has to approve a sheet whose next months are not filled yet."""
    assert bench.judge(known(bench, *FULL), rows).broken == {}


@pytest.mark.parametrize(("rows", "broken"), [(1, {"emptied.n": 10}), (2, {})], ids=["a tenth was empty", "more was"])
def test_what_was_often_empty_may_be_so(bench: Bench, rows: int, broken: dict[str, int]) -> None:
    assert bench.judge(known(bench, *years(2021, 2022), filled(2023, 0, rows)), filled(2024, 0)).broken == broken


@pytest.mark.parametrize(
    ("before", "women", "broken"),
    [
        ((2021, 2022, 2023), 10, {"emptied.n.j": 10}),
        ((2021, 2022, 2023), 9, {}),
        ((2022, 2023), 10, {}),
        ((2021, 2022, 2023, 2024), 10, {"emptied.n.j": 10}),
        ((2021, 2022, 2023, 2024), 9, {}),
    ],
    ids=["a class", "most of it", "after two years", "what stood of it", "most of what stood"],
)
@pytest.mark.parametrize("value", [None, 0])
def test_a_class_or_a_region_without_figures_holds_the_file(
    bench: Bench, before: tuple[int, ...], women: int, value: int | None, broken: dict[str, int]
) -> None:
    """Fails when one column of a wide sheet, or one kelurahan of many, came back empty and nobody was asked, for the others outnumber it."""
    dataset = known(bench, *(year(10, number) for number in before))
    rows = [row | ({"n": value} if row["j"] == "P" and int(row["id"][1:]) < women else {}) for row in year(10, 2024)]
    judged = bench.judge(dataset, rows)
    assert judged.broken == broken
    assert not broken or "Kolom n kosong atau 0 di 10 dari 10 baris dengan j P di periode 2024, padahal" in judged.verdict.message


def test_a_class_that_was_often_empty_may_be_so(bench: Bench) -> None:
    rare = [row | ({"n": 0} if row["j"] == "P" and row["id"] in ("r1", "r2") else {}) for row in year(10, 2022)]
    rows = [row | ({"n": 0} if row["j"] == "P" else {}) for row in year(10, 2024)]
    assert bench.judge(known(bench, year(10, 2021), rare, year(10, 2023)), rows).broken == {}


def test_four_cells_are_no_form(bench: Bench) -> None:
    few = known(bench, *years(2021, 2022, 2023, regions=4))
    assert bench.judge(few, filled(2024, 0)[:4]).broken == {}


def test_what_a_person_let_in_is_not_asked_again(bench: Bench) -> None:
    """Fails when the same file, approved once, waits for a person on the next day; or when a year that waits for one makes the next one right."""
    dataset = known(bench, *FULL, filled(2024, 0))
    assert bench.judge(dataset, filled(2024, 0)).broken == {}
    assert bench.judge(dataset, filled(2025, 0)).broken == {}
    other = known(bench, *FULL)
    number = held(bench, other, next(HELD))
    for row in filled(2024, 0):
        accepted(bench, other, **row, _from_batch=number)
    assert bench.judge(other, filled(2025, 0)).broken == {"emptied.n": 10}


@pytest.mark.parametrize(("value", "broken"), [(5, {}), (0, {"emptied.n": 10, "emptied.m": 10})], ids=["a target", "nothing"])
def test_an_outcome_may_be_missing_before_its_year_is_over(bench: Bench, value: int, broken: dict[str, int]) -> None:
    """Fails when the targets of a year wait for a person because nothing could be reached yet; or when a form without either is let in."""
    dataset = bench.dataset(COLUMNS | {"m": {"type": "integer"}}, **YEARLY)
    for row in whole(*FULL):
        accepted(bench, dataset, **row, m=7)
    bench.history, bench.run_date = History(last_counts=(6,), penerbit=""), date(2024, 3, 1)
    assert bench.judge(dataset, filled(2024, 0, m=value)).broken == broken
    bench.run_date = date(2025, 3, 1)
    assert bench.judge(dataset, filled(2024, 0, m=5)).broken == {"emptied.n": 10}


def test_what_has_no_period_is_asked_by_what_stands(bench: Bench) -> None:
    dataset = bench.dataset(COLUMNS, key=["id"], write="snapshot")
    for number in range(10):
        accepted(bench, dataset, id=f"k{number}", n=5)
    bench.history = History(last_counts=(10,), penerbit="")
    rows = [{"id": f"k{number}", "n": 5} for number in range(10)]
    assert bench.judge(dataset, rows).broken == {}
    assert bench.judge(dataset, [row | {"n": None} for row in rows]).broken == {"emptied.n": 10}


@pytest.mark.parametrize(
    ("column", "value", "broken"),
    [
        ({"required": True}, None, {"required.n": 10}),
        ({"required": True}, 0, {"emptied.n": 10}),
        ({"range": [1, 9]}, 0, {"range.n": 10}),
        ({"range": [1, 9]}, None, {"emptied.n": 10}),
        ({"range": [0, 9]}, 0, {"emptied.n": 10}),
    ],
)
def test_a_cell_that_has_a_rule_of_its_own_is_told_once(
    bench: Bench, column: dict[str, Any], value: int | None, broken: dict[str, int]
) -> None:
    dataset = bench.dataset(COLUMNS | {"n": {"type": "integer"} | column}, **YEARLY)
    for row in whole(*FULL):
        accepted(bench, dataset, **row)
    bench.history = History(last_counts=(6,), penerbit="")
    assert bench.judge(dataset, filled(2024, value)).broken == broken


@pytest.mark.parametrize(
    ("days", "closed", "value", "broken"),
    [(14, (), 0, {"emptied.n": 10}), (14, (), None, {}), (14, (7,), 0, {}), (13, (), 0, {})],
    ids=["noughts", "a day off", "noughts on Sundays", "a short history"],
)
def test_days_are_asked_for_noughts_after_two_weeks(
    bench: Bench, days: int, closed: tuple[int, ...], value: int | None, broken: dict[str, int]
) -> None:
    """Fails when a price list full of noughts is published; or when an office that is closed on Sundays waits for a person each week."""
    dataset = bench.dataset(
        {"n": COLUMNS["n"], "h": {"type": "date"}}, period={"column": "h", "grain": "hari"}, key=["id", "h"], write="replace_period"
    )

    def day(number: int, value: int | None) -> list[dict[str, Any]]:
        when = date(2025, 1, 1) + timedelta(days=number)
        return [{"id": f"m{place}", "n": value, "h": when, "_periode_mulai": when, "_periode_akhir": when} for place in range(10)]

    for number in range(days):
        for row in day(number, 0 if number in closed else 5):
            accepted(bench, dataset, **row)
    bench.history = History(last_counts=(10,), penerbit="")
    assert bench.judge(dataset, day(14, value)).broken == broken
