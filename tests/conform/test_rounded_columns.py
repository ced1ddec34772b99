"""Prevents a real difference from being published as rounding because a spreadsheet dropped the zeros of a whole number."""

from __future__ import annotations

from datetime import date

from satudata.transform import transform
from tests.conform.conftest import Gudang
from tests.conform.disputed import stok, write_registry

DAY = date(2026, 6, 2)
FOUND = "select kode_wilayah, nilai_ton::float, status_rekonsiliasi from mart.fct_neraca_pangan join mart.dim_wilayah using (wilayah_key) order by 1"


def test_a_whole_number_in_a_column_of_cents_is_not_rounded(gudang: Gudang) -> None:
    """On the next day the same agency states whole tons alone: those are."""
    write_registry(gudang)
    dkp = {"61.05.01": "1", "61.05.02": "12.25", "61.05.03": "0"}
    bulog = {"61.05.01": "1.45", "61.05.02": "12.25", "61.05.03": "0.49"}
    gudang.accept("sintang.dkp.stok", [*(stok(place, said) for place, said in dkp.items()), stok("61.05.04", "12", day="2026-06-02")])
    gudang.accept(
        "sintang.bulog.stok", [*(stok(place, said) for place, said in bulog.items()), stok("61.05.04", "12.25", day="2026-06-02")]
    )
    transform(DAY)
    assert gudang.rows(FOUND) == [
        ("61.05.01", None, "ditahan"), ("61.05.02", 12.25, "sama"), ("61.05.03", None, "ditahan"), ("61.05.04", 12.0, "pembulatan")]  # fmt: skip
