"""A withdrawal takes the past of what it concerns and of nothing else: every other figure stays in the history, and in the records of rows, for good."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner

from contracts.errors import BuildFailed
from satudata.commands.release_withdraw import withdraw_command
from satudata.releases import rollback as acts
from satudata.releases import withdraw
from tests.conform.conftest import Gudang
from warehouse.publish import publish
from warehouse.published import PublishedTable
from warehouse.releases import ReleaseInput

KEY = ("komoditas_key", "wilayah_key", "periode_key", "pasar_key")
FACT = PublishedTable(
    "fct_harga_komoditas", "kandidat.harga", KEY, "Harga",
    {name: name for name in (*KEY, "harga_rp", "selisih", "status_angka", "_dataset_id")},
)  # fmt: skip
MART = PublishedTable("rata_rata", "kandidat.rata_rata", ("komoditas_key",), "Gabungan", {"komoditas_key": "Kunci", "harga_rp": "Harga"})
MADE_OF = "insert into ops.lineage_source values ('rata_rata', 1, 'fct_harga_komoditas', true, '{}', '$s.komoditas_key = $m.komoditas_key')"
ACCEPTED = """insert into ops.lineage_source values ('fct_harga_komoditas', 2, '(select * from kandidat.laporan)', false, '{}',
                '$s.komoditas_key = $m.komoditas_key and $s.wilayah_key = $m.wilayah_key')"""
HISTORY = "select objek_key, nilai::integer from mart.riwayat_angka order by 1, rilis"
RECORDS = (
    "select key ->> 'komoditas_key', before ->> 'harga_rp' from ops.release_row where table_name = %s and before is not null order by 1, 2"
)


class Prices:
    """Prices of commodities in two places, each reported by agencies; what several report differs by `selisih`, and the average is made of all."""

    def __init__(self, conn: psycopg.Connection) -> None:
        self.conn = conn
        self.reports: dict[tuple[int, int], dict[int, int]] = {}

    def released(self, reports: dict[tuple[int, int], dict[int, int]], *tables: PublishedTable) -> int:
        """Publish {(commodity, place): {dataset: price}}; the first dataset is the one whose price is shown."""
        self.reports = reports
        for name in ("harga", "rata_rata", "laporan"):
            self.conn.execute(f"drop table if exists kandidat.{name}")
        rows = [(k, w, d, price) for (k, w), of in reports.items() for d, price in of.items()]
        self.conn.execute("create table kandidat.laporan (komoditas_key integer, wilayah_key integer, _dataset_id integer, harga numeric)")
        self.conn.cursor().executemany("insert into kandidat.laporan values (%s, %s, %s, %s)", rows)
        self.conn.execute(
            """create table kandidat.harga as
               select komoditas_key, wilayah_key, 0 as periode_key, 0 as pasar_key, (array_agg(harga order by _dataset_id))[1] as harga_rp,
                      max(harga) - min(harga) as selisih, 'tetap' as status_angka, min(_dataset_id) as _dataset_id from kandidat.laporan group by 1, 2"""
        )
        self.conn.execute(
            "create table kandidat.rata_rata as select komoditas_key, avg(harga_rp) as harga_rp from kandidat.harga group by 1"
        )
        return publish(self.conn, tables or (FACT, MART), ReleaseInput(0, date(2026, 6, 2), {}, "", "", "", "s"))[0]

    def kept(self, table: str) -> list[tuple[Any, ...]]:
        """(commodity, what the ledger keeps of what it said before)."""
        return self.conn.execute(RECORDS, [table]).fetchall()


@pytest.fixture
def prices(gudang: Gudang, monkeypatch: pytest.MonkeyPatch) -> Iterator[Prices]:
    with gudang.database.connect("transformer", autocommit=True) as conn:
        conn.execute("insert into ops.cut values (0, '2026-06-02')")
        with gudang.database.connect("owner") as owner:
            owner.execute("insert into ops.dataset (dataset, raw_table) values ('kota.pasar.satu', 'raw.x'), ('kota.dinas.dua', 'raw.x')")
        conn.execute(MADE_OF)
        conn.execute(ACCEPTED)
        made = Prices(conn)
        monkeypatch.setattr("satudata.transform.transform", lambda _: {"release_id": made.released(made.reports)})
        yield made


def test_figures_of_others_keep_their_history(gudang: Gudang, prices: Prices) -> None:
    """Though they change in the very release that follows a withdrawal: what was first published must stand beside what it was revised to."""
    prices.released({(1, 1): {1: 100}, (2, 1): {2: 7007}, (3, 1): {1: 300}})
    prices.reports = {(1, 1): {1: 111}, (3, 1): {1: 300}}
    withdraw.withdraw_dataset("kota.dinas.dua", "walidata", "tanpa dasar")
    assert gudang.rows(HISTORY) == [(1, 100), (1, 111), (3, 300)]
    assert prices.kept("fct_harga_komoditas") == [("1", "100")]


def test_what_once_told_of_a_closed_dataset_does_not_come_back_by_a_rollback(gudang: Gudang, prices: Prices) -> None:
    """Another agency speaks there by now, and the average of those days tells the closed price; what neither was made of goes back."""
    prices.released({(1, 1): {2: 7007}, (1, 2): {1: 90}, (2, 1): {1: 200}})
    with gudang.database.connect("owner") as owner:
        owner.execute("update ops.dataset set akses = 'tertutup' where dataset = 'kota.dinas.dua'")
    prices.released({(1, 1): {1: 101}, (1, 2): {1: 90}, (2, 1): {1: 201}})
    acts.rollback(1, "walidata", "keliru")
    assert gudang.rows("select komoditas_key, wilayah_key, harga_rp::integer, _dataset_id from mart.fct_harga_komoditas order by 1, 2") == [
        (1, 1, 101, 1), (1, 2, 90, 1), (2, 1, 200, 1)]  # fmt: skip
    assert gudang.rows("select komoditas_key, harga_rp::float from mart.rata_rata order by 1") == [(1, 95.5), (2, 200)]


TOLD = "select rilis, perubahan, nilai::integer from mart.riwayat_angka where objek_key = 1 order by rilis"


@pytest.mark.parametrize(
    ("past", "told"),
    [
        ([{2: 100}, {1: 110, 2: 100}], [(1, "terbit", 100), (2, "ditarik", None), (3, "dihapus", None), (4, "kembali", 100)]),
        ([{1: 100, 2: 100}], [(1, "ditarik", None), (2, "dihapus", None), (3, "kembali", 100)]),
        ([{2: 100}, {1: 100, 2: 100}], [(1, "terbit", 100), (3, "dihapus", None), (4, "kembali", 100)]),
        ([{1: 100}, {2: 100}], [(1, "ditarik", None), (3, "revisi", 100)]),
        ([{1: 100}, {2: 110}, {1: 120, 2: 110}, {2: 100}], [(1, "ditarik", None), (2, "revisi", 110), (3, "ditarik", None), (4, "revisi", 100)]),
    ],
)  # fmt: skip
def test_the_history_tells_that_a_figure_went_and_that_another_came_back(
    gudang: Gudang, prices: Prices, past: list[dict[int, int]], told: list[tuple[Any, ...]]
) -> None:
    """Two agencies state one figure and one of them is withdrawn: no release must seem to have shown what its readers never saw."""
    for reports in past:
        prices.released({(1, 1): reports, (2, 1): {1: 7007}})
    prices.reports = {(1, 1): {2: 100}}
    withdraw.withdraw_dataset("kota.pasar.satu", "walidata", "tanpa dasar")
    assert gudang.rows(TOLD) == told
    assert gudang.value("select count(*) from mart.riwayat_angka where objek_key = 2 or _dataset_id = 1") == 0, (
        "nobody else tells of that cell"
    )
    prices.reports = {}
    withdraw.withdraw_dataset("kota.dinas.dua", "walidata", "tanpa dasar")
    assert gudang.rows("select * from mart.riwayat_angka") == [], "of nothing but figures that were withdrawn not even the places are told"


def test_rows_of_one_dataset_leave_what_another_said_of_their_cells(gudang: Gudang, prices: Prices) -> None:
    prices.released({(1, 1): {2: 100}})
    prices.released({(1, 1): {1: 110, 2: 100}})
    withdraw.withdraw_rows(["fct_harga_komoditas"], {"_dataset_id": "1", "komoditas_key": "1"}, "walidata", "keliru")
    prices.released({(1, 1): {2: 101}})
    assert gudang.rows(TOLD)[:3] == [(1, "terbit", 100), (2, "ditarik", None), (3, "dihapus", None)]
    assert gudang.rows(TOLD)[3][1:] == ("kembali", 101)


def test_a_dataset_that_is_closed_leaves_what_another_says_of_its_cells(gudang: Gudang, prices: Prices) -> None:
    prices.released({(1, 1): {1: 100, 2: 100}, (2, 1): {1: 200}})
    with gudang.database.connect("owner") as owner:
        owner.execute("update ops.dataset set akses = 'tertutup' where dataset = 'kota.pasar.satu'")
    prices.released({(1, 1): {2: 100}})
    assert gudang.rows("select objek_key, rilis, perubahan, nilai::integer from mart.riwayat_angka order by rilis") == [
        (1, 1, "ditarik", None), (1, 2, "revisi", 100)]  # fmt: skip


def test_rows_that_held_what_was_withdrawn_lose_what_they_said(gudang: Gudang, prices: Prices) -> None:
    """A difference between agencies tells the figure that is withdrawn, an average too; those of other commodities stay."""
    prices.released({(1, 1): {1: 100, 2: 90}, (2, 1): {1: 200}, (3, 1): {1: 300}, (3, 2): {2: 7007}})
    prices.released({(1, 1): {1: 101, 2: 90}, (2, 1): {1: 201}, (3, 1): {1: 300}, (3, 2): {2: 7009}})
    prices.reports = {(1, 1): {1: 101}, (2, 1): {1: 202}, (3, 1): {1: 300}}
    withdraw.withdraw_dataset("kota.dinas.dua", "walidata", "tanpa dasar")
    assert prices.kept("fct_harga_komoditas") == [("2", "200"), ("2", "201")]
    assert [(key, before.partition(".")[0]) for key, before in prices.kept("rata_rata")] == [("2", "200"), ("2", "201")]
    differences = gudang.rows(
        "select before ->> 'selisih', after ->> 'selisih' from ops.release_row where key ->> 'komoditas_key' = '1'", "owner"
    )
    assert {said for pair in differences for said in pair} <= {None, "0"}
    assert gudang.rows(HISTORY) == [(1, 100), (1, 101), (2, 200), (2, 201), (2, 202), (3, 300)]
    assert gudang.value("select count(*) from ops.withdrawn_row", "owner") == 0


def test_records_of_what_was_never_made_of_the_dataset_stay(gudang: Gudang, prices: Prices) -> None:
    """And those of what once was go, though another dataset speaks there by now, or nobody: an average of those days tells the withdrawn price."""
    prices.released({(1, 1): {1: 100}, (2, 1): {1: 200}, (3, 1): {2: 7007}, (4, 1): {2: 7008}, (5, 1): {1: 500}})
    prices.released({(1, 1): {1: 101}, (2, 1): {1: 200}, (3, 1): {1: 300}, (5, 1): {1: 500}})
    prices.released({(1, 1): {1: 101}, (2, 1): {1: 201}, (3, 1): {1: 301}})
    prices.reports = {(1, 1): {1: 101}, (2, 1): {1: 201}, (3, 1): {1: 301}}
    withdraw.withdraw_dataset("kota.dinas.dua", "walidata", "tanpa dasar")
    assert [(key, before.partition(".")[0]) for key, before in prices.kept("rata_rata")] == [("1", "100"), ("2", "200"), ("5", "500")]
    assert prices.kept("fct_harga_komoditas") == [("1", "100"), ("2", "200"), ("5", "500")]
    told = gudang.rows("select key ->> 'komoditas_key' from ops.release_row where withdrawn", "owner")
    assert {key for (key,) in told} == {"3", "4"}


def test_what_is_made_of_a_withdrawn_row_is_known_by_what_it_is_made_of(gudang: Gudang, prices: Prices) -> None:
    """Not by columns that bear one name: a row of another place that feeds the same average tells it as well."""
    prices.released({(1, 1): {1: 100}, (1, 2): {1: 7007}, (2, 1): {1: 200}})
    prices.reports = {(1, 1): {1: 100}, (2, 1): {1: 201}}
    withdraw.withdraw_rows(["fct_harga_komoditas"], {"wilayah_key": "2"}, "walidata", "rahasia")
    assert [(key, before.partition(".")[0]) for key, before in prices.kept("rata_rata")] == [("2", "200")]
    assert gudang.rows(HISTORY) == [(1, 100), (2, 200), (2, 201)]
    acts.rollback(1, "walidata", "keliru")
    assert gudang.rows("select komoditas_key, harga_rp::integer from mart.rata_rata order by 1") == [(1, 100), (2, 200)]


def test_what_is_not_computed_anew_yet_leaves_no_record_by_a_rollback_either(
    gudang: Gudang, prices: Prices, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table that is younger than the release that is gone back to is emptied row by row: its sums still hold the withdrawn figure."""
    prices.released({(1, 1): {1: 100}, (1, 2): {1: 7007}}, FACT)
    prices.released({(1, 1): {1: 100}, (1, 2): {1: 7007}})

    def transform(_: date) -> dict[str, Any]:
        raise BuildFailed(("rata_rata",), "disk penuh")

    monkeypatch.setattr("satudata.transform.transform", transform)
    assert "BELUM dihitung ulang" in said("fct_harga_komoditas", "wilayah_key=2", "--alasan", "rahasia")
    acts.rollback(1, "walidata", "keliru")
    assert gudang.rows("select change, before from ops.release_row where table_name = 'rata_rata'", "owner") == [("removed", None)]


def said(*arguments: str) -> str:
    found = CliRunner().invoke(withdraw_command, [*arguments, "--oleh", "Sari"], catch_exceptions=False)
    assert found.exit_code == 0, found.output
    return found.output


def test_what_would_go_is_shown_and_nothing_goes(gudang: Gudang, prices: Prices) -> None:
    prices.released({(1, 1): {1: 100}, (1, 2): {2: 120}, (2, 1): {1: 200, 2: 210}})
    before = gudang.published()
    rows = said("fct_harga_komoditas", "komoditas_key=1", "--lihat")
    assert "mart.fct_harga_komoditas: 2 baris\n    pasar_key=0 periode_key=0 wilayah_key=1 komoditas_key=1\n" in rows
    assert "dihitung ulang tanpa angka itu:\n  mart.rata_rata: 1 baris\n" in rows
    dataset = said("--dataset", "kota.dinas.dua", "--lihat")
    assert "mart.fct_harga_komoditas: 1 baris" in dataset
    assert "ulang tanpa angka itu:\n  mart.fct_harga_komoditas: 1 baris\n  mart.rata_rata: 2 baris\n" in dataset, (
        "the other is one of its reports"
    )
    assert "Belum ada yang ditarik" in dataset
    assert gudang.published() == before
    assert gudang.rows("select (select count(*) from ops.withdrawal), (select count(*) from ops.release)", "owner") == [(0, 1)]
    refused = CliRunner().invoke(withdraw_command, ["fct_harga_komoditas", "komoditas_key=1"])
    assert ("--alasan" in refused.output, refused.exit_code) == (True, 2)


def test_a_row_that_was_computed_names_what_it_comes_from(gudang: Gudang, prices: Prices) -> None:
    """Where the figure stays published; and as nothing is made of the row itself, no release is made to compute that anew."""
    prices.released({(1, 1): {1: 100}, (1, 2): {2: 120}, (2, 1): {1: 200}})
    told = said("rata_rata", "komoditas_key=1", "--alasan", "rahasia")
    assert "mart.rata_rata dihitung dari mart.fct_harga_komoditas (2 baris, dari kota.dinas.dua, kota.pasar.satu)" in told
    assert "satudata release withdraw fct_harga_komoditas pasar_key=0 periode_key=0 wilayah_key=1 komoditas_key=1 --alasan" in told
    assert gudang.rows("select release_id, kind from ops.release order by 1", "owner") == [(1, "transform"), (2, "withdrawal")]
    assert gudang.value("select rebuilt_release_id from ops.withdrawal", "owner") == 2
    assert "fct_harga_komoditas dihitung dari" not in said("fct_harga_komoditas", "komoditas_key=2", "--alasan", "rahasia")


def test_only_tables_that_can_be_withdrawn_from_are_named_as_copies(gudang: Gudang, prices: Prices) -> None:
    """A table that shares one of two columns says nothing of the same cell, and `--juga` would fail on it."""
    cells = {name: name for name in ("komoditas_key", "wilayah_key", "harga")}
    copy = PublishedTable("salinan", "kandidat.laporan", ("komoditas_key", "wilayah_key"), "Salinan", cells)
    prices.conn.execute("create table kandidat.lain as select 1 as komoditas_key, 'x' as catatan")
    other = PublishedTable("lain", "kandidat.lain", ("komoditas_key",), "Lain", {"komoditas_key": "Kunci", "catatan": "Catatan"})
    prices.released({(1, 1): {1: 100}, (1, 2): {1: 120}}, FACT, MART, copy, other)
    told = said("fct_harga_komoditas", "komoditas_key=1", "wilayah_key=2", "--lihat")
    assert "Periksa juga mart.salinan: 1 baris" in told
    assert "mart.lain" not in told
    assert "mart.salinan: 1 baris\n" in said("fct_harga_komoditas", "komoditas_key=1", "wilayah_key=2", "--juga", "salinan", "--lihat")
