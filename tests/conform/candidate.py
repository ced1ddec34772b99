"""A candidate that says what a test wants, without dbt: two datasets, a dimension, a fact and a table that is made of the fact."""

from __future__ import annotations

from datetime import date

import psycopg

from tests.conform.conftest import Gudang
from warehouse.publish import publish
from warehouse.published import ForeignKey, PublishedTable
from warehouse.releases import ReleaseInput

DIM = PublishedTable("dim_a", "kandidat.dim_a", ("a_key",), "Dimensi", {"a_key": "Kunci", "nama": "Nama"}, figures=False)
FACT = PublishedTable(
    "fct_b", "kandidat.fct_b", ("a_key", "hari"), "Fakta",
    {"a_key": "Kunci", "hari": "Hari", "nilai": "Nilai", "catatan": "Catatan", "_dataset_id": "Dataset"}, (ForeignKey("a_key", "dim_a", "a_key"),),
)  # fmt: skip
MART = PublishedTable("ringkas", "kandidat.ringkas", ("hari",), "Gabungan", {"hari": "Hari", "jumlah": "Jumlah"})
TABLES = (FACT, DIM, MART)
FIGURES = "select a_key, nilai::float from mart.fct_b order by 1, hari"


class Candidate:
    """A candidate that says what a test wants, built anew before each release as dbt does, and what was released of it."""

    def __init__(self, gudang: Gudang, conn: psycopg.Connection) -> None:
        self.gudang, self.conn, self.cut = gudang, conn, 0
        self.figures: dict[int, float] = {}

    def released(
        self, figures: dict[int, float], tables: tuple[PublishedTable, ...] = TABLES, pins: dict[str, int] | None = None, note: str = "kode"
    ) -> dict[str, int]:
        """Publish these figures, each with a `note`; how many rows of each table that moved."""
        self.figures = figures
        for name in ("fct_b", "dim_a", "ringkas"):
            self.conn.execute(f"drop table if exists kandidat.{name}")
        values = ", ".join(f"({key}, {value})" for key, value in figures.items()) or "(null, null)"
        self.conn.execute(
            f"""create table kandidat.fct_b as select a::integer as a_key, date '2026-06-01' as hari, n::numeric as nilai, '{note} ' || a as catatan,
                (a % 2 + 1)::integer as _dataset_id from (values {values}) v (a, n) where a is not null"""
        )
        self.conn.execute("create table kandidat.dim_a as select distinct a_key, 'nama ' || a_key as nama from kandidat.fct_b")
        self.conn.execute("create table kandidat.ringkas as select hari, sum(nilai) as jumlah from kandidat.fct_b group by 1")
        given = ReleaseInput(self.cut, date(2026, 6, 2), pins or {}, "", "", "", "s")
        return {one.name: one.added + one.changed + one.removed for one in publish(self.conn, tables, given)[1] if one.any}

    def shown(self) -> dict[int, float]:
        return dict(self.gudang.rows(FIGURES))
