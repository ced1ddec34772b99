"""Prevents a source that no DAG runs, that two DAGs run, or that is run under another's name when contracts change."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from contracts.errors import UnknownDataset
from contracts.registry import load_registry
from satudata.planning.dag_groups import broken_dags, broken_of, datasets_of, source_dag_id, source_dags
from satudata.planning.run_plan import chosen, requests_of
from tests.dags.parsing import SIMPLE, add, empty_registry

SCHEDULES = [
    "0 7 * * *",
    "0 7 * * 1-5",
    "0 7 * * 1,5",
    "*/15 * * * *",
    "0/15 * * * *",
    "@daily",
    "15 * * * *",
    "0 7 1-5 * *",
    "0 7 1,5 * *",
    None,
]


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = empty_registry(tmp_path / "sources")
    monkeypatch.setenv("SATUDATA_SOURCES", str(folder))
    return folder


def test_every_schedule_has_a_dag_of_its_own() -> None:
    names = [source_dag_id("uji", "dinas", schedule) for schedule in SCHEDULES]
    assert len(set(names)) == len(SCHEDULES)
    assert all(name.replace("_", "").replace(".", "").replace("-", "").isalnum() for name in names)
    assert source_dag_id("uji", "dinas", "0  7 * * *") == names[0]


def test_what_a_task_reads_of_the_registry_is_what_its_dag_was_made_of(sources: Path) -> None:
    """A task reads only the contracts that may be its DAG's; a wrong guess would silently drop a source from every run."""
    add(sources, "uji/dinas/satu")
    add(sources, "uji/dinas/dua", SIMPLE.replace("0 7", "30 9"))
    add(sources, "uji/dinas_lain/titipan", SIMPLE + "produsen_data: dinas\n")
    add(sources, "uji/dinas_lain/bernama", SIMPLE + "id: nama.yang.lain\n")
    add(sources, "uji/dinas_lain/biasa")
    whole = source_dags(load_registry())
    assert len(whole) == 3
    assert {name: [dataset.id for dataset in datasets_of(name)] for name in whole} == {
        name: [dataset.id for dataset in datasets] for name, datasets in whole.items()
    }


def test_a_repaired_contract_leaves_its_dag_of_errors(sources: Path) -> None:
    path = add(sources, "uji/dinas/rusak", "title: x\n")
    (name,) = broken_dags(load_registry())
    assert "rusak.yml" in broken_of(name)[0].message
    path.write_text(SIMPLE)
    assert broken_of(name) == []


def test_a_run_by_hand_picks_datasets_and_refuses_others(sources: Path) -> None:
    for place in ("uji/dinas/satu", "uji/dinas/dua"):
        add(sources, place)
    (datasets,) = source_dags(load_registry()).values()
    assert [dataset.id for dataset in chosen(datasets, [])] == ["uji.dinas.dua", "uji.dinas.satu"]
    assert [dataset.id for dataset in chosen(datasets, ["uji.dinas.satu"])] == ["uji.dinas.satu"]
    with pytest.raises(UnknownDataset, match=r"uji\.dinas\.dua"):
        chosen(datasets, ["uji.dinas.tiga"])


def test_each_publisher_and_value_is_a_request_with_a_name_of_its_own(sources: Path) -> None:
    url = '{kind: file, url: "${SITUS_UJI}/{penerbit}?t={tanggal}", each: {tanggal: 2d}}'
    text = SIMPLE.replace('{kind: file, url: "${SITUS_UJI}/angka.csv"}', url) + 'for_each: ["35.71.01.1001", "35.71.01.1002"]\n'
    text = text.replace("write: snapshot", "write: append")
    add(sources, "uji/dinas/harian", text)
    (datasets,) = source_dags(load_registry()).values()
    requests = requests_of(datasets, date(2026, 6, 2))
    assert [(one["penerbit"], one["nilai"]) for one in requests] == [
        (penerbit, {"tanggal": day}) for penerbit in ("35.71.01.1001", "35.71.01.1002") for day in ("2026-06-01", "2026-06-02")
    ]
    assert len({one["nama"] for one in requests}) == 4
    assert {one["run_date"] for one in requests} == {"2026-06-02"}
