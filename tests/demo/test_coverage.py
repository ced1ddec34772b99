"""Prevents a demo that passes with a mart that is empty, fed by one dataset only, or full of holes where its units should be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from psycopg import Connection
from rich.console import Console

from contracts.registry import load_registry
from satudata.conform.lineage_steps import lineage_sources
from satudata.demo.coverage import Covered, covered, said, units_of
from satudata.demo.show import show_coverage
from tests.conftest import Database

REPO = Path(__file__).parents[2]
KELURAHAN = units_of({"wilayah": {"desa_kelurahan": ["35.72"]}})
FULL = Covered("m", 40, 2, 20, {"a": 20, "b": 18})
TITIK = {
    "unit": "kode_wilayah",
    "units": {"wilayah": {"desa_kelurahan": ["35.72"]}},
    "each": {"jenis": ["posyandu", "rt"]},
    "filled": ["alamat"],
}


@pytest.fixture
def mart(database: Database) -> Iterator[Connection]:
    """A table of points as a release would leave it: one kind everywhere from two datasets, the other only in the first half, one without address."""
    with database.connect("owner", autocommit=True) as conn:
        for name in ("titik_layanan", "fct_titik_lokasi"):
            conn.execute(f"create table mart.{name} (titik_key int, kode_wilayah text, jenis text, alamat text, _dataset_id int)".encode())
            with conn.cursor() as cursor:
                cursor.executemany(
                    f"insert into mart.{name} values (%s, %s, %s, %s, %s)".encode(),
                    [(n, kode, "posyandu", None if n == 0 else "Jl.", n % 2) for n, kode in enumerate(KELURAHAN)]
                    + [(100 + n, kode, "rt", "Jl.", 7) for n, kode in enumerate(KELURAHAN[:10])]
                    + [(200, "35.71.01.1001", "rt", "Jl.", 9)],
                )
        yield conn


def measured(conn: Connection, tmp_path: Path, text: dict[str, object]) -> Covered:
    path = tmp_path / "marts.yml"
    path.write_text(yaml.safe_dump(text))
    (one,) = covered(conn, path)
    return one


def test_each_part_is_counted_over_the_units_and_only_over_rows_that_are_filled(mart, tmp_path):
    """A point of another city, or one without what it must say, covers nothing."""
    found = measured(mart, tmp_path, {"titik_layanan": TITIK})
    assert (found.rows, found.datasets, found.units) == (32, 3, 21)
    assert found.parts == {"posyandu": 20, "rt": 10}
    assert found.percent == pytest.approx(100 * 10 / 21)
    assert not found.is_enough


def test_what_is_said_of_the_whole_city_fills_its_mart_and_covers_no_kelurahan(mart, tmp_path):
    """A price of the kabupaten stands in the mart of its kecamatan."""
    for name in ("titik_layanan", "fct_titik_lokasi"):
        mart.execute(f"insert into mart.{name} values (300, '35.72', 'rt', 'Jl.', 8)".encode())
    found = measured(mart, tmp_path, {"titik_layanan": TITIK})
    assert (found.datasets, found.parts["rt"]) == (4, 10)


def test_a_mart_without_units_is_judged_by_its_datasets_alone(mart, tmp_path):
    found = measured(mart, tmp_path, {"titik_layanan": {}})
    assert (found.rows, found.datasets, found.percent, found.is_enough) == (32, 4, None, True)


def test_a_mart_about_agencies_rests_on_the_datasets_of_those_it_speaks_of(mart, tmp_path):
    """A score names no dataset; it was reckoned from what its OPD sent."""
    mart.execute("create table mart.skor_opd (opd_key int, nama_opd text)")
    mart.execute("create table mart.dim_sumber (_dataset_id int, opd_key int)")
    mart.execute("insert into mart.dim_sumber values (1, 5), (2, 5), (3, 6)")
    mart.execute("insert into mart.skor_opd values (5, 'Dinas Kesehatan'), (6, 'Dinas Lain')")
    found = measured(mart, tmp_path, {"skor_opd": {"unit": "nama_opd", "units": {"opd": ["serang"]}}})
    assert (found.datasets, found.units, found.parts) == (2, 4, {"": 1})


def test_the_units_of_marts_about_data_are_every_contract_and_its_agency():
    registry = load_registry()
    assert set(units_of({"kontrak": ["dataset"]})) == set(registry.datasets)
    assert {"Dinas Sosial", "Kelurahan", "Perum Bulog"} <= set(units_of({"kontrak": ["produsen_data"]}))


def test_a_mart_that_was_never_published_is_not_enough(mart, tmp_path):
    found = measured(mart, tmp_path, {"sosial_kelurahan": {"unit": "kode_wilayah", "units": TITIK["units"]}})
    assert (found.rows, found.is_enough) == (0, False)


@pytest.mark.parametrize(
    "thin", [Covered("m", 0, 2, 20, {"": 20}), Covered("m", 9, 1, 20, {"": 20}), Covered("m", 9, 2, 20, {"a": 20, "b": 17})]
)
def test_one_thin_mart_fails_the_demo(thin):
    """Empty, from one dataset, or one part below nine tenths."""
    assert FULL.is_enough
    assert not show_coverage(Console(quiet=True), [FULL])
    assert show_coverage(Console(quiet=True), [FULL, thin])


def test_every_mart_that_comes_from_sources_is_in_the_file():
    """A mart nobody listed would be published empty without the demo saying a word."""
    made = {path.stem for path in (REPO / "dbt_project" / "models" / "marts").glob("*.sql")}
    assert made & {step.table for step in lineage_sources()} <= set(said())


def test_the_units_are_as_many_as_the_decrees_say():
    """A list that lost a kelurahan would make ninety per cent of less."""
    units = {mart: len(units_of(text.get("units", {}))) for mart, text in said().items()}
    assert {name: units[name] for name in ("sosial_kelurahan", "titik_layanan", "neraca_pangan", "keaktifan_situs_opd", "indikator_terkini")} == {
        "sosial_kelurahan": 21, "titik_layanan": 46, "neraca_pangan": 14, "keaktifan_situs_opd": 32, "indikator_terkini": 46 + 21 + 67 + 123,
    }  # fmt: skip
