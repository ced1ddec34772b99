"""Prevents a figure far from all that its key ever showed from passing unseen, and a lively or a steady series from being accused."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.dataset import Dataset
from expectations.judge import History
from tests.expectations.conftest import Bench
from tests.expectations.test_history import accepted

CHECK: list[dict[str, Any]] = [{"rule": "outlier", "column": "n"}]
COLUMNS: dict[str, Any] = {"n": {"type": "decimal"}, "p": {"type": "period", "format": "YYYY"}}
YEARLY = {"period": {"column": "p", "grain": "tahun"}, "key": ["id", "p"]}
LIVELY = [100, 130, 90, 110, 120, 80, 105, 95, 125]
"""A usual step is of a fifth, up or down; six of them are a factor of about five."""


def year(number: int) -> dict[str, Any]:
    return {"p": str(number), "_periode_mulai": f"{number}-01-01", "_periode_akhir": f"{number}-12-31"}


def history(bench: Bench, dataset: Dataset, key: str, figures: list[Any], last: int = 2023, **more: Any) -> None:
    for back, figure in enumerate(reversed(figures)):
        accepted(bench, dataset, id=key, n=figure, **year(last - back), **more)


def test_a_figure_far_from_the_history_of_its_key(bench: Bench) -> None:
    dataset = bench.dataset(COLUMNS, **YEARLY, checks=CHECK)
    history(bench, dataset, "lively", LIVELY)
    history(bench, dataset, "wild", [*LIVELY, 10, 900])
    history(bench, dataset, "steady", [13000] * 9)
    history(bench, dataset, "short", LIVELY[:7])
    history(bench, dataset, "zero", [0] * 9)
    rows = [
        ("lively", 1_050), ("lively", 240), ("wild", 100_000), ("wild", 100), ("steady", 27_000), ("steady", 24_000), ("steady", 6_000),
        ("short", 100_000), ("zero", 5), ("new", 1), ("lively", None), ("lively", -40),
    ]  # fmt: skip
    for number, (key, figure) in enumerate(rows):
        judged = bench.judge(dataset, [{"id": key, "n": figure, **year(2024)}])
        is_off = number in (0, 2, 4, 6, 11)
        assert judged.broken == ({"outlier.n": 1} if is_off else {}), (key, figure)
        assert judged.verdict.state == "accepted", "a warning"
        assert judged.result("outlier.n").outcome == (
            "fail" if is_off else "skipped" if key in ("short", "zero", "new") or figure is None else "pass"
        )


def test_says_what_it_is_measured_by(bench: Bench) -> None:
    dataset = bench.dataset(COLUMNS, **YEARLY, checks=[CHECK[0] | {"z": 3, "severity": "quarantine", "where": {"id": "a|c"}}])
    for key in "abc":
        history(bench, dataset, key, [13000] * 9)
    judged = bench.judge(dataset, [{"id": key, "n": figure, **year(2024)} for key, figure in (("a", 19_000), ("b", 19_000), ("c", 17_000))])
    assert judged.aside == {1: ["outlier.n"]}
    assert judged.messages[1] == ["Kolom n berisi 19000, biasanya 13000; seharusnya dalam 3 simpangan dari riwayatnya."]
    assert judged.result("outlier.n").checked == 2


def test_looks_only_at_what_is_its_own(bench: Bench) -> None:
    """Not at the period itself, at ended versions, at another publisher's or another dataset's."""
    dataset, other = (bench.dataset(COLUMNS, **YEARLY, checks=CHECK) for _ in range(2))
    history(bench, dataset, "a", LIVELY[:7])
    history(bench, dataset, "a", [1], last=2024)
    history(bench, dataset, "a", LIVELY, to_batch=2)
    history(bench, dataset, "a", LIVELY, penerbit="35.71.01.1002")
    history(bench, other, "a", LIVELY)
    judged = bench.judge(dataset, [{"id": "a", "n": 9_000, **year(2024)}])
    assert judged.result("outlier.n").outcome == "skipped"
    assert judged.broken == {}


SEASON = [10, 10, 11, 12, 14, 19, 30, 55, 90, 92, 91, 88]
"""Chillies before a feast: no step is wrong, though the last is nine times the first."""


@pytest.mark.parametrize(
    ("figures", "off"),
    [
        (SEASON[8:], []),
        ([90, 920, 91, 88], [2]),
        ([90, 920, 930, 925, 91, 88, 90], [2, 3, 4]),
        ([9, 91, 93, 88], [1]),
        ([300, 310, 305, 312], []),
    ],
    ids=["a season", "a zero too many", "three days long", "on the first day", "a new level that stays"],
)
def test_an_error_leaves_its_neighbours_and_comes_back(bench: Bench, figures: list[int], off: list[int]) -> None:
    """Neighbours stand in the batch, too; those found off are nobody's neighbours."""
    dataset = bench.dataset(COLUMNS, **YEARLY, checks=[CHECK[0] | {"severity": "quarantine"}])
    history(bench, dataset, "cabai", SEASON[:8] if figures == SEASON[8:] else [80, 84, 90, 86, 88, 91, 95, 90, 89], last=2015)
    judged = bench.judge(dataset, [{"id": "cabai", "n": figure, **year(2016 + number)} for number, figure in enumerate(figures)])
    assert sorted(judged.aside) == off


def test_a_late_figure_is_measured_by_those_after_it(bench: Bench) -> None:
    dataset = bench.dataset(COLUMNS, **YEARLY, checks=[CHECK[0] | {"severity": "quarantine"}])
    history(bench, dataset, "a", [100] * 9, last=2015)
    history(bench, dataset, "a", [400] * 5, last=2021)
    judged = bench.judge(dataset, [{"id": "a", "n": figure, **year(2016)} for figure in (400,)])
    assert judged.aside == {}
    assert set(bench.judge(dataset, [{"id": "a", "n": 40_000, **year(2016)}]).aside) == {1}


def test_a_short_history_is_measured_by_what_the_others_did(bench: Bench) -> None:
    """One year is known of eight regions: seven grew a little, one tenfold; where each went its own way nobody is accused."""
    dataset = bench.dataset(COLUMNS, **YEARLY, checks=[CHECK[0] | {"severity": "quarantine"}])
    for number in range(9):
        history(bench, dataset, f"k{number}", [1_000 + 100 * number])
    grown = [{"id": f"k{number}", "n": round((1_000 + 100 * number) * (10 if number == 4 else 1.02)), **year(2024)} for number in range(9)]
    judged = bench.judge(dataset, grown)
    assert (judged.aside, judged.result("outlier.n").checked) == ({5: ["outlier.n"]}, 9)
    assert judged.messages[5] == ["Kolom n berisi 14000, biasanya 1400; seharusnya dalam 6 simpangan dari riwayatnya."]
    assert bench.judge(dataset, grown[:7]).result("outlier.n").outcome == "skipped"
    apart = [{"id": f"k{number}", "n": (1_000 + 100 * number) * 2 ** (number % 5), **year(2024)} for number in range(9)]
    assert bench.judge(dataset, apart).aside == {}


def test_a_far_past_is_past(bench: Bench) -> None:
    """Forty periods are looked at: what was usual two generations ago excuses nothing, and a long history costs no more than a short one."""
    dataset = bench.dataset(COLUMNS, **YEARLY, checks=CHECK)
    history(bench, dataset, "a", [1_000_000] * 100 + [100] * 40)
    assert bench.judge(dataset, [{"id": "a", "n": 1_000_000, **year(2024)}]).broken == {"outlier.n": 1}


@pytest.mark.parametrize(("figure", "broken"), [(9_000, {"outlier.n": 1}), (110, {})])
def test_without_periods_the_history_is_that_of_the_versions(bench: Bench, figure: int, broken: dict[str, int]) -> None:
    dataset = bench.dataset({"n": COLUMNS["n"]}, checks=CHECK)
    bench.history = History(penerbit="")
    for number, value in enumerate(LIVELY, start=1):
        accept_no = 100_000 + 100 * int(dataset.id.rpartition("d")[2]) + number
        bench.conn.execute(
            """insert into ops.batch (batch_id, dataset, content_sha256, contract_sha256, code_version, state, read, fetched, accepted, unchanged,
                 quarantined, accept_no, fetched_at, judged_at) values (%s, %s, '', '', '', 'accepted', 1, 1, 1, 0, 0, %s, now(), now())""",
            [accept_no, dataset.id, accept_no],
        )
        accepted(bench, dataset, id="a", n=value, _from_batch=accept_no, to_batch=None if number == len(LIVELY) else accept_no + 1)
    assert bench.judge(dataset, [{"id": "a", "n": figure}]).broken == broken
