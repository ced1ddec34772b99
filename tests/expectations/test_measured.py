"""Prevents figures a thousandth of what they were, in another unit, copied from another period, or against another dataset, from passing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.expectations.conftest import Bench
from tests.expectations.test_history import accepted, held
from warehouse import raw_tables

YEARLY = {"period": {"column": "p", "grain": "tahun"}, "key": ["id", "p"], "write": "replace_period"}
COLUMNS: dict[str, Any] = {"n": {"type": "integer"}, "p": {"type": "period", "format": "YYYY"}}
NUMBER = {"scale_lost": 991, "unit_shift": 992, "refiled": 993}
FIGURES = {"a": 29324, "b": 48210, "c": 7345, "d": 15990, "e": 33107, "f": 21876, "g": 1210, "h": 640}


def year(number: int) -> dict[str, Any]:
    return {"p": str(number), "_periode_mulai": f"{number}-01-01", "_periode_akhir": f"{number}-12-31"}


def grown(figures: dict[str, int], factor: float) -> dict[str, int]:
    return {key: round(figure * factor) for key, figure in figures.items()}


def rows(figures: dict[str, Any], number: int) -> list[dict[str, Any]]:
    return [{"id": key, "n": figure} | year(number) for key, figure in figures.items()]


def file(bench: Bench, dataset: Any, figures: dict[str, Any], number: int, **more: Any) -> None:
    for key, figure in figures.items():
        accepted(bench, dataset, id=key, n=figure, **year(number), **more)


def checked(bench: Bench, rule: str, **more: Any) -> Any:
    return bench.dataset(COLUMNS, **YEARLY, checks=[{"rule": rule, "column": "n"} | more])


@pytest.mark.parametrize("lost", [lambda n: n // 1000, lambda n: round(n / 1000)], ids=["floor", "round"])
def test_sets_aside_the_row_that_lost_its_thousands(bench: Bench, lost: Any) -> None:
    dataset = checked(bench, "scale_lost")
    file(bench, dataset, FIGURES, 2023)
    judged = bench.judge(dataset, rows(grown(FIGURES, 1.02) | {"b": lost(48210)}, 2024))
    assert judged.broken == {"scale_lost.n": 1}
    assert judged.aside == {2: ["scale_lost.n"]}
    assert judged.messages[2] == ["Kolom n berisi 48, biasanya 48210; seharusnya sebesar itu, bukan seperseribunya (angka ribuan hilang?)."]
    assert judged.verdict.state == "accepted"


def test_holds_a_batch_that_lost_its_thousands_in_most_rows(bench: Bench) -> None:
    """And sets none of them aside: a person sees the batch whole."""
    dataset = checked(bench, "scale_lost")
    for number in (2021, 2022, 2023):
        file(bench, dataset, grown(FIGURES, 1 + (number - 2020) / 50), number)
    judged = bench.judge(dataset, rows({key: n // 1000 for key, n in FIGURES.items()}, 2023))
    assert judged.broken == {"scale_lost.n.sebagian_besar": 7}, "640 is shown as 0: nothing is known of it"
    assert judged.aside == {}
    assert judged.verdict.state == "held"


@pytest.mark.parametrize("rule", ["scale_lost", "unit_shift", "refiled"])
def test_lets_figures_through_that_grow_shrink_or_vanish(bench: Bench, rule: str) -> None:
    dataset = checked(bench, rule)
    file(bench, dataset, FIGURES, 2023)
    new = grown(FIGURES, 1.3) | {"a": 15000, "b": 90000, "c": 0}
    assert bench.judge(dataset, rows(new, 2024)).broken == {}


@pytest.mark.parametrize("rule", ["scale_lost", "unit_shift", "refiled"])
def test_says_that_there_is_no_history(bench: Bench, rule: str) -> None:
    judged = bench.judge(checked(bench, rule), rows(FIGURES, 2024))
    result = judged.result(f"{rule}.n")
    assert (result.outcome, judged.broken) == ("skipped", {})
    assert result.message == "Belum ada angka yang dapat dibandingkan."


@pytest.mark.parametrize("rule", ["scale_lost", "unit_shift", "refiled"])
def test_a_held_batch_is_no_history(bench: Bench, rule: str) -> None:
    """Else the same fault, sent again, would find its like and pass."""
    dataset = checked(bench, rule)
    wrong = FIGURES if rule == "refiled" else {key: n // 1000 for key, n in FIGURES.items()}
    file(bench, dataset, FIGURES, 2023, **({} if rule == "refiled" else {"_to_batch": NUMBER[rule]}))
    number = NUMBER[rule]
    for key, n in wrong.items():
        accepted(bench, dataset, id=key, n=n, **year(2022 if rule == "refiled" else 2023), **{"_from_batch": number})
    held(bench, dataset, number)
    judged = bench.judge(dataset, rows(wrong, 2022 if rule == "refiled" else 2023))
    assert judged.verdict.state == "held"
    assert all(rule in broken for broken in judged.broken)


def test_holds_a_revision_in_another_unit(bench: Bench) -> None:
    """The same year again, where no other has figures."""
    dataset = checked(bench, "unit_shift")
    file(bench, dataset, FIGURES, 2023)
    assert bench.judge(dataset, rows(grown(FIGURES, 1000), 2023)).broken == {"unit_shift.n": 8}


@pytest.mark.parametrize("factor", [1000, 12, 0.001, 100])
def test_holds_figures_in_another_unit(bench: Bench, factor: float) -> None:
    dataset = checked(bench, "unit_shift")
    file(bench, dataset, {key: n * 1000 for key, n in FIGURES.items()}, 2023)
    judged = bench.judge(dataset, rows({key: round(n * 1000 * factor * (1 + k / 100)) for k, (key, n) in enumerate(FIGURES.items())}, 2024))
    assert judged.broken == {"unit_shift.n": 8}
    assert (judged.verdict.state, judged.aside) == ("held", {})


def test_holds_a_part_of_the_figures_in_another_unit(bench: Bench) -> None:
    dataset = checked(bench, "unit_shift")
    file(bench, dataset, FIGURES, 2023)
    judged = bench.judge(dataset, rows(FIGURES | {key: FIGURES[key] * 1000 for key in "def"}, 2024))
    assert judged.broken == {"unit_shift.n": 3}
    assert "pertama baris 4: Kolom n berisi 15990000, biasanya 15990; seharusnya dalam satuan yang sama." in judged.verdict.message


def test_does_not_speak_of_units_by_a_few_figures(bench: Bench) -> None:
    dataset = checked(bench, "unit_shift")
    few = {key: FIGURES[key] for key in "abcd"}
    file(bench, dataset, few, 2023)
    assert bench.judge(dataset, rows({key: n * 1000 for key, n in few.items()}, 2024)).broken == {}


@pytest.mark.parametrize("number", [2022, 2024])
def test_holds_the_same_figures_under_another_year(bench: Bench, number: int) -> None:
    """Filed again as the next year, or as the one before (Dinsos Bandar Lampung: the sheet of 2023 as 2022)."""
    dataset = checked(bench, "refiled")
    file(bench, dataset, FIGURES, 2023)
    file(bench, dataset, grown(FIGURES, 0.9), 2021)
    judged = bench.judge(dataset, rows(FIGURES, number))
    assert judged.broken == {"refiled.n": 8}
    assert judged.verdict.state == "held"
    assert "Kolom n berisi 29324, sama dengan periode 2023; seharusnya angka periode ini sendiri" in judged.verdict.message


def test_finds_a_copy_within_one_batch(bench: Bench) -> None:
    dataset = checked(bench, "refiled")
    raw_tables.ensure(bench.conn, dataset)
    judged = bench.judge(dataset, rows(FIGURES, 2023) + rows(FIGURES, 2024))
    assert judged.broken == {"refiled.n": 16}


def test_what_stays_the_same_in_any_case_is_no_copy(bench: Bench) -> None:
    """Prices of quiet days."""
    dataset = checked(bench, "refiled")
    for number in (2021, 2022, 2023):
        file(bench, dataset, FIGURES, number)
    assert bench.judge(dataset, rows(FIGURES, 2024)).broken == {}


DAILY = {"period": {"column": "t", "grain": "hari"}, "key": ["id", "t"], "write": "replace_period"}
DAY = {"n": {"type": "integer"}, "t": {"type": "date", "format": "YYYY-MM-DD"}}


def day(number: int) -> dict[str, Any]:
    return dict.fromkeys(("t", "_periode_mulai", "_periode_akhir"), date(2025, 5, 1) + timedelta(days=number))


@pytest.mark.parametrize("keys", [8, 1], ids=["eight markets", "one market"])
def test_holds_last_weeks_prices_under_the_days_of_this_week(bench: Bench, keys: int) -> None:
    """Two of three prices stand as they stood the day before, so that today's are yesterday's is no news; that a whole week comes back is."""
    prices = {(key, number): 100 + (number * 7 + key * 13) // 3 * 3 % 90 for key in range(keys) for number in range(28)}
    dataset = bench.dataset(DAY, **DAILY, checks=[{"rule": "refiled", "column": "n"}])
    for (key, number), price in prices.items():
        if number < 21:
            accepted(bench, dataset, id=f"m{key}", n=price, **day(number))
    week = [{"id": f"m{key}", "n": prices[key, number - 7], **day(number)} for key in range(keys) for number in range(21, 28)]
    judged = bench.judge(dataset, week)
    assert judged.broken == {"refiled.n": 7 * keys}
    assert judged.verdict.state == "held"
    assert bench.judge(dataset, [row | {"n": prices[int(row["id"][1:]), (row["t"] - date(2025, 5, 1)).days]} for row in week]).broken == {}


MARKETS = [f"m{key}" for key in range(10)]


def weekly(first: int, seed: int, weeks: int = 4) -> list[dict[str, Any]]:
    """Prices of markets that are visited once a week, each time others."""
    return [
        {"id": id, "n": 1000 + (seed + week * 37 + key * 91) % 400, **day(first + 7 * week)}
        for week in range(weeks)
        for key, id in enumerate(MARKETS)
    ]


@pytest.mark.parametrize("was_there", [False, True], ids=["new days", "days filed before"])
def test_holds_last_months_prices_under_the_days_of_this_month(bench: Bench, was_there: bool) -> None:
    """The whole batch is the copy, and nothing older tells what is usual: that its weeks are all alike at this distance is the copy itself."""
    dataset = bench.dataset(DAY, **DAILY, checks=[{"rule": "refiled", "column": "n"}])
    for row in [*weekly(0, 0), *(weekly(28, 201) if was_there else [])]:
        accepted(bench, dataset, **row)
    judged = bench.judge(dataset, weekly(28, 0))
    assert (judged.verdict.state, judged.broken) == ("held", {"refiled.n": 40})
    assert bench.judge(dataset, weekly(28, 133)).broken == {}


def test_a_market_that_opens_once_a_week_may_keep_its_prices(bench: Bench) -> None:
    """Each key has one day of the week, so that only the same day of the week before can be compared; it says nothing of how prices move."""
    dataset = bench.dataset(DAY, **DAILY, checks=[{"rule": "refiled", "column": "n"}])
    week = [{"id": f"m{key}-{number}", "n": 100 + number * 3 + key, "number": number} for number in range(7) for key in range(3)]
    for row in week:
        accepted(bench, dataset, id=row["id"], n=row["n"], **day(row["number"]))
    assert bench.judge(dataset, [{"id": row["id"], "n": row["n"], **day(row["number"] + 7)} for row in week]).broken == {}


def test_a_quiet_day_among_seven_is_no_copy(bench: Bench) -> None:
    dataset = bench.dataset(DAY, **DAILY, checks=[{"rule": "refiled", "column": "n"}])
    for number in range(10):
        for key in range(8):
            accepted(bench, dataset, id=f"m{key}", n=100 + number * 3 + key, **day(number))
    week = [{"id": f"m{key}", "n": 100 + min(number, 15) * 3 + key, **day(number)} for key in range(8) for number in range(10, 17)]
    assert bench.judge(dataset, week).broken == {}


def test_what_was_accepted_is_no_news(bench: Bench) -> None:
    """A copy that a person has let through is not found again every day."""
    dataset = checked(bench, "refiled")
    file(bench, dataset, FIGURES, 2023)
    file(bench, dataset, FIGURES, 2024)
    file(bench, dataset, grown(FIGURES, 0.8), 2022)
    assert bench.judge(dataset, rows(FIGURES, 2024)).broken == {}


def test_measures_by_a_column_of_the_same_row(bench: Bench) -> None:
    columns = COLUMNS | {"lalu": {"type": "integer"}}
    dataset = bench.dataset(columns, **YEARLY, checks=[{"rule": "scale_lost", "column": "n", "against": "lalu"}])
    given = [row | {"lalu": FIGURES[row["id"]] * 3} for row in rows(FIGURES | {"e": 33}, 2024)]
    judged = bench.judge(dataset, given)
    assert judged.aside == {5: ["scale_lost.n"]}
    assert judged.broken == {"scale_lost.n": 1}
    assert judged.messages[5][0].startswith("Kolom n berisi 33, padahal lalu berisi 99321;")


def test_finds_last_years_column_copied_into_this_years(bench: Bench) -> None:
    dataset = bench.dataset(
        COLUMNS | {"lalu": {"type": "integer"}}, **YEARLY, checks=[{"rule": "refiled", "column": "n", "against": "lalu"}]
    )
    judged = bench.judge(dataset, [row | {"lalu": row["n"]} for row in rows(FIGURES, 2024)])
    assert judged.broken == {"refiled.n": 8}
    judged = bench.judge(dataset, [row | {"lalu": row["n"] + 1} for row in rows(FIGURES, 2024)])
    assert judged.broken == {}
