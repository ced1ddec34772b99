"""Prevents figures that another dataset states otherwise from passing, and figures of other objects from being held against each other."""

from __future__ import annotations

from typing import Any

import pytest

from tests.expectations.conftest import Bench
from tests.expectations.test_history import accepted
from tests.expectations.test_measured import COLUMNS, YEARLY, year

KECAMATAN = {"18.71.01": "Kedaton", "18.71.02": "Sukarame", "18.71.03": "Tanjungkarang Barat"}
REGION = {"type": "wilayah", "level": "kecamatan", "within": "18.71"}


@pytest.fixture
def regions(bench: Bench) -> Bench:
    """Three kecamatan that two agencies spell in two ways."""
    for code, name in {"18": "Lampung", "18.71": "Kota Bandar Lampung", **KECAMATAN}.items():
        level = {2: "provinsi", 5: "kabupaten_kota"}.get(len(code), "kecamatan")
        bench.conn.execute(
            "insert into ops.reference_item (reference, code, name, level) values ('wilayah', %s, %s, %s) on conflict do nothing",
            [code, name, level],
        )
        bench.conn.execute(
            """insert into ops.reference_form (reference, level, form, code) select 'wilayah', %s, unnest(ops.region_name(%s, %s)), %s
               on conflict do nothing""",
            [level, name, level, code],
        )
    return bench


def other(bench: Bench, figures: dict[str, int], **more: Any) -> Any:
    """Another agency's dataset with these figures by code, accepted for 2023."""
    dataset = bench.dataset({"w": REGION, "jiwa": {"type": "integer"}, "p": COLUMNS["p"]}, **(YEARLY | {"key": ["w", "p"]}))
    for code, figure in figures.items():
        accepted(bench, dataset, w=code, jiwa=figure, **(year(2023) | more))
    return dataset


def of_region(name: str, figure: int) -> dict[str, Any]:
    return {"w": name, "n": figure} | year(2023)


def test_compares_with_what_another_dataset_states(regions: Bench) -> None:
    """By what the names of the regions mean, within the tolerance, for the same time."""
    there = other(regions, {"18.71.01": 100, "18.71.02": 200, "18.71.03": 300})
    check = {"rule": "same_as_dataset", "dataset": there.id, "column": "n", "other": "jiwa", "tolerance": 2, "severity": "quarantine"}
    dataset = regions.dataset({"w": REGION, "n": {"type": "integer"}, "p": COLUMNS["p"]}, **(YEARLY | {"key": ["w", "p"]}), checks=[check])
    judged = regions.judge(dataset, [of_region("KEDATON", 102), of_region("Kec. Sukarame", 203), of_region("TANJUNG KARANG BARAT", 300)])
    assert judged.broken == {"same_as_dataset.n": 1}
    assert judged.aside == {2: ["same_as_dataset.n"]}
    assert judged.messages[2] == [f"Kolom n berisi 203, menurut {there.id} 200; seharusnya sama, selisih paling banyak 2."]
    assert judged.result("same_as_dataset.n").checked == 3
    later = [of_region("KEDATON", 1) | year(2024)]
    assert regions.judge(dataset, later).result("same_as_dataset.n").outcome == "skipped"


def test_holds_by_default_where_another_dataset_states_otherwise(regions: Bench) -> None:
    there = other(regions, {"18.71.01": 100})
    check = {"rule": "same_as_dataset", "dataset": there.id, "column": "n", "other": "jiwa"}
    dataset = regions.dataset({"w": REGION, "n": {"type": "integer"}, "p": COLUMNS["p"]}, **(YEARLY | {"key": ["w", "p"]}), checks=[check])
    assert regions.judge(dataset, [of_region("KEDATON", 101)]).verdict.state == "held"


def test_a_dataset_nobody_has_loaded_is_no_reason_to_stop(regions: Bench) -> None:
    check = {"rule": "scale_lost", "column": "n", "against": "x.uji.belum_ada.jiwa"}
    dataset = regions.dataset({"w": REGION, "n": {"type": "integer"}, "p": COLUMNS["p"]}, **(YEARLY | {"key": ["w", "p"]}), checks=[check])
    judged = regions.judge(dataset, [of_region("KEDATON", 101)])
    assert judged.result("scale_lost.n").message == "Dataset x.uji.belum_ada belum pernah dimuat."
    assert judged.broken == {}


def test_finds_lost_thousands_by_a_related_figure_in_a_first_batch(regions: Bench) -> None:
    """Dinsos Bandar Lampung against the population: 29 where 29324 of 63000 live."""
    there = other(regions, {"18.71.01": 52000, "18.71.02": 61000, "18.71.03": 63000}, **year(2022))
    check = {"rule": "scale_lost", "column": "n", "against": f"{there.id}.jiwa"}
    dataset = regions.dataset({"w": REGION, "n": {"type": "integer"}, "p": COLUMNS["p"]}, **(YEARLY | {"key": ["w", "p"]}), checks=[check])
    given = [of_region("Kedaton", 18), of_region("Sukarame", 15), of_region("TANJUNG KARANG BARAT", 29)]
    judged = regions.judge(dataset, given)
    assert judged.broken == {"scale_lost.n.sebagian_besar": 3}
    given = [of_region("Kedaton", 18000), of_region("Sukarame", 15000), of_region("TANJUNG KARANG BARAT", 29)]
    assert regions.judge(dataset, given).aside == {3: ["scale_lost.n"]}
