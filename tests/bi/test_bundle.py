"""The shipped dashboards fit the published tables: a column that a mart no longer has would show only as an empty chart on somebody's screen."""

from __future__ import annotations

import re
import zipfile
from itertools import chain

import pytest
import yaml
from click.testing import CliRunner

from contracts.references import reference_rows
from satudata.commands.db import superset
from satudata.superset_bundle import BUNDLE, write_bundle
from tests.bi.conftest import REPO

FILES = {path.relative_to(BUNDLE).as_posix(): yaml.safe_load(path.read_text()) for path in BUNDLE.rglob("*.yaml")}
DATASETS = {one["uuid"]: one for name, one in FILES.items() if name.startswith("datasets/")}
CHARTS = {one["uuid"]: one for name, one in FILES.items() if name.startswith("charts/")}
MARTS = {
    model["name"]: {column["name"] for column in model["columns"]}
    for model in yaml.safe_load((REPO / "dbt_project/models/marts/_marts.yml").read_text())["models"]
}


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=lambda one: one["table_name"])
def test_a_dataset_has_only_columns_of_its_mart(dataset: dict) -> None:
    assert {column["column_name"] for column in dataset["columns"]} <= MARTS[dataset["table_name"]]


@pytest.mark.parametrize("chart", CHARTS.values(), ids=lambda one: one["slice_name"])
def test_a_chart_asks_only_for_what_its_dataset_has(chart: dict) -> None:
    dataset = DATASETS[chart["dataset_uuid"]]
    columns = {column["column_name"] for column in dataset["columns"]}
    (query,) = chart["query_context"]["queries"]
    asked = [*query["columns"], *(one["col"] for one in query.get("filters", [])), *(name for name, _ in query["orderby"])]
    assert set(asked) <= columns
    assert set(query.get("metrics", [])) <= {metric["metric_name"] for metric in dataset["metrics"]}


def test_a_chart_shows_what_it_is_asked_for() -> None:
    """The picture (`params`) and its question (`query_context`) are written down apart; they must not differ."""
    for chart in CHARTS.values():
        shown, (query,) = chart["params"], chart["query_context"]["queries"]
        drawn = shown.get("all_columns") or [shown["x_axis"], *shown["groupby"]]
        filters = [(one["subject"], one["operator"], one["comparator"]) for one in shown.get("adhoc_filters", [])]
        assert drawn == query["columns"]
        assert filters == [(one["col"], one["op"], one["val"]) for one in query.get("filters", [])]
        assert shown.get("metrics", []) == query.get("metrics", [])


def test_a_picture_can_be_read() -> None:
    """Seen in a browser: days with `00:00:00`, a week marked `Sat 25`, the name of an axis across its figures, bars beside amounts of several units."""
    days = {column["column_name"] for dataset in DATASETS.values() for column in dataset["columns"] if column["type"] == "DATE"}
    for chart in CHARTS.values():
        shown = chart["params"]
        if shown["viz_type"] == "table":
            assert shown["server_pagination"]
            assert shown["show_cell_bars"] is False
            assert shown.get("table_timestamp_format", "%d-%m-%Y" if not days & set(shown["all_columns"]) else None) == "%d-%m-%Y"
        else:
            assert shown["x_axis"] not in days
            assert shown["y_axis_title_margin"] >= 30


def test_a_sum_of_kelurahan_keeps_the_pemda_apart() -> None:
    """The bars of a year in which one pemda more reports would be as long as those of two years."""
    for chart in CHARTS.values():
        if chart["params"].get("metrics") and DATASETS[chart["dataset_uuid"]]["table_name"] == "sosial_kelurahan":
            assert "nama_kabupaten_kota" in chart["params"]["groupby"]


SOSIAL = ("kode_indikator", "periode", "nama_klasifikasi", "satuan", "nilai")
PANGAN = ("wilayah_level", "minggu", "stok_ton", "kebutuhan_ton")
SUMS = {
    "kelurahan of one year": (
        SOSIAL,
        [("ppks", "2025", "Jenis: a", "orang", 4), ("ppks", "2025", "Jenis: b", "orang", 5)],
        "jumlah_nilai",
        9,
    ),
    "two years": (SOSIAL, [("ppks", "2024", "Seluruhnya", "orang", 4), ("ppks", "2025", "Seluruhnya", "orang", 5)], "jumlah_nilai", None),
    "two indicators": (
        SOSIAL,
        [("ppks", "2025", "Seluruhnya", "orang", 4), ("siswa", "2025", "Seluruhnya", "orang", 5)],
        "jumlah_nilai",
        None,
    ),
    "a total and its parts": (
        SOSIAL,
        [("ppks", "2025", "Seluruhnya", "orang", 4), ("ppks", "2025", "Jenis: a", "orang", 4)],
        "jumlah_nilai",
        None,
    ),
    "percentages": (
        SOSIAL,
        [("apk", "2025", "Seluruhnya", "persen", 90), ("apk", "2025", "Seluruhnya", "persen", 95)],
        "jumlah_nilai",
        None,
    ),
    "stock of a week": (PANGAN, [("kecamatan", 18, 4, 1), ("kecamatan", 18, 5, 1)], "stok", 9),
    "stock of two weeks": (PANGAN, [("kecamatan", 18, 4, 1), ("kecamatan", 19, 5, 1)], "stok", None),
    "need of two weeks": (PANGAN, [("kecamatan", 18, 4, 1), ("kecamatan", 19, 5, 1)], "kebutuhan", 2),
    "need of two levels": (PANGAN, [("kecamatan", 18, 4, 1), ("kabupaten_kota", 18, 4, 1)], "kebutuhan", None),
}


@pytest.mark.parametrize(("columns", "rows", "metric", "expected"), SUMS.values(), ids=list(SUMS))
def test_a_sum_that_means_nothing_is_empty(database, columns: tuple, rows: list, metric: str, expected: int | None) -> None:
    """A chart without a filter drew the inhabitants of all years as one bar, which nobody could see was wrong."""
    (expression,) = (one["expression"] for dataset in DATASETS.values() for one in dataset["metrics"] if one["metric_name"] == metric)
    cells = ", ".join(f"({', '.join(['%s'] * len(columns))})" for _ in rows)
    with database.connect("bi_reader") as conn:
        query = f"select {expression} from (values {cells}) as t ({', '.join(columns)})"
        assert conn.execute(query, list(chain.from_iterable(rows))).fetchone() == (expected,)


def test_no_ratio_of_a_dataset_is_added_up() -> None:
    """The metric knows them by their unit: a new one has to be named there."""
    (dataset,) = (one for one in DATASETS.values() if one["table_name"] == "sosial_kelurahan")
    (expression,) = (one["expression"] for one in dataset["metrics"] if one["metric_name"] == "jumlah_nilai")
    themes = ("kemiskinan", "sosial", "pendidikan", "kesehatan", "keagamaan")
    ratios = {row["satuan"] for row in reference_rows("indikator") if row["penjumlahan"] == "tidak" and row["tema"] in themes}
    assert ratios == set(re.findall(r"'([^']+)'", expression.partition("satuan in")[2]))


def test_the_dashboard_shows_every_chart() -> None:
    (dashboard,) = (one for name, one in FILES.items() if name.startswith("dashboards/"))
    places = dashboard["position"]
    named = {one["meta"]["uuid"] for one in places.values() if isinstance(one, dict) and one["type"] == "CHART"}
    assert named == set(CHARTS)
    laid = set(chain.from_iterable(one.get("children", []) for one in places.values() if isinstance(one, dict)))
    assert {name for name, one in places.items() if isinstance(one, dict) and one["type"] == "CHART"} <= laid


def test_the_file_carries_the_address_and_no_password(tmp_path) -> None:
    """It is sent by mail and lies in Downloads."""
    path = write_bundle(tmp_path / "b.zip", "postgresql://bi_reader:s3kali@10.0.0.9:5433/satudata", {})
    with zipfile.ZipFile(path) as bundle:
        text = {name: bundle.read(name).decode() for name in bundle.namelist()}
    assert {f"satudata/{name}" for name in FILES} == set(text)
    assert "postgresql+psycopg2://bi_reader:XXXXXXXXXX@10.0.0.9:5433/satudata" in text["satudata/databases/Satu_Data.yaml"]
    assert not any("s3kali" in one for one in text.values())


def test_the_command_writes_it(database, tmp_path) -> None:
    with database.connect("owner") as conn:  # a mart of which the first version stands still
        conn.execute(
            "insert into ops.published_table (table_name, model, version, superseded_at) values ('neraca_pangan', 'neraca_pangan', 1, '2026-06-01')"
        )
        conn.execute("insert into ops.published_table (table_name, model, version) values ('neraca_pangan_v2', 'neraca_pangan', 2)")
    done = CliRunner().invoke(superset, ["--out", str(tmp_path / "dasbor.zip")])
    assert done.exit_code == 0, done.output
    assert "Dashboards > Import" in done.output
    with zipfile.ZipFile(tmp_path / "dasbor.zip") as bundle:
        tables = {yaml.safe_load(bundle.read(name))["table_name"] for name in bundle.namelist() if "/datasets/" in name}
    assert tables == {"sosial_kelurahan", "neraca_pangan_v2"}
