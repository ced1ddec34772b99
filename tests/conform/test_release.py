"""A release says what was accepted, under the right region, once; what is wrong stays out without taking the rest along."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import psycopg
import pytest

from contracts.errors import ReleaseTestsFailed
from contracts.references import reference_rows
from satudata.releases.check import check
from satudata.releases.rollback import resume, rollback
from satudata.releases.withdraw import withdraw_rows
from satudata.transform import transform
from tests.conform.conftest import Gudang
from tests.conform.described import everything_is_described
from tests.conform.registry import accept_first_batches, bantuan, harga, stok, titik, write_contracts
from warehouse.row_ledger import clear_old

DAY = date(2026, 6, 2)


@pytest.mark.timeout(900)
def test_from_accepted_rows_to_three_releases(gudang: Gudang) -> None:
    """One story, because a build costs ten seconds: publish, skip, map and keep back, take in again."""
    write_contracts(gudang)
    accept_first_batches(gudang)
    first = transform(DAY)
    assert (first["skipped"], first["release_id"], first["kept_back"]) == (False, 1, [])
    _regions_are_right(gudang)
    _marts_are_filled(gudang)
    _readers_see_mart_alone(gudang)
    everything_is_described(gudang)
    _nothing_new_is_skipped(gudang)
    with gudang.database.connect("owner") as conn:
        conn.execute(
            """create schema kota;
               create view kota.harga as select kode_komoditas, harga_rp from mart.fct_harga_komoditas join mart.dim_komoditas using (komoditas_key)"""
        )
    before = gudang.rows("select kode_wilayah, diperbarui_pada from mart.indikator_terkini order by 1, 2")
    _a_mapping_brings_rows_in_and_a_bad_dataset_stays_back(gudang)
    assert (
        gudang.rows("select kode_wilayah, diperbarui_pada from mart.indikator_terkini order by 1, 2") == before
    )  # untouched rows are not written
    _a_corrected_dataset_comes_back(gudang)
    assert gudang.rows("select * from kota.harga order by 1", "owner") == [
        ("beras_medium", 13300),
        ("beras_premium", 21000),
        ("gula", 17900),
    ]

    _what_is_withdrawn_is_left_out_of_what_is_made_of_it(gudang)
    _a_rollback_stands(gudang)
    _a_failure_that_names_no_dataset_leaves_the_last_release(gudang)


def _what_is_withdrawn_is_left_out_of_what_is_made_of_it(gudang: Gudang) -> None:
    """At once and by the next build: the balance of the month is computed without the stock that was withdrawn."""
    key = gudang.rows("""select wilayah_key, komoditas_key, periode_key from mart.fct_neraca_pangan join mart.dim_wilayah using (wilayah_key)
                         where kode_wilayah = '61.05.07' or nama_wilayah = 'Tempunak' limit 1""")[0]
    match = dict(zip(("wilayah_key", "komoditas_key", "periode_key"), map(str, key), strict=True))
    found = withdraw_rows(["mart.fct_neraca_pangan"], match, "Walidata", "salah kecamatan")
    assert (found["changes"]["fct_neraca_pangan"], found["release_id"], found["rebuilt"]) == (2, 4, 5)
    assert gudang.value("select count(*) from mart.neraca_pangan where nama_wilayah = 'Tempunak'") == 0
    past = "select count(*) from mart.riwayat_angka join mart.dim_wilayah using (wilayah_key) where fakta = 'fct_neraca_pangan' and nama_wilayah = {}"
    assert (gudang.value(past.format("'Tempunak'")), gudang.value(past.format("'Sepauk'"))) == (0, 7)
    assert gudang.rows("select kind, state from ops.release order by release_id desc limit 2", "owner") == [
        ("transform", "published"), ("withdrawal", "published")]  # fmt: skip


def _a_rollback_stands(gudang: Gudang) -> None:
    """New prices were rolled back: the next transform keeps yesterday's and lets other datasets through. Let go, they come in as any other would: the one
    that another agency contradicts is held."""
    before = gudang.rows(
        "select kode_komoditas, harga_rp from mart.fct_harga_komoditas join mart.dim_komoditas using (komoditas_key) order by 1"
    )
    newer = {"diambil": "2026-06-02T02:00:00Z"}
    gudang.accept("sintang.dkp.harga", [harga("Beras Medium", 99000, **newer), harga("Kedelai", 12000, **newer)])
    assert transform(DAY)["changes"]["fct_harga_komoditas"]["added"] == 1
    rollback(None, "Walidata", "salah ketik di pasar")
    assert history(gudang, "kedelai") == [(6, 1, "terbit", 12000), (7, 2, "dihapus", None)]
    gudang.accept("kediri.dinkes.posyandu", [titik("Melati", "Bujel"), titik("Kenanga", "Bujel")])
    after = transform(DAY)
    assert (after["skipped"], after["release_id"]) == (False, 8)
    assert (
        gudang.rows(
            "select kode_komoditas, harga_rp from mart.fct_harga_komoditas join mart.dim_komoditas using (komoditas_key) order by 1"
        )
        == before
    )
    assert gudang.rows("select nama_titik from mart.titik_layanan order by 1") == [("Kenanga",), ("Melati",)]
    assert not any(one["differing"] for one in check())
    resume(["sintang.dkp.harga"], "Walidata", "sudah dibetulkan")
    transform(DAY)
    assert gudang.rows("""select kode_komoditas, harga_rp, status_rekonsiliasi from mart.fct_harga_komoditas join mart.dim_komoditas using (komoditas_key)
                          where kode_komoditas in ('beras_medium', 'kedelai') order by 1""") == [
        ("beras_medium", 13300, "ditahan"), ("kedelai", 12000, "tunggal")]  # fmt: skip
    _the_past_of_a_cell_outlives_the_records_of_releases(gudang)


def _the_past_of_a_cell_outlives_the_records_of_releases(gudang: Gudang) -> None:
    """A figure as it was published at any release, and on any date, also when nobody can go back there any more."""
    with gudang.database.connect("transformer", autocommit=True) as conn:
        assert clear_old(conn, 0) > 0
    as_of = """select distinct on (objek_key, rincian_key) nilai from mart.riwayat_angka join mart.dim_komoditas on komoditas_key = objek_key
               where fakta = 'fct_harga_komoditas' and kode_komoditas = '{}' and rilis <= {} order by objek_key, rincian_key, rilis desc"""
    assert [gudang.value(as_of.format("beras_medium", release)) for release in (1, 2, 3, 5, 9)] == [13200, 13200, 13300, 13300, 13300]
    assert [gudang.value(as_of.format("kedelai", release)) for release in (6, 7, 8, 9)] == [12000, None, None, 12000]


def history(gudang: Gudang, kode: str) -> list[tuple[Any, ...]]:
    """What the price of a commodity has been to readers."""
    return gudang.rows(
        f"""select rilis, angka_ke, perubahan, nilai from mart.riwayat_angka join mart.dim_komoditas on komoditas_key = objek_key
            where fakta = 'fct_harga_komoditas' and kode_komoditas = '{kode}' order by 1"""
    )


def _regions_are_right(gudang: Gudang) -> None:
    """Every kelurahan of Kota Serang got its own figure, though 6 bear the name of a kecamatan and one name occurs twice."""
    expected = {
        row["kode"]: int(row["kode"][-4:])
        for row in reference_rows("wilayah")
        if row["level"] == "desa_kelurahan" and row["kode"].startswith("36.73")
    }
    query = """select kode_wilayah, nilai::integer from mart.indikator_terkini
               where kode_indikator = 'penduduk' and nama_klasifikasi = 'Jenis Kelamin: laki laki'"""
    assert dict(gudang.rows(query)) == expected
    totals = gudang.rows(
        "select distinct nilai::text, satuan, wilayah_level, periode from mart.indikator_terkini where kode_indikator = 'penduduk' and adalah_total"
    )
    assert totals == [("2500", "jiwa", "desa_kelurahan", "2025")]  # 2,5 ribu jiwa
    assert gudang.rows("select reference, published, dataset, rows from ops.unmapped_code", "owner") == [
        ("komoditas", "beras adan", "sintang.disdagin.harga", 1)
    ]


def _marts_are_filled(gudang: Gudang) -> None:
    assert gudang.rows("""select kode_komoditas, harga_rp, nama_pasar from mart.fct_harga_komoditas
                          join mart.dim_komoditas using (komoditas_key) join mart.dim_pasar using (pasar_key) order by 1""") == [
        ("beras_medium", 13200, "Pasar Masuka"), ("gula", 17800, "Pasar Masuka")]  # fmt: skip
    query = "select nama_kelurahan, nama_klasifikasi, nilai from mart_instansi.sosial_kelurahan where kode_indikator = 'ppks' order by 1, 2"
    assert gudang.rows(query, "bi_instansi") == [
        ("Mojoroto", "Jenis PPKS: anak terlantar", 4), ("Mojoroto", "Jenis PPKS: pengemis", 2), ("Pesantren", "Jenis PPKS: pengemis", 3)]  # fmt: skip
    assert gudang.rows("""select nama_wilayah, kode_minggu, kebutuhan_ton, stok_ton, stok_per_tanggal::text, stok_cukup_hari::float
                          from mart.neraca_pangan where stok_ton is not null order by minggu""") == [
        ("Sepauk", "2026-W21", 40, 25.5, "2026-05-18", 0.6), ("Sepauk", "2026-W22", 40, 20, "2026-05-25", 0.5)]  # fmt: skip
    assert gudang.rows("select nama_titik, kode_wilayah, lintang::float from mart.titik_layanan order by 1") == [
        ("Mawar", "35.71.01.1006", -7.82), ("Melati", "35.71.01.1006", -7.82)]  # fmt: skip
    assert gudang.rows("select kode_pemda, nama_opd, status, aktif from mart.keaktifan_situs_opd") == [
        ("36.73", "BPBD", "tidak_aktif", False)
    ]
    assert gudang.rows("""select kode_wilayah, nama_opd, judul, kategori
                          from mart.fct_informasi_publik join mart.dim_wilayah using (wilayah_key) order by 3""") == [
        ("35.71", "Dinas Contoh", "Laporan keuangan", "setiap_saat"), ("35.71", "Dinas Contoh", "Uji konsekuensi", "dikecualikan")]  # fmt: skip
    assert gudang.rows("""select opd, indikator_kinerja, target::float, realisasi::float, f.satuan, realisasi_per_target_persen::float, periode
                          from mart.fct_kinerja f join mart.dim_opd using (opd_key) join mart.dim_periode using (periode_key) order by 2""") == [
        ("bappeda", "Angka kemiskinan", 0, 3.5, "nilai", None, "2025"), ("bappeda", "Nilai SAKIP", 80, 76, "nilai", 95, "2025")]  # fmt: skip
    assert gudang.rows(
        "select count(*), count(*) filter (where sudah_melapor), sum(jumlah_posyandu) from mart.profil_kelurahan where nama_kabupaten_kota = 'Kota Kediri'"
    ) == [(46, 2, 2)]
    assert gudang.rows("select kode_wilayah, tahun, bantuan_rp, status_angka, baris_ke from mart.data_sintang_dinsos_bantuan order by 5") == [
        ("61.05.03", "2025", 200000, "tetap", 1), ("61.05.03", "2025", 200000, "sementara", 2)]  # fmt: skip


def _readers_see_mart_alone(gudang: Gudang) -> None:
    columns = {
        name
        for (name,) in gudang.rows(
            "select attname from pg_attribute where attrelid = 'mart.data_sintang_dinsos_bantuan'::regclass and attnum > 0"
        )
    }
    shown = {"penerbit", "kode_wilayah", "tahun", "bantuan_rp", "kali", "status_angka", "baris_ke", "diperbarui_pada"}
    assert columns == shown  # neither nik nor nama
    for forbidden in (
        "select * from raw.indikator",
        "select * from kandidat.fct_indikator",
        "select * from ops.release",
        "delete from mart.fct_indikator",
    ):
        with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction)):
            gudang.rows(forbidden)


def _nothing_new_is_skipped(gudang: Gudang) -> None:
    start = time.monotonic()
    again = transform(DAY)
    assert (again["skipped"], again["release_id"]) == (True, 1)
    assert time.monotonic() - start < 2


def _a_mapping_brings_rows_in_and_a_bad_dataset_stays_back(gudang: Gudang) -> None:
    """The rows of `beras adan` come without a fetch; the stock batch with a negative figure is left out, named, and yesterday's figures stand."""
    with gudang.database.connect("loader") as conn:
        conn.execute(
            "insert into ops.mapping (reference, published, code, by, at) values ('komoditas', 'beras adan', 'beras_premium', 'walidata', '2026-06-02')"
        )
    gudang.accept("sintang.dkp.stok", [stok("Sepauk", "2026-05-25", 40, -3), stok("Tempunak", "2026-05-25", 40, 9)])
    gudang.accept("sintang.dinsos.bantuan", [bantuan("6105010101010001", "Tempunak")])
    second = transform(DAY)
    assert (second["release_id"], second["kept_back"]) == (2, ["sintang.dkp.stok"])
    assert second["changes"]["fct_harga_komoditas"] == {"added": 1, "changed": 0, "removed": 0, "rows": 3}
    assert second["changes"]["data_sintang_dinsos_bantuan"] == {"added": 0, "changed": 1, "removed": 1, "rows": 1}
    assert second["changes"]["fct_neraca_pangan"] == {"added": 0, "changed": 0, "removed": 0, "rows": 4}
    assert gudang.value("select count(*) from ops.unmapped_code", "owner") == 0
    assert gudang.rows("select dataset, up_to_no, reason from ops.pin", "owner") == [
        ("sintang.dkp.stok", 9, "uji gagal: fct_neraca_pangan_tidak_negatif")
    ]
    assert gudang.rows("select rule_id, dataset, release_id, failed, severity from ops.check_result where outcome = 'fail'", "owner") == [
        ("fct_neraca_pangan_tidak_negatif", "sintang.dkp.stok", None, 1, "fail")]  # fmt: skip
    assert transform(DAY)["skipped"]


def _a_corrected_dataset_comes_back(gudang: Gudang) -> None:
    """A newer batch lifts the pin; of two agencies' prices that are as good as equal the newest fetch is published, once, and marked as rounding."""
    gudang.accept("sintang.dkp.stok", [stok("Sepauk", "2026-05-25", 40, 3), stok("Tempunak", "2026-05-25", 40, 9)])
    gudang.contract("sintang.dkp.harga", (gudang.sources / "sintang/disdagin/harga.yml").read_text().split("write: snapshot\n")[1])
    gudang.accept(
        "sintang.dkp.harga",
        [harga("Beras Medium", 13300, diambil="2026-06-02T00:00:00Z"), harga("Gula Pasir", 17900, diambil="2026-06-02T00:00:00Z")],
    )
    third = transform(DAY)
    assert (third["release_id"], third["kept_back"]) == (3, [])
    assert third["changes"]["fct_neraca_pangan"] == {"added": 2, "changed": 1, "removed": 2, "rows": 4}
    assert third["changes"]["fct_harga_komoditas"] == {"added": 0, "changed": 2, "removed": 0, "rows": 3}
    assert gudang.rows("""select jumlah_laporan, selisih_laporan_rp, dataset, status_rekonsiliasi from mart.fct_harga_komoditas
                          join mart.dim_sumber using (_dataset_id) order by 2, 1""") == [
        (1, 0, "sintang.disdagin.harga", "tunggal"), (2, 100, "sintang.dkp.harga", "pembulatan"), (2, 100, "sintang.dkp.harga", "pembulatan")]  # fmt: skip
    assert history(gudang, "beras_medium") == [(1, 1, "terbit", 13200), (3, 2, "revisi", 13300)]
    assert gudang.rows("select rule_id from ops.check_result where outcome = 'fail' and release_id = 3", "owner") == []


def _a_failure_that_names_no_dataset_leaves_the_last_release(gudang: Gudang) -> None:
    """A region list with a level nobody knows is our own mistake: nothing is published, nobody is blamed, and the next run tries again."""
    before = gudang.published()
    with gudang.database.connect("owner") as conn:
        conn.execute("insert into ops.reference_item (reference, code, name, level) values ('wilayah', '99', 'Negeri di Awan', 'planet')")
        conn.execute(
            "insert into ops.mapping (reference, published, code, by, at) values ('komoditas', 'emas', 'beras', 'walidata', '2026-06-02')"
        )
    with pytest.raises(ReleaseTestsFailed, match="dim_wilayah_level_dikenal") as failure:
        transform(DAY)
    assert failure.value.datasets == ()
    assert gudang.published() == before
    assert gudang.rows("select dataset, count(*) from ops.pin group by 1", "owner") == []
