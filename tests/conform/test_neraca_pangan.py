"""Prevents a weekly balance that counts a monthly need four times or not at all, adds up stocks, or gives a week the price of another one."""

from __future__ import annotations

import random
from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from contracts.references import reference_rows
from satudata.transform import transform
from tests.conform.conftest import Gudang, hari

DAY = date(2026, 6, 2)
SEED = 20260602
NERACA = """concept: neraca_pangan
period: {{column: {name}, grain: {name}}}
key: [kode_wilayah, komoditas, {name}]
columns:
  kode_wilayah: {{type: wilayah, level: kecamatan, within: "61.05"}}
  komoditas: {{type: code, reference: komoditas}}
  {name}: {{type: {type}}}
  kebutuhan_ton: {{type: decimal, unit: ton}}
  ketersediaan_ton: {{type: decimal, unit: ton}}
  stok_ton: {{type: decimal, unit: ton}}
"""
HARGA = """concept: harga_komoditas
period: {{column: {name}, grain: {grain}}}
key: [kode_wilayah, komoditas, pasar, {name}]
columns:
  kode_wilayah: {{type: wilayah}}
  komoditas: {{type: code, reference: komoditas}}
  pasar: {{type: text}}
  {name}: {{type: {type}}}
  harga_rp: {{type: decimal, unit: Rp/kg}}
"""
SEPAUK, DEDAI, SINTANG = "61.05.03", "61.05.07", "61.05"
KECAMATAN = [row["kode"] for row in reference_rows("wilayah") if row["induk"] == SINTANG]
MEI = ["2026-04-27", "2026-05-04", "2026-05-11", "2026-05-18", "2026-05-25"]


def bulan(kode: str, month: str, komoditas: str = "Beras", **figures: object) -> dict[str, Any]:
    """What one kecamatan reports of a month."""
    first = date.fromisoformat(f"{month}-01")
    last = first.replace(day=monthrange(first.year, first.month)[1])
    return {"kode_wilayah": kode, "komoditas": komoditas, "bulan": month, "mulai": first, "akhir": last, **_exact(figures)}


def minggu(kode: str, monday: str, komoditas: str = "Beras", **figures: object) -> dict[str, Any]:
    """What one kecamatan reports of a week."""
    first = date.fromisoformat(monday)
    return {
        "kode_wilayah": kode,
        "komoditas": komoditas,
        "minggu": monday,
        "mulai": first,
        "akhir": first + timedelta(6),
        **_exact(figures),
    }


def harga(day: str, harga_rp: int, pasar: str = "Masuka") -> dict[str, Any]:
    """A price of rice."""
    return {"kode_wilayah": SINTANG, "komoditas": "Beras", "pasar": pasar, "harga_rp": harga_rp, **hari(day)}


def _exact(figures: dict[str, object]) -> dict[str, Decimal]:
    return {f"{name}_ton": Decimal(str(value)) for name, value in figures.items()}


@pytest.fixture
def reports(gudang: Gudang) -> Gudang:
    """Two offices for food, one by months and one by weeks, and two for prices, one by days and one by months."""
    gudang.contract("sintang.dkp.bulanan", NERACA.format(name="bulan", type="period, format: YYYY-MM"))
    gudang.contract("sintang.dkp.mingguan", NERACA.format(name="minggu", type="date"))
    gudang.contract("sintang.disdagin.harian", HARGA.format(name="tanggal", grain="hari", type="date"))
    gudang.contract("sintang.disdagin.bulanan", HARGA.format(name="bulan", grain="bulan", type="period, format: YYYY-MM"))
    return gudang


def weeks(gudang: Gudang, kode: str, columns: str, komoditas: str = "beras") -> dict[str, tuple[Any, ...]]:
    """Monday -> these columns of a region."""
    query = f"""select minggu::text, {columns} from mart.neraca_pangan where kode_wilayah = '{kode}' and kode_komoditas = '{komoditas}' order by 1"""
    return {monday: tuple(rest) for monday, *rest in gudang.rows(query)}


def test_what_is_reported_by_months_and_by_days_stands_in_its_weeks(reports: Gudang) -> None:
    draw = random.Random(SEED)
    needs = [
        bulan(kode, f"2025-{month:02}", "Gula Pasir", kebutuhan=Decimal(draw.randrange(1, 900_000)) / 10 ** draw.randrange(4))
        for kode in KECAMATAN
        for month in range(1, 13)
    ]
    reports.accept("sintang.dkp.bulanan", [
        *needs, bulan(SEPAUK, "2026-05", kebutuhan=31, stok=100, ketersediaan=140), bulan(SEPAUK, "2026-06", kebutuhan=60.5),
        bulan(DEDAI, "2026-05", kebutuhan=62, stok=20),
    ])  # fmt: skip
    reports.accept("sintang.dkp.mingguan", [minggu(DEDAI, "2026-05-18", kebutuhan=10, stok=50), minggu(DEDAI, "2026-05-11", stok=0)])
    prices = [harga("2026-05-25", 12_000), harga("2026-05-25", 14_000, "Sungai Durian"), harga("2026-05-26", 15_000)]
    reports.accept("sintang.disdagin.harian", prices)
    monthly = {"kode_wilayah": SINTANG, "pasar": "Masuka", "bulan": "2026-05", "mulai": date(2026, 5, 1), "akhir": date(2026, 5, 31)}
    reports.accept("sintang.disdagin.bulanan", [{**monthly, "komoditas": "Beras", "harga_rp": 9_000}])
    transform(DAY)
    _needs_are_shared_out_and_come_to_the_months_again(reports, sum(row["kebutuhan_ton"] for row in needs))
    _stocks_stand_where_they_were_counted(reports)
    _prices_are_those_of_the_week(reports)


def _needs_are_shared_out_and_come_to_the_months_again(gudang: Gudang, reported: Decimal) -> None:
    """To the last digit over a year of fourteen kecamatan, whatever the digits; each week in one month."""
    assert gudang.value("select sum(kebutuhan_ton) from mart.neraca_pangan where kode_komoditas = 'gula'") == reported
    assert gudang.value(
        "select sum(kebutuhan_ton) from mart.neraca_pangan where kode_komoditas = 'beras' and kode_wilayah = '61.05.03'"
    ) == Decimal("91.5")
    found = weeks(gudang, SEPAUK, "kebutuhan_ton::float, hari_kebutuhan, bulan::text, kode_minggu")
    assert found == {
        "2026-04-27": (3, 3, "2026-04-01", "2026-W18"), "2026-05-04": (7, 7, "2026-05-01", "2026-W19"), "2026-05-11": (7, 7, "2026-05-01", "2026-W20"),
        "2026-05-18": (7, 7, "2026-05-01", "2026-W21"), "2026-05-25": (7, 7, "2026-05-01", "2026-W22"),
        "2026-06-01": (14.117, 7, "2026-06-01", "2026-W23"), "2026-06-08": (14.116, 7, "2026-06-01", "2026-W24"),
        "2026-06-15": (14.117, 7, "2026-06-01", "2026-W25"), "2026-06-22": (14.117, 7, "2026-06-01", "2026-W26"),
        "2026-06-29": (4.033, 2, "2026-07-01", "2026-W27"),
    }  # fmt: skip
    # A week that is reported itself is not counted once more from its month.
    dedai = weeks(gudang, DEDAI, "kebutuhan_ton::float, kebutuhan_periode_grain")
    assert dedai == {"2026-04-27": (6, "bulan"), **dict.fromkeys(MEI[1:], (14, "bulan")), "2026-05-18": (10, "minggu")}


def _stocks_stand_where_they_were_counted(gudang: Gudang) -> None:
    """A level is of a day: no week has one that nobody saw, and what is available in a month is said once."""
    columns = "stok_ton::float, stok_per_tanggal::text, stok_cukup_hari::float"
    assert weeks(gudang, SEPAUK, columns) == {
        **dict.fromkeys([*MEI, "2026-06-01", "2026-06-08", "2026-06-15", "2026-06-22", "2026-06-29"], (None, None, None)),
        "2026-05-25": (100, "2026-05-31", 100),
    }
    assert weeks(gudang, DEDAI, columns) == {
        "2026-04-27": (None, None, None), "2026-05-04": (None, None, None), "2026-05-11": (0, "2026-05-17", 0), "2026-05-18": (50, "2026-05-24", 35),
        "2026-05-25": (20, "2026-05-31", 10),
    }  # fmt: skip
    assert gudang.rows(
        "select minggu::text, ketersediaan_periode, ketersediaan_ton from mart.neraca_pangan where ketersediaan_ton is not null"
    ) == [("2026-05-25", "2026-05", 140)]


def _prices_are_those_of_the_week(gudang: Gudang) -> None:
    """Each day weighs the same, however many markets were asked; only a week without any takes the mean of its month."""
    columns = "harga_rata_rata_rp::float, jumlah_hari_harga, harga_periode_grain"
    expected = {"2026-04-27": (9000, 3, "bulan"), **dict.fromkeys(MEI[1:], (9000, 7, "bulan")), "2026-05-25": (14000, 2, "hari")}
    assert weeks(gudang, SINTANG, columns) == expected
    assert {monday: row for monday, row in weeks(gudang, SEPAUK, columns).items() if row[0] is not None} == expected


def test_a_warehouse_of_months_goes_on_in_weeks_beside_it(reports: Gudang) -> None:
    """Its key is another: nobody's table of months is rewritten under a dashboard, and both say what they are."""
    reports.accept("sintang.dkp.bulanan", [bulan(SEPAUK, "2026-05", kebutuhan=31, stok=100)])
    transform(DAY)
    with reports.database.connect("owner") as conn:
        conn.execute("delete from mart.neraca_pangan where minggu <> '2026-05-25'")
        conn.execute("alter table mart.neraca_pangan drop column minggu, add column stok_dikurangi_kebutuhan_ton numeric default 69")
        conn.execute("alter table mart.neraca_pangan add primary key (wilayah_key, komoditas_key, bulan)")
    reports.accept("sintang.dkp.bulanan", [bulan(SEPAUK, "2026-05", kebutuhan=31, stok=90)])
    transform(DAY)
    assert reports.rows("select bulan::text, stok_ton, stok_dikurangi_kebutuhan_ton from mart.neraca_pangan") == [("2026-05-01", 100, 69)]
    assert reports.rows("select minggu::text, stok_ton from mart.neraca_pangan_v2 where stok_ton is not null") == [("2026-05-25", 90)]
    assert reports.value("select sum(kebutuhan_ton) from mart.neraca_pangan_v2") == 31
    said = "select keterangan from mart.kamus_data where tabel = '{}' and kolom = ''"
    assert "neraca_pangan_v2" in reports.value(said.format("neraca_pangan"))
    assert "minggu" in reports.value(said.format("neraca_pangan_v2"))
