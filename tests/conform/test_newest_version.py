"""A table that goes on in a new version is read there: the old one stands still, and a held figure or an export taken from it would be of long ago."""

from __future__ import annotations

from datetime import date

from satudata.export.ewalidata import ewalidata
from satudata.transform import transform
from tests.conform.conftest import Gudang
from tests.conform.disputed import penduduk, stok, write_registry

DAY = date(2026, 6, 2)
SEPAUK = "61.05.03"
PEMDA = """concept: indikator
period: {column: tahun, grain: tahun}
key: [kode_wilayah, tahun]
columns:
  kode_wilayah: {type: wilayah}
  kode_indikator: {value: penduduk, type: code, reference: indikator}
  tahun: {type: period, format: YYYY}
  nilai: {type: decimal, unit: ribu jiwa}
"""


def go_on_in_a_second_version(gudang: Gudang, name: str) -> None:
    """As a model whose key or types change does: the rows stand in the new table, the old one is left behind, here without any."""
    with gudang.database.connect("owner") as conn:
        conn.execute(f"alter table mart.{name} rename to {name}_v2")
        conn.execute(f"create table mart.{name} (like mart.{name}_v2)")
        conn.execute(f"grant select on mart.{name} to steward")
        conn.execute(
            "update ops.published_table set table_name = model || '_v2', version = 2, source_oid = null where table_name = %s", [name]
        )
        conn.execute(
            "insert into ops.published_table (table_name, model, version, superseded_at) values (%s, %s, 1, '2026-06-01')", [name, name]
        )


def test_what_is_held_comes_from_the_version_that_goes_on(gudang: Gudang) -> None:
    """Two agencies differ: the figure of the last release stays, which the frozen table does not know."""
    write_registry(gudang)
    gudang.accept("sintang.dkp.stok", [stok(SEPAUK, 25)])
    transform(DAY)
    go_on_in_a_second_version(gudang, "fct_neraca_pangan")
    gudang.accept("sintang.bulog.stok", [stok(SEPAUK, 11)])
    transform(DAY)
    assert gudang.rows("select nilai_ton::float, status_rekonsiliasi from mart.fct_neraca_pangan_v2") == [(25.0, "ditahan")]


def test_an_export_is_of_the_version_that_goes_on(gudang: Gudang) -> None:
    """Figures of the pemda itself, exported from the table that releases still write."""
    write_registry(gudang)
    gudang.contract("serang.bps.penduduk", PEMDA)
    gudang.accept("serang.bps.penduduk", [penduduk("36.73", 700)])
    transform(DAY)
    go_on_in_a_second_version(gudang, "fct_indikator")
    found = ewalidata("36.73", 2025)
    assert [int(one.nilai) for one in (*found.rows, *found.without_code)] == [700_000]
