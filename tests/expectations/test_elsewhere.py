"""Prevents the file of another kecamatan, at this one's address, from being told as its own."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.dataset import Dataset
from expectations.judge import History
from tests.expectations.conftest import Bench
from tests.expectations.test_codes import regions
from tests.expectations.test_history import accepted

HERE, THERE = "61.05.01", "61.05.02"
DESA = [f"{kecamatan}.200{nth}" for kecamatan in (HERE, THERE) for nth in (1, 2, 3)]
OWN, OTHER = DESA[:3], DESA[3:]
RULE = "code.k.penerbit_lain"


def year(codes: list[str], number: int) -> list[dict[str, Any]]:
    period = {"p": str(number), "_periode_mulai": f"{number}-01-01", "_periode_akhir": f"{number}-12-31"}
    return [{"id": code, "k": code, "n": 1, **period} for code in codes]


def reported(
    bench: Bench, *before: list[dict[str, Any]], penerbit: str = HERE, more: dict[str, Any] | None = None, **contract: Any
) -> Dataset:
    """A dataset that each kecamatan publishes, of which these rows of one stand."""
    regions(bench)
    for code in DESA:
        bench.conn.execute(
            """insert into ops.reference_item (reference, code, name, level, parent) values ('wilayah', %s, %s, 'desa_kelurahan', %s)
               on conflict do nothing""",
            [code, f"Desa {code}", code[:8]],
        )
    columns = {"k": {"type": "wilayah", "level": "desa_kelurahan"}, "n": {"type": "integer"}, "p": {"type": "period", "format": "YYYY"}}
    asked = {"for_each": [HERE, THERE, "61.05", "dinas"], "source": {"kind": "file", "url": "x/{penerbit}.csv"}}
    period = {"period": {"column": "p", "grain": "tahun"}, "key": ["k", "p"], "write": "replace_period"}
    dataset = bench.dataset(columns | (more or {}), **asked | period | contract)
    for row in (row for rows in before for row in rows):
        accepted(bench, dataset, penerbit, **row)
    bench.history = History(last_counts=(3,) if before else (), penerbit=penerbit)
    return dataset


@pytest.mark.parametrize(
    ("before", "codes", "outside"),
    [([year(OWN, 2023)], OTHER, 3), ([year(OWN, 2023)], [*OWN, OTHER[0]], 1), ([], OTHER, 3), ([year([*OWN, OTHER[0]], 2023)], OTHER, 3)],
    ids=["another's file", "rows of another", "a first file", "where one was reported before"],
)
def test_holds_rows_of_another_region(bench: Bench, before: list[Any], codes: list[str], outside: int) -> None:
    judged = bench.judge(reported(bench, *before), year(codes, 2024))
    assert (judged.broken, judged.verdict.state) == ({RULE: outside}, "held")
    message = str(judged.result(RULE).message)
    assert f"{outside} dari {len(codes)} baris berisi k di luar wilayah penerbitnya, {HERE} (misalnya {OTHER[0]}" in message
    assert f"--terima {RULE}" in message


@pytest.mark.parametrize(
    ("before", "codes", "penerbit"),
    [
        ([year(OWN, 2023)], OWN, HERE),
        ([], [*OWN, OTHER[0]], HERE),
        ([year([*OWN, OTHER[0]], 2023)], [*OWN, OTHER[1]], HERE),
        ([year(OTHER, 2023)], OTHER, HERE),
        ([year(OWN, 2023)], DESA, "61.05"),
        ([year(OWN, 2023)], OTHER, "dinas"),
        ([year(OWN, 2023)], ["Antah"], HERE),
    ],
    ids=["its own", "some in a first file", "one reported before", "always others", "of a kabupaten", "no region", "unknown"],
)
def test_who_may_report_others_is_let_in(bench: Bench, before: list[Any], codes: list[str], penerbit: str) -> None:
    assert RULE not in bench.judge(reported(bench, *before, penerbit=penerbit), year(codes, 2024)).broken


def test_where_somebody_came_from_may_be_anywhere(bench: Bench) -> None:
    """Fails when moves into a kecamatan are held because all came from outside."""
    dataset = reported(bench, more={"asal": {"type": "wilayah", "level": "desa_kelurahan"}}, key=["k", "asal", "p"])
    assert bench.judge(dataset, [row | {"asal": OTHER[0]} for row in year(OWN, 2024)]).broken == {}
    assert bench.judge(dataset, [row | {"asal": OTHER[0]} for row in year(OTHER, 2024)]).broken == {RULE: 3, "code.asal.penerbit_lain": 3}
