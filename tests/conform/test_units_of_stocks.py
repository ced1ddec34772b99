"""Prevents stocks in kilograms and in tons from being set beside each other as if they were alike, and a factor of a thousand from passing as the same."""

from __future__ import annotations

from datetime import date

from satudata.transform import transform
from tests.conform.conftest import Gudang
from tests.conform.disputed import STOK, stok, write_registry

DAY = date(2026, 6, 2)
SAME, ROUNDED, THOUSANDFOLD, ALONE = "61.05.01", "61.05.02", "61.05.03", "61.05.04"
FOUND = "select kode_wilayah, nilai_ton::float, status_rekonsiliasi from mart.fct_neraca_pangan join mart.dim_wilayah using (wilayah_key) order by 1"


def test_kilograms_are_held_against_tons(gudang: Gudang) -> None:
    """Bulog weighs to the kilogram; once it writes tons into the column of kilograms, which is a difference and no rounding."""
    write_registry(gudang)
    gudang.contract("sintang.bulog.stok", STOK.format(item="stok_beras").replace("unit: ton", "unit: kg"))
    gudang.accept("sintang.dkp.stok", [stok(place, "28.2") for place in (SAME, ROUNDED, THOUSANDFOLD)])
    weighed = {SAME: "28200", ROUNDED: "28204", THOUSANDFOLD: "28.2", ALONE: "35250"}
    gudang.accept("sintang.bulog.stok", [stok(place, kg) for place, kg in weighed.items()])
    transform(DAY)
    assert gudang.rows(FOUND) == [
        (SAME, 28.2, "sama"), (ROUNDED, 28.2, "pembulatan"), (THOUSANDFOLD, None, "ditahan"), (ALONE, 35.25, "tunggal")]  # fmt: skip
    _both_figures_are_shown_as_they_were_reported(gudang)

    gudang.accept("sintang.bulog.stok", [stok(place, kg) for place, kg in (weighed | {THOUSANDFOLD: "28200", ALONE: "35260"}).items()])
    transform(DAY)
    assert gudang.rows(FOUND)[2:] == [(THOUSANDFOLD, 28.2, "sama"), (ALONE, 35.26, "tunggal")]


def _both_figures_are_shown_as_they_were_reported(gudang: Gudang) -> None:
    """Who weighs in kilograms finds the figure of the own file again; the other one is said once."""
    query = "select opd, nilai::text, satuan, nilai_asal::text, satuan_asal from quality.konflik_angka order by opd"
    assert gudang.rows(query, "steward") == [
        ("Dinas Ketahanan Pangan", "28.2", "ton", "28.2", "ton"), ("Perum Bulog", "0.0282", "ton", "28.2", "kg")]  # fmt: skip
    (angka,) = gudang.rows("select angka from quality.konflik", "steward")[0]
    assert "Dinas Ketahanan Pangan: 28,2 (sintang.dkp.stok, diambil" in angka
    assert "Perum Bulog: 0,0282 (tercatat 28,2 kg, sintang.bulog.stok, diambil" in angka
