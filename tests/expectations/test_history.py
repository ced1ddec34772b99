"""Prevents a jump against the last accepted figure from passing unseen, and a comparison with a figure it should not know."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest

from contracts.dataset import Dataset
from expectations.judge import History
from expectations.rules.history import with_history
from expectations.rules.judged import Judged
from expectations.rules.of_contract import rules_of
from tests.expectations.conftest import Bench
from warehouse import raw_tables

CHECK = [{"rule": "change_within", "column": "n", "percent": 50}]
PERIODIC = {"period": {"column": "p", "grain": "bulan"}, "key": ["id", "p"], "checks": CHECK}
HELD = count(7001)
COLUMNS = {"n": {"type": "integer"}, "p": {"type": "period", "format": "YYYY-MM"}}


def accepted(bench: Bench, dataset: Dataset, penerbit: str = "", to_batch: int | None = None, **row: Any) -> None:
    """An accepted version in the raw table."""
    raw_tables.ensure(bench.conn, dataset)
    schema, table = dataset.raw_table.split(".")
    values = {"_penerbit": penerbit, "_from_batch": 1, "_to_batch": to_batch, "_row_hash": 0, "_fetched_at": "2025-01-01"} | row
    bench.conn.execute(
        f"""insert into {schema}."{table}" (_dataset_id, {", ".join(values)})
            select dataset_id, {", ".join(["%s"] * len(values))} from ops.dataset where dataset = %s""",
        [*values.values(), dataset.id],
    )


def held(bench: Bench, dataset: Dataset, accept_no: int) -> int:
    """A batch that waits for a person; its accept number."""
    bench.conn.execute(
        """insert into ops.batch (batch_id, dataset, content_sha256, contract_sha256, code_version, state, read, fetched, accepted, unchanged,
             quarantined, accept_no, fetched_at, judged_at) values (%s, %s, '', '', '', 'held', 1, 1, 1, 0, 0, %s, now(), now())""",
        [accept_no, dataset.id, accept_no],
    )
    return accept_no


def month(number: int) -> dict[str, Any]:
    last = {1: 31, 2: 28, 3: 31, 4: 30}[number]
    return {"p": f"2025-{number:02d}", "_periode_mulai": f"2025-{number:02d}-01", "_periode_akhir": f"2025-{number:02d}-{last}"}


def test_measures_by_the_period_before(bench: Bench) -> None:
    """Not by an older one; a key without a figure before is not judged."""
    dataset = bench.dataset(COLUMNS, **PERIODIC)
    for key, number, figure in (("a", 2, 100), ("a", 3, 900), ("b", 1, 100), ("c", 2, 100), ("d", 2, 0)):
        accepted(bench, dataset, id=key, n=figure, **month(number))
    rows = [{"id": key, "n": figure} | month(3) for key, figure in (("a", 151), ("b", 900), ("c", 150), ("d", 1), ("e", 5))]
    judged = bench.judge(dataset, rows)
    assert judged.broken == {"change_within.n": 2}
    result = judged.result("change_within.n")
    assert (result.checked, result.severity, judged.verdict.state) == (3, "warn", "accepted")
    assert (
        result.message == "2 dari 3 baris, pertama baris 1: Kolom n berisi 151, sebelumnya 100, angka yang terbit 900 menjadi 151; "
        "seharusnya berubah paling banyak 50 persen."
    )


def test_a_revision_is_measured_by_what_is_published(bench: Bench) -> None:
    """Also where no other period has a figure; not where the period before says that what is published was wrong."""
    dataset = bench.dataset(COLUMNS, **PERIODIC)
    for key, number, figure in (("a", 3, 900), ("b", 3, 900), ("c", 2, 100), ("c", 3, 140000), ("d", 2, 100), ("d", 3, 140)):
        accepted(bench, dataset, id=key, n=figure, **month(number))
    rows = [{"id": key, "n": figure} | month(3) for key, figure in (("a", 900000), ("b", 950), ("c", 140), ("d", 60))]
    result = bench.judge(dataset, rows).result("change_within.n")
    assert (result.failed, result.checked) == (2, 4)
    assert result.message == (
        "2 dari 4 baris, pertama baris 1: Kolom n berisi 900000, angka yang terbit 900 menjadi 900000; seharusnya berubah paling banyak 50 persen."
    )
    dataset = bench.dataset(COLUMNS, **PERIODIC | {"checks": [CHECK[0] | {"severity": "quarantine"}]})
    for number, figure in ((2, 100), (3, 140)):
        accepted(bench, dataset, id="d", n=figure, **month(number))
    assert bench.judge(dataset, [{"id": "d", "n": 60} | month(3)]).messages == {
        1: ["Kolom n berisi 60, sebelumnya 100, angka yang terbit 140 menjadi 60; seharusnya berubah paling banyak 50 persen."]
    }


def day(number: int) -> dict[str, Any]:
    return dict.fromkeys(("t", "_periode_mulai", "_periode_akhir"), date(2025, 5, 1) + timedelta(days=number))


def test_measures_a_day_by_the_newest_earlier_one(bench: Bench) -> None:
    """Prices of a weekly market; not by one of months ago, nor by a day that comes after."""
    columns = {"n": {"type": "integer"}, "t": {"type": "date", "format": "YYYY-MM-DD"}}
    dataset = bench.dataset(columns, period={"column": "t", "grain": "hari"}, key=["id", "t"], write="replace_period", checks=CHECK)
    for key, number, figure in (("a", 0, 900), ("a", 7, 100), ("a", 60, 900), ("b", 7, 100), ("c", -40, 100)):
        accepted(bench, dataset, id=key, n=figure, **day(number))
    rows = [
        {"id": key, "n": figure} | day(number)
        for key, figure, number in (("a", 151, 14), ("b", 150, 21), ("b", 400, 14), ("c", 900, 14), ("b", 900, 59))
    ]
    result = bench.judge(dataset, rows).result("change_within.n")
    assert (result.failed, result.checked) == (2, 3)
    assert "pertama baris 1: Kolom n berisi 151, sebelumnya 100;" in str(result.message)


PRICES = {"n": {"type": "integer"}, "t": {"type": "date", "format": "YYYY-MM-DD"}}
DAILY = {"period": {"column": "t", "grain": "hari"}, "key": ["id", "t"], "write": "replace_period", "checks": CHECK}


@pytest.mark.parametrize("history", [None, 100])
@pytest.mark.parametrize(
    ("figures", "told"),
    [
        ([100, 900, 905, 910], {2}),
        ([100, 900, 110, 105], {2}),
        ([100, 145, 60, 65], {3}),
        ([100, 140, 105, 70], set()),
        ([100, 100, 100, 900], {4}),
    ],
)
def test_days_of_one_batch_are_measured_by_each_other(bench: Bench, figures: list[int], told: set[int], history: int | None) -> None:
    """Fails when a jump between two days that come together is nobody's, or one jump is told twice: there and back, or day after day without history."""
    dataset = bench.dataset(PRICES, **DAILY)
    raw_tables.ensure(bench.conn, dataset)
    if history:
        accepted(bench, dataset, id="a", n=history, **day(0))
        told = told | ({3, 4} if figures[2] == 905 else set())
    judged = bench.judge(dataset, [{"id": "a", "n": figure} | day(1 + nth) for nth, figure in enumerate(figures)])
    result = judged.result("change_within.n")
    assert (result.failed, result.checked) == (len(told), 4 if history else 3)
    if told:
        before = figures[min(told) - 2]
        assert f"baris {min(told)}: Kolom n berisi {figures[min(told) - 1]}, sebelumnya {before};" in str(result.message)


def test_days_of_one_batch_with_published_ones_or_a_month_between_are_not_compared(bench: Bench) -> None:
    """Fails when a late batch of far days is told for what the market did meanwhile, or two rows of one day are held against each other."""
    dataset = bench.dataset(PRICES, **DAILY)
    accepted(bench, dataset, id="a", n=150, **day(10))
    rows = [("a", 100, 5), ("a", 210, 12), ("b", 100, 11), ("b", 900, 50), ("c", 100, 20), ("d", 900, 21), ("e", 1, 22), ("e", 9, 22)]
    result = bench.judge(dataset, [{"id": key, "n": figure} | day(number) for key, figure, number in rows]).result("change_within.n")
    assert (result.failed, result.checked) == (0, 1)


def test_months_of_one_batch_are_measured_by_history_alone(bench: Bench) -> None:
    """A year of months tells of seasons; fails when they are told as jumps of days are."""
    dataset = bench.dataset(COLUMNS, **PERIODIC)
    accepted(bench, dataset, id="a", n=100, **month(1))
    result = bench.judge(dataset, [{"id": "a", "n": 100} | month(2), {"id": "a", "n": 900} | month(3)]).result("change_within.n")
    assert (result.failed, result.checked) == (0, 1)


def test_measures_by_the_batch_before_where_there_is_no_period(bench: Bench) -> None:
    dataset = bench.dataset({"n": COLUMNS["n"]}, checks=CHECK)
    accepted(bench, dataset, id="a", n=100)
    accepted(bench, dataset, id="b", n=100, to_batch=2)
    judged = bench.judge(dataset, [{"id": "a", "n": 10}, {"id": "b", "n": 10}])
    assert judged.broken == {"change_within.n": 1}
    assert judged.result("change_within.n").checked == 1


def test_can_set_rows_aside(bench: Bench) -> None:
    dataset = bench.dataset({"n": COLUMNS["n"]}, checks=[CHECK[0] | {"severity": "quarantine", "where": {"id": "^[ab]$"}}])
    for key in "abc":
        accepted(bench, dataset, id=key, n=100)
    judged = bench.judge(dataset, [{"id": "a", "n": 10}, {"id": "b", "n": 100}, {"id": "c", "n": 10}])
    assert judged.aside == {1: ["change_within.n"]}
    assert judged.messages[1] == ["Kolom n berisi 10, sebelumnya 100; seharusnya berubah paling banyak 50 persen."]
    assert judged.result("change_within.n").checked == 2


def test_does_not_know_the_figures_of_others(bench: Bench) -> None:
    """Neither another publisher's nor another dataset's."""
    dataset, other = (bench.dataset({"n": COLUMNS["n"]}, checks=CHECK) for _ in range(2))
    accepted(bench, dataset, penerbit="35.71.01.1002", id="a", n=100)
    accepted(bench, other, id="a", n=100)
    bench.history = History(penerbit="35.71.01.1001")
    judged = bench.judge(dataset, [{"id": "a", "n": 1}])
    assert judged.broken == {}
    assert judged.result("change_within.n").outcome == "skipped"


@pytest.mark.parametrize("periodic", [True, False], ids=["period", "no period"])
def test_a_held_batch_is_no_history(bench: Bench, periodic: bool) -> None:
    """Else the jump that a person has still to decide about would pass when it is sent again, and what is right would be told as a jump."""
    dataset = bench.dataset(COLUMNS, **PERIODIC) if periodic else bench.dataset({"n": COLUMNS["n"]}, checks=CHECK)
    number, before, now = held(bench, dataset, next(HELD)), month(2) if periodic else {}, month(3) if periodic else {}
    accepted(bench, dataset, id="a", n=100, _to_batch=number, **before)
    accepted(bench, dataset, id="b", n=100, _to_batch=number, **before)
    for key in "abc":
        accepted(bench, dataset, id=key, n=900, _from_batch=number, **before)
    judged = bench.judge(dataset, [{"id": "a", "n": 900} | now, {"id": "b", "n": 101} | now, {"id": "c", "n": 1} | now])
    result = judged.result("change_within.n")
    assert (judged.broken, result.checked) == ({"change_within.n": 1}, 2), "c stands in the held batch alone: it has no history"
    assert "pertama baris 1: Kolom n berisi 900, sebelumnya 100;" in str(result.message)


def test_the_last_word_counts_where_a_held_batch_lies_between_two(bench: Bench) -> None:
    """Both versions are trusted; measured by both, one row would be counted twice and the batch fail as not computable."""
    dataset = bench.dataset({"n": COLUMNS["n"]}, checks=CHECK)
    number = held(bench, dataset, next(HELD))
    accepted(bench, dataset, id="a", n=1, _to_batch=number)
    accepted(bench, dataset, id="a", n=900, _from_batch=number, _to_batch=number + 1)
    accepted(bench, dataset, id="a", n=100, _from_batch=number + 1)
    assert bench.judge(dataset, [{"id": "a", "n": 120}]).broken == {}
    again = bench.judge(dataset, [{"id": "a", "n": 200}]).result("change_within.n")
    assert (again.failed, again.checked, again.outcome) == (1, 1, "fail")
    assert "berisi 200, sebelumnya 100;" in str(again.message)


@pytest.mark.parametrize("is_held", [False, True], ids=["nothing held", "one held"])
@pytest.mark.parametrize("periodic", [True, False], ids=["period", "no period"])
def test_a_long_history_is_not_read(bench: Bench, periodic: bool, is_held: bool) -> None:
    """A thousand earlier batches: of what they brought the rule reads what is measured by, and no version that was over long ago."""
    dataset = bench.dataset(COLUMNS, **PERIODIC) if periodic else bench.dataset({"n": COLUMNS["n"]}, checks=CHECK)
    accepted(bench, dataset, id="k1", n=1, **(month(1) if periodic else {}))
    table = '{}."{}"'.format(*dataset.raw_table.split("."))
    first = "date '1930-01-01' + make_interval(months => batch)"
    more, values = (", _periode_mulai, _periode_akhir", f", {first}, {first} + interval '1 month - 1 day'") if periodic else ("", "")
    bench.conn.execute(
        f"""insert into {table} (_dataset_id, _penerbit, _from_batch, _to_batch, _row_hash, _fetched_at, id, n {more})
            select _dataset_id, '', batch, {"null" if periodic else "nullif(batch + 1, 1001)"}, 0, _fetched_at, 'k' || k, 100 {values}
            from {table}, generate_series(1, 1000) batch, generate_series(1, 50) k"""
    )
    bench.conn.execute(f"analyze {table}")
    if is_held:
        held(bench, dataset, next(HELD))
    june = {"p": "2013-06", "_periode_mulai": "2013-06-01", "_periode_akhir": "2013-06-30"} if periodic else {}
    staged = bench.stage(dataset, [{"n": 100} | june] * 50)
    bench.conn.execute(f"analyze {staged}")
    judged = with_history(bench.conn, Judged(dataset, staged, bench.run_date, bench.history))
    (rule,) = (rule for rule in rules_of(judged) if rule.rule == "change_within")
    plan = "\n".join(row[0] for row in bench.conn.execute(f"explain (analyze, costs off) {rule.expectation.kwargs['query']}").fetchall())
    read = sum(round(float(rows) * int(loops)) for rows, loops in re.findall(r"on \w+ r(?:_\d)? .*?rows=([\d.]+) loops=(\d+)", plan))
    gone = sum(map(int, re.findall(r"Rows Removed by (?:Filter|Index Recheck): (\d+)", plan)))
    assert read + gone < 500, plan
