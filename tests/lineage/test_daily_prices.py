"""What a price went into is found among millions of them: by the week it belongs to, not by trying every week of its commodity."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from satudata.conform.lineage_steps import lineage_sources
from tests.conftest import Database

DAYS = 700
PRICES = """create table mart.fct_harga_komoditas as
    select k as komoditas_key, 1 as wilayah_key, 'hari' as periode_grain, d::date as periode_mulai, d::date as periode_akhir
    from generate_series(1, 2) k, generate_series('2024-01-01'::timestamp, '2025-11-30', '1 day') d
    union all select 1, 1, 'bulan', '2024-02-01', '2024-02-29'"""
WEEKS = """create table mart.neraca_pangan as
    select k as komoditas_key, w as wilayah_key, g as harga_periode_grain, m::date as minggu
    from generate_series(1, 2) k, generate_series(1, 3) w, unnest(array['hari', 'bulan']) g,
         generate_series('2024-01-01'::timestamp, '2025-11-30', '7 days') m"""
REGIONS = "create table mart.dim_wilayah as values (1, '61.05'), (2, '61.05'), (3, '61.12')"


@pytest.fixture
def mart(database: Database) -> Iterator[psycopg.Connection]:
    with database.connect("owner") as conn:
        for made in (PRICES, WEEKS, REGIONS):
            conn.execute(made.encode())
        conn.execute("alter table mart.dim_wilayah rename column1 to wilayah_key")
        conn.execute("alter table mart.dim_wilayah rename column2 to kode_kabupaten_kota")
        conn.execute("analyze mart.fct_harga_komoditas, mart.neraca_pangan, mart.dim_wilayah")
        yield conn


def pairs() -> str:
    steps = [one for one in lineage_sources() if (one.table, one.source) == ("neraca_pangan", "fct_harga_komoditas")]
    return " union all ".join(
        f"select s.periode_mulai, m.minggu from mart.{one.source} s join mart.{one.table} m on {one.condition}" for one in steps
    )


def tried(plan: dict[str, Any]) -> int:
    """Rows that were looked at and thrown away, in a plan and all below it."""
    own = sum(plan.get(name, 0) * plan["Actual Loops"] for name in ("Rows Removed by Filter", "Rows Removed by Join Filter"))
    return int(own) + sum(tried(below) for below in plan.get("Plans", []))


def test_every_price_leads_to_the_weeks_of_its_town(mart: psycopg.Connection) -> None:
    """A day's to its week, a month's to all that it touches; each in the two regions of its town."""
    found = mart.execute(
        f"select periode_mulai, minggu from ({pairs()}) p where periode_mulai = '2024-02-01' order by 2".encode()
    ).fetchall()
    weeks = [f"{week:%m-%d}" for _, week in found]
    day = ["01-29"] * 4  # of two commodities
    assert weeks == sorted([*day, *[week for week in ("01-29", "02-05", "02-12", "02-19", "02-26") for _ in range(2)]])


def test_no_price_is_tried_with_every_week(mart: psycopg.Connection) -> None:
    """Going back on a million prices took hours."""
    ((told,),) = mart.execute(f"explain (analyze, timing off, format json) {pairs()}".encode()).fetchall()
    plan = told[0]["Plan"]
    assert tried(plan) < 50 * DAYS, "of 200 weeks for each of 1,400 prices, in two grains and three regions"
