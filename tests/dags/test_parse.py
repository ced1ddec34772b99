"""Prevents DAGs that vanish, hide each other, change from parse to parse or make every parse slow.

Each parse happens in a fresh process over a real registry; no test passes when nothing is found.
"""

from __future__ import annotations

from pathlib import Path

from bench.registry import copied_registry
from tests.dags.parsing import SIMPLE, add, parse

DAILY = "uji.dinas.0_7_x_x_x"


def test_every_contract_is_run_by_the_dag_of_its_agency_and_schedule(sources: Path) -> None:
    add(sources, "uji/dinas/satu")
    add(sources, "uji/dinas/dua")
    add(sources, "uji/dinas/mingguan", SIMPLE.replace("0 7 * * *", "*/15 6,18 * * 1-5"))
    add(sources, "uji/dinas/tangan", SIMPLE.replace('schedule: "0 7 * * *"', ""))
    add(sources, "uji/lain/satu")
    add(sources, "uji/lain/titipan", SIMPLE + "produsen_data: dinas\n")
    found = parse(sources)
    assert found.errors == {}
    assert {name: dag["datasets"] for name, dag in found.sources.items()} == {
        DAILY: ["uji.dinas.dua", "uji.dinas.satu", "uji.lain.titipan"],
        "uji.dinas.x--15_6.18_x_x_1-5": ["uji.dinas.mingguan"],
        "uji.dinas.manual": ["uji.dinas.tangan"],
        "uji.lain.0_7_x_x_x": ["uji.lain.satu"],
    }
    assert found.dags[DAILY]["tasks"] == {
        "rencana": [],
        "sumber.extract": ["rencana"],
        "sumber.load": ["sumber.extract"],
        "kabar": ["sumber.load"],
    }
    assert "Asia/Pontianak" in found.dags[DAILY]["schedule"]
    assert found.dags["transform"]["tasks"] == {"transform": []}
    assert found.dags["housekeeping"]["tasks"] == {"housekeeping": []}


def test_a_dataset_on_anothers_bytes_waits_for_them(sources: Path) -> None:
    add(sources, "uji/dinas/lembar_satu")
    add(sources, "uji/dinas/lembar_dua", SIMPLE.replace('url: "${SITUS_UJI}/angka.csv"', "same_as: uji.dinas.lembar_satu"))
    tasks = parse(sources).dags[DAILY]["tasks"]
    assert set(tasks["turunan.extract"]) == {"sumber.load", "rencana_turunan"}


BROKEN = {
    "uji.dinas.bukan_yaml": ("uji/dinas/bukan_yaml", "title: [tanpa akhir", ("bukan_yaml.yml",)),
    "uji.dinas.kunci": ("uji/dinas/kunci", SIMPLE.replace("write: snapshot", "write: kadang") + "jadwall: x\n", ("jadwall", "write")),
    "uji.dinas.daftar": ("uji/dinas/daftar", "- daftar\n", ("daftar.yml",)),
    "uji.dinas.kembar": ("uji/lain/kembar", SIMPLE + "id: uji.dinas.kembar\n", ("lain/kembar.yml", "dinas/kembar.yml")),
    "lain.dinas.angka": ("lain/dinas/angka", SIMPLE, ("lain/pemda.yml",)),
}
"""Dataset -> place and text of its contract, and what must be said of it; all problems of a file at once."""


def test_a_broken_contract_shows_as_itself_and_hides_no_other(sources: Path) -> None:
    add(sources, "uji/dinas/baik")
    add(sources, "uji/dinas/kembar")
    for place, text, _ in BROKEN.values():
        add(sources, place, text)
    (sources / "lain" / "pemda.yml").write_text("kode: 1\nwaktu: kacau\n")
    found = parse(sources)
    assert found.errors == {}
    assert found.dags[DAILY]["datasets"] == ["uji.dinas.baik"]
    for dataset, (_, _, said) in BROKEN.items():
        shown = found.dags[f"{dataset}.kontrak_rusak"]
        assert shown["tasks"] == {"kontrak": []}
        assert "kontrak rusak" in shown["tags"]
        assert [text for text in said if text not in shown["doc"]] == []


def test_an_edited_contract_shows_at_the_next_parse(sources: Path) -> None:
    path = add(sources, "uji/dinas/angka")
    assert set(parse(sources).sources) == {DAILY}
    path.write_text(SIMPLE.replace("0 7 * * *", "30 9 * * *").replace("Angka uji", "Angka yang lain"))
    after = parse(sources)
    assert set(after.sources) == {"uji.dinas.30_9_x_x_x"}
    assert "Angka yang lain" in after.sources["uji.dinas.30_9_x_x_x"]["doc"]


def test_two_parses_make_the_same_dags(sources: Path) -> None:
    """Else every parse would write a new DAG version."""
    for place in ("uji/dinas/satu", "uji/dinas/dua", "uji/lain/tiga"):
        add(sources, place)
    add(sources, "uji/lain/rusak", "title: x\n")
    one, two = (parse(sources, PYTHONHASHSEED=seed) for seed in ("1", "2"))
    assert one.dags == two.dags
    assert len(one.sources) == 3


def test_a_task_reads_no_contract_to_find_its_own_dag(sources: Path) -> None:
    """A parse of 600 contracts before each of 600 tasks would cost more than the tasks; and the DAG must hold the very same tasks."""
    add(sources, "uji/dinas/lembar_satu")
    add(sources, "uji/dinas/lembar_dua", SIMPLE.replace('url: "${SITUS_UJI}/angka.csv"', "same_as: uji.dinas.lembar_satu"))
    whole = parse(sources).dags[DAILY]["tasks"]
    nowhere = sources.parent / "tidak" / "ada"
    nowhere.parent.mkdir()
    about = {"_AIRFLOW_PARSING_CONTEXT_DAG_ID": DAILY, "_AIRFLOW_PARSING_CONTEXT_TASK_ID": "sumber.extract"}
    assert parse(nowhere, **about).dags[DAILY]["tasks"] == whole
    broken = parse(nowhere, **{**about, "_AIRFLOW_PARSING_CONTEXT_TASK_ID": "kontrak"})
    assert broken.dags[DAILY]["tasks"] == {"kontrak": []}


def test_600_contracts_of_80_agencies_parse_fast_with_nothing_heavy(tmp_path: Path) -> None:
    """Measured in CPU time, as other tests run beside it; bench measures the clock on a quiet machine."""
    found = parse(copied_registry(tmp_path / "sources", 600, 80))
    assert found.errors == {}
    assert sum(len(dag["datasets"]) for dag in found.sources.values()) == 600
    assert len({tuple(dag["tags"]) for dag in found.sources.values()}) == 80
    assert found.heavy == []
    assert found.cpu_s < 4
