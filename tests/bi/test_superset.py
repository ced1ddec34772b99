"""Superset itself, by its REST interface: it connects as the reader, lists the tables, draws the right figures, and takes our dashboards.

Run by `make test-superset`, which installs Superset into an environment of its own.
"""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from satudata.superset_bundle import write_bundle
from tests.bi.conftest import REPO
from tests.bi.superset_server import PROGRAM, Superset, running
from tests.conform.conftest import Gudang

pytestmark = [
    pytest.mark.superset,
    pytest.mark.timeout(1500),
    pytest.mark.skipif(not PROGRAM.exists(), reason="no Superset: make test-superset"),
]


@pytest.fixture(scope="module")
def superset(tmp_path_factory: pytest.TempPathFactory):
    with running(tmp_path_factory.mktemp("superset")) as started:
        yield started


@pytest.fixture(scope="module")
def connection(superset: Superset, address: str) -> int:
    """The database as a person adds it, with the address of `satudata db url`."""
    uri = address.replace("postgresql://", "postgresql+psycopg2://")
    return superset.ask("post", "database/", json={"database_name": "Gudang", "sqlalchemy_uri": uri, "expose_in_sqllab": True})["id"]


def test_the_tables_are_listed(superset: Superset, connection: int) -> None:
    assert "mart" in superset.ask("get", f"database/{connection}/schemas/")["result"]
    tables = superset.ask("get", f"database/{connection}/tables/?q=(schema_name:mart)")["result"]
    assert {"sosial_kelurahan", "neraca_pangan", "keaktifan_situs_opd", "kamus_data"} <= {one["value"] for one in tables}


def test_what_is_not_published_gives_no_rows(superset: Superset, connection: int) -> None:
    """Names of other schemas are listed, as PostgreSQL shows them to everybody; their rows are refused."""
    query = {"database_id": connection, "sql": "select * from raw.indikator", "schema": "raw", "runAsync": False}
    answer = superset.post(superset.base + "sqllab/execute/", json=query)
    assert not answer.ok
    assert "permission denied for schema raw" in answer.text


def test_a_chart_of_an_own_dataset_shows_the_published_figures(superset: Superset, connection: int, published: Gudang) -> None:
    table = {"database": connection, "schema": "mart", "table_name": "indikator_terkini"}
    dataset = superset.ask("post", "dataset/", json=table)["id"]
    columns = {one["column_name"]: one for one in superset.ask("get", f"dataset/{dataset}")["result"]["columns"]}
    assert columns["nama_wilayah"]["description"] == "Nama wilayah"
    assert [name for name, one in columns.items() if one["is_dttm"]] == ["tanggal", "diperbarui_pada"]
    total = {"expressionType": "SQL", "sqlExpression": "sum(nilai)", "label": "jumlah"}
    query = {
        "columns": ["nama_kecamatan"], "metrics": [total], "orderby": [["nama_kecamatan", True]], "row_limit": 100,
        "filters": [{"col": "kode_indikator", "op": "==", "val": "penduduk"}, {"col": "adalah_total", "op": "IS TRUE"}],
    }  # fmt: skip
    asked = {"datasource": {"id": dataset, "type": "table"}, "queries": [query], "result_format": "json", "result_type": "full"}
    expected = published.rows(
        "select nama_kecamatan, sum(nilai) from mart.indikator_terkini where kode_indikator = 'penduduk' and adalah_total group by 1 order by 1"
    )
    assert len(expected) == 6
    assert rows(superset.ask("post", "chart/data", json=asked)) == plain(expected)


CHARTS = {
    "PPKS menurut jenis": """select nama_klasifikasi, nama_kabupaten_kota, periode, sum(nilai) from mart.sosial_kelurahan
        where kode_indikator = 'ppks' and nama_klasifikasi like 'Jenis PPKS:%' group by 1, 2, 3 order by 1, 2, 3""",
    "Angka sosial per kelurahan": """select nama_kabupaten_kota, nama_kecamatan, nama_kelurahan, nama_indikator, nama_klasifikasi, periode, nilai, satuan,
        produsen_data from mart.sosial_kelurahan order by tanggal desc, nama_kelurahan, nama_klasifikasi""",
    "Kebutuhan dan stok pangan per minggu": """select kode_minggu, nama_komoditas, sum(kebutuhan_ton), sum(stok_ton) from mart.neraca_pangan
        where wilayah_level = 'kecamatan' group by 1, 2 order by 1, 2""",
    "Kekurangan pangan": """select nama_kabupaten_kota, nama_wilayah, minggu, nama_komoditas, kebutuhan_ton, stok_ton, stok_cukup_hari
        from mart.neraca_pangan where stok_cukup_hari < 30 order by stok_cukup_hari""",
}


@pytest.fixture(scope="module")
def imported(superset: Superset, address: str, published: Gudang, tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """The shipped dashboards, imported as docs/bi.md says; chart -> its number."""
    bundle = tmp_path_factory.mktemp("bundel") / "superset.zip"
    words = [sys.executable, "-m", "satudata", "db", "superset", "--out", str(bundle)]
    subprocess.run(words, cwd=REPO, env=os.environ | {"SATUDATA_DATABASE": published.database.name}, check=True)
    import_into(superset, "dashboard", bundle, address)
    charts = superset.ask("get", "dashboard/satu-data/charts")["result"]
    return {one["slice_name"]: one["id"] for one in charts}


def import_into(superset: Superset, kind: str, bundle: Path, address: str) -> None:
    """What the button `Import` of that kind does, with `Overwrite`."""
    passwords = json.dumps({"databases/Satu_Data.yaml": urlsplit(address).password})
    with bundle.open("rb") as file:
        superset.ask("post", f"{kind}/import/", files={"formData": file}, data={"passwords": passwords, "overwrite": "true"})


def test_the_shipped_dashboard_has_its_charts(imported: dict[str, int]) -> None:
    assert set(imported) == set(CHARTS)


@pytest.mark.parametrize("chart", CHARTS)
def test_a_shipped_chart_shows_the_published_figures(superset: Superset, imported: dict[str, int], published: Gudang, chart: str) -> None:
    expected = published.rows(CHARTS[chart])
    assert expected
    assert rows(superset.ask("get", f"chart/{imported[chart]}/data/")) == plain(expected)


def test_a_later_import_brings_everything_to_the_new_state(
    superset: Superset, imported: dict[str, int], address: str, tmp_path: Path
) -> None:
    """A dashboard goes on reading the old version of a table for good where an import leaves tables and charts as they were."""
    chart = imported["Kekurangan pangan"]
    for table in ("neraca_pangan_v2", "neraca_pangan"):
        bundle = write_bundle(tmp_path / f"{table}.zip", address, {"neraca_pangan": table})
        for kind in ("dataset", "chart", "dashboard"):
            import_into(superset, kind, bundle, address)
        asked = superset.ask("get", f"explore/?slice_id={chart}")["result"]
        assert asked["dataset"]["table_name"] == table


def test_figures_are_written_as_in_indonesia(superset: Superset, imported: dict[str, int]) -> None:
    """The setting of docs/bi.md is one that Superset hands to its pages: 19.487 tonnes were read as nineteen thousand."""
    page = superset.get(superset.base.replace("api/v1/", "superset/dashboard/satu-data/")).text
    assert json.loads(re.search(r'"d3_format": ({.*?})', html.unescape(page))[1])["decimal"] == ","


def rows(answer: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of the one query of a chart, in the order of its columns."""
    (result,) = answer["result"]
    return [tuple(round(value, 6) if isinstance(value, float) else value for value in row.values()) for row in result["data"]]


def plain(found: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows of PostgreSQL as JSON has them: figures as floating point, days as Superset's milliseconds."""
    return [tuple(_plain(value) for value in row) for row in found]


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return round(float(value), 6)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC).timestamp() * 1000
    return value
