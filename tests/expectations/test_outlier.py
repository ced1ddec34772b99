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
"""Median 105, median deviation 15: six deviations are 133."""


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
        ("lively", 240), ("lively", 230), ("wild", 100_000), ("wild", 100), ("steady", 17_000), ("steady", 16_800), ("steady", 9_000),
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
        history(bench, dataset, key, LIVELY)
    judged = bench.judge(dataset, [{"id": key, "n": figure, **year(2024)} for key, figure in (("a", 190), ("b", 190), ("c", 170))])
    assert judged.aside == {1: ["outlier.n"]}
    assert judged.messages[1] == ["Kolom n berisi 190, biasanya 105; seharusnya dalam 3 simpangan dari riwayatnya."]
    assert judged.result("outlier.n").checked == 2


def test_looks_only_at_earlier_periods_of_its_own(bench: Bench) -> None:
    """Not at the period itself, at later ones, at ended versions, at another publisher's or another dataset's."""
    dataset, other = (bench.dataset(COLUMNS, **YEARLY, checks=CHECK) for _ in range(2))
    history(bench, dataset, "a", LIVELY[:7])
    history(bench, dataset, "a", [1, 2, 3], last=2026)
    history(bench, dataset, "a", LIVELY, to_batch=2)
    history(bench, dataset, "a", LIVELY, penerbit="35.71.01.1002")
    history(bench, other, "a", LIVELY)
    judged = bench.judge(dataset, [{"id": "a", "n": 9_000, **year(2024)}])
    assert judged.result("outlier.n").outcome == "skipped"
    assert judged.broken == {}


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
