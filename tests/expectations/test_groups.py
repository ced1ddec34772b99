"""Prevents regions from vanishing out of a file that carries its whole history, because it names them in another period."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from expectations.judge import History
from tests.expectations.conftest import Bench
from tests.expectations.test_guards import COLUMNS, known, year
from tests.expectations.test_history import HELD, accepted, held


def years(*numbers: int, regions: int | list[int] = 10) -> list[list[dict[str, Any]]]:
    return [year(regions, number, kinds="L") for number in numbers]


def whole(*parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A file that carries its whole history."""
    return [row for part in parts for row in part]


SIX, HALF = [0, 1, 2, 3, 4, 5], [0, 1, 2, 3, 4]


@pytest.mark.parametrize("write", ["replace_period", "snapshot"])
@pytest.mark.parametrize(
    ("rows", "gone", "said"),
    [
        (
            years(2021, 2022, 2023, regions=SIX),
            4,
            "4 dari 10 id tidak ada di periode 2023 (ada yang hilang juga di 1 periode lain): r6, r7, r8, r9;",
        ),
        (
            [*years(2021), *years(2022, 2023, regions=HALF)],
            5,
            "5 dari 10 id tidak ada di periode 2023 (ada yang hilang juga di 1 periode lain)",
        ),
        ([*years(2021), *years(2022, regions=SIX), *years(2023)], 4, "4 dari 10 id tidak ada di periode 2022: r6, r7, r8, r9;"),
        ([*years(2021, 2022, 2023), *years(2024, regions=[0, 1, 2, 3, 4, 5, 6, 7, 8])], 1, "1 dari 10 id tidak ada di periode 2024: r9;"),
        ([*years(2021, 2022, 2023), *years(2024, 2025, regions=HALF)], 5, "5 dari 10 id tidak ada di periode 2025:"),
    ],
    ids=["all years", "the last two", "an older one", "a new one", "two new ones"],
)
def test_a_file_of_all_years_is_asked_year_by_year(bench: Bench, write: str, rows: list[Any], gone: int, said: str) -> None:
    """Fails when regions vanish from a file because it names them in another year, or because no year lies before its first."""
    dataset = known(bench, *years(2020, 2021, 2022, 2023), write=write)
    judged = bench.judge(dataset, whole(*years(2020), *rows))
    assert judged.broken == {"volume.id": gone}
    assert (judged.verdict.state, judged.verdict.closes) == ("held", False)
    assert said in judged.verdict.message


@pytest.mark.parametrize(
    "rows",
    [
        years(2021, 2022, 2023),
        years(2021, 2022, 2023, 2024),
        [*years(2021, 2022, 2023), *years(2024, regions=[7])],
        [*years(2021, 2022, 2023), *years(2024, regions=SIX), *years(2025)],
        [*years(2021, 2022, 2023), *years(2024, 2025, regions=11)],
    ],
    ids=["as ever", "a new one", "one that has begun", "one whose rest came later", "one more region"],
)
def test_a_file_of_all_years_that_grows_is_let_in(bench: Bench, rows: list[Any]) -> None:
    """Fails when a person has to approve a sheet that has just begun."""
    assert bench.judge(known(bench, *years(2020, 2021, 2022, 2023)), whole(*years(2020), *rows)).broken == {}


def test_what_a_person_let_go_is_not_asked_for_again(bench: Bench) -> None:
    dataset = known(bench, *years(2020, 2021, 2022), *years(2023, regions=SIX))
    rows = whole(*years(2020, 2021, 2022), *years(2023, regions=SIX))
    assert bench.judge(dataset, rows).broken == {}
    assert bench.judge(dataset, whole(*years(2023, regions=HALF))).broken == {"volume.id": 1}


def test_a_year_that_waits_for_a_person_is_no_rule(bench: Bench) -> None:
    """Fails when a region may vanish because a held batch before this one has none of its rows trusted."""
    dataset = known(bench, *years(2021, 2022, 2023))
    number = held(bench, dataset, next(HELD))
    for row in whole(*years(2024, regions=SIX)):
        accepted(bench, dataset, **row, _from_batch=number)
    assert bench.judge(dataset, whole(*years(2025, regions=SIX))).broken == {"volume.id": 4}


def test_a_market_has_its_days_off(bench: Bench) -> None:
    """Fails when a day without one market holds the prices of the week; or when a market is gone for a month unseen, because of the months before."""
    dataset = bench.dataset(
        {"n": COLUMNS["n"], "h": {"type": "date"}}, period={"column": "h", "grain": "hari"}, key=["id", "h"], write="replace_period"
    )

    def prices(markets: range, first: int, last: int) -> list[dict[str, Any]]:
        days = [date(2023, 1, 1) + timedelta(days=number) for number in range(first, last)]
        return [{"id": f"m{market}", "n": 5, "h": day, "_periode_mulai": day, "_periode_akhir": day} for day in days for market in markets]

    for row in prices(range(6), 0, 60):
        accepted(bench, dataset, **row)
    bench.history = History(last_counts=(6,), penerbit="")
    assert bench.judge(dataset, [*prices(range(6), 50, 62), *prices(range(5), 62, 64)]).broken == {}
    judged = bench.judge(dataset, [*prices(range(6), 20, 29), *prices(range(5), 29, 60)])
    assert judged.broken == {"volume.id": 1}


@pytest.mark.parametrize(("new", "gone"), [([0, 1, 7], 1), ([7, 8, 9], 3), ([0, 1], 0), ([0, 1, 2, 7], 0)])
def test_a_class_under_another_name_is_held_after_two_periods(bench: Bench, new: list[int], gone: int) -> None:
    """Fails when SD is counted as SD/MI from this year on and both series are published, one cut off and one begun; too few for a rule of their own."""
    dataset = known(bench, *years(2022, 2023, regions=3))
    judged = bench.judge(dataset, whole(*years(2022, 2023, regions=3), *years(2024, regions=new)))
    assert judged.broken == ({"volume.id": gone} if gone else {})
    assert not gone or f"(yang baru di sana: {', '.join(f'r{name}' for name in new if name > 2)})" in judged.verdict.message
