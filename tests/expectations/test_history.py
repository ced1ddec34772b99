"""Prevents a jump against the last accepted figure from passing unseen, and a comparison with a figure it should not know."""

from __future__ import annotations

from typing import Any

from contracts.dataset import Dataset
from expectations.judge import History
from tests.expectations.conftest import Bench
from warehouse import raw_tables

CHECK = [{"rule": "change_within", "column": "n", "percent": 50}]
PERIODIC = {"period": {"column": "p", "grain": "bulan"}, "key": ["id", "p"], "checks": CHECK}
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


def month(number: int) -> dict[str, Any]:
    last = {1: 31, 2: 28, 3: 31, 4: 30}[number]
    return {"p": f"2025-{number:02d}", "_periode_mulai": f"2025-{number:02d}-01", "_periode_akhir": f"2025-{number:02d}-{last}"}


def test_measures_by_the_period_before(bench: Bench) -> None:
    """Not by the same period, nor by an older one; a key without a figure before is not judged."""
    dataset = bench.dataset(COLUMNS, **PERIODIC)
    for key, number, figure in (("a", 2, 100), ("a", 3, 900), ("b", 1, 100), ("c", 2, 100), ("d", 2, 0)):
        accepted(bench, dataset, id=key, n=figure, **month(number))
    rows = [{"id": key, "n": figure} | month(3) for key, figure in (("a", 151), ("b", 900), ("c", 150), ("d", 1), ("e", 5))]
    judged = bench.judge(dataset, rows)
    assert judged.broken == {"change_within.n": 2}
    result = judged.result("change_within.n")
    assert (result.checked, result.severity, judged.verdict.state) == (3, "warn", "accepted")
    assert (
        result.message == "2 dari 3 baris, pertama baris 1: Kolom n berisi 151, sebelumnya 100; seharusnya berubah paling banyak 50 persen."
    )


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
