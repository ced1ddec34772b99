"""Prevents that a dataset kept back by a failed test stays back for good although what failed has been mended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
import pytest

from satudata.conform.blame import keep_back, let_try_again
from satudata.conform.inputs import release_input
from satudata.review.behind import behind_list
from satudata.transform import transform
from tests.conform.conftest import Gudang, tahun
from tests.conform.registry import PPKS, TITIK, ppks, titik
from warehouse.pins import pin, unpin

DAY = date(2026, 6, 2)
NOW = datetime(2026, 6, 2, tzinfo=UTC)
MIGRATIONS = Path(__file__).parents[2] / "warehouse" / "migrations"
PPKS_ID, WITH = "kediri.dinsos.ppks", "sidik"
PINS = "select penerbit, up_to_no from ops.pin order by 1"
WHY = {PPKS_ID: ["uji"]}


@pytest.fixture
def conn(gudang: Gudang) -> Iterator[psycopg.Connection]:
    """Two publishers of one dataset, accepted as 1 and 2."""
    gudang.contract(PPKS_ID, PPKS)
    for penerbit in ("a", "b"):
        gudang.accept(PPKS_ID, [ppks("Mojoroto", "Pengemis", 2)], penerbit)
    with gudang.database.connect("transformer", autocommit=True) as conn:
        yield conn


def test_all_publishers_are_tried_again_once_one_of_them_sent_a_newer_batch(gudang: Gudang, conn: psycopg.Connection) -> None:
    """The others may never send anything again: their rows were right."""
    keep_back(conn, release_input(conn, DAY), None, WHY, WITH)
    let_try_again(conn, WITH)
    assert gudang.rows(PINS, "owner") == [("a", 0), ("b", 0)]
    gudang.accept(PPKS_ID, [ppks("Mojoroto", "Pengemis", 3)], "b")
    let_try_again(conn, WITH)
    assert gudang.rows(PINS, "owner") == []


def test_a_batch_accepted_while_the_tests_ran_is_not_hidden(gudang: Gudang, conn: psycopg.Connection) -> None:
    given = release_input(conn, DAY)
    gudang.accept(PPKS_ID, [ppks("Mojoroto", "Pengemis", 3)], "a")
    less = keep_back(conn, given, None, WHY, WITH)
    assert (less.cut_no, set(less.pins.values())) == (2, {0})
    let_try_again(conn, WITH)
    assert gudang.rows(PINS, "owner") == []


def test_an_old_day_fetched_once_more_does_not_turn_the_calendar_back(gudang: Gudang, conn: psycopg.Connection) -> None:
    """dim_tanggal ends with the year after the run: readers would lose years of it until the night."""
    conn.execute("insert into ops.release (cut_no, run_date, published_at, state) values (0, '2026-06-01', now(), 'published')")
    assert release_input(conn, date(2023, 1, 1)).run_date == date(2026, 6, 1)
    assert release_input(conn, DAY).run_date == DAY


def test_a_mended_list_or_model_is_tried(gudang: Gudang, conn: psycopg.Connection) -> None:
    """Also where the source never changes again."""
    keep_back(conn, release_input(conn, DAY), None, WHY, WITH)
    let_try_again(conn, "sidik lain")
    assert gudang.rows(PINS, "owner") == []


def test_a_held_batch_stays_held_when_the_test_is_outlived(gudang: Gudang, conn: psycopg.Connection) -> None:
    """A pin of a person or a guard is not lifted by what a test did to it in between."""
    with gudang.database.connect("owner") as owner:
        owner.execute("update ops.batch set state = 'held', message = 'menyusut' where penerbit = 'a'")
        pin(owner, PPKS_ID, "a", "batch", 0, "menyusut", NOW)
    keep_back(conn, release_input(conn, DAY), None, WHY, WITH)
    assert gudang.rows("select kind from ops.pin where penerbit = 'a' order by 1", "owner") == [("batch",), ("test",)]
    let_try_again(conn, "sidik lain")
    assert gudang.rows("select penerbit, up_to_no, reason, tested_no from ops.pin", "owner") == [("a", 0, "menyusut", None)]


def test_the_lowest_of_several_pins_is_what_is_seen(conn: psycopg.Connection) -> None:
    """Lifting one reason must not show what another still keeps back, and a later word of the same reason must not move its pin forward."""
    for kind, up_to in (("batch", 3), ("lintas", 1), ("metadata", 2)):
        pin(conn, PPKS_ID, "a", kind, up_to, kind, NOW)
    pin(conn, PPKS_ID, "a", "lintas", 2, "lebih baru", NOW)
    seen = []
    for kind in ("lintas", "metadata", "batch"):
        seen.append(release_input(conn, DAY).pins[f"{PPKS_ID}|a"])
        assert unpin(conn, PPKS_ID, "a", kind)
    assert seen == [1, 2, 3]
    assert not unpin(conn, PPKS_ID, "a", "batch")
    assert release_input(conn, DAY).pins == {}


def test_a_pin_that_held_a_batch_and_a_test_at_once_becomes_two(conn: psycopg.Connection, gudang: Gudang) -> None:
    """An installation upgraded while a dataset was kept back for both reasons must lose neither."""
    sql = next(MIGRATIONS.glob("0241_*.sql")).read_text().split("-- One row held both")[1]
    with gudang.database.connect("owner") as owner:
        owner.execute("update ops.batch set state = 'held', message = 'menyusut'")
        owner.execute(
            """insert into ops.pin (dataset, penerbit, up_to_no, reason, batch_id, since, tested_no, tested_with)
               select dataset, penerbit, 0, 'uji gagal: x', batch_id, now(), 2, 's' from ops.batch where penerbit = 'b'
               union all select dataset, penerbit, 0, 'uji gagal: x', null, now(), 2, 's' from ops.batch where penerbit = 'a'"""
        )
        owner.execute(f"--{sql}".encode())
    assert gudang.rows("select penerbit, kind, up_to_no, reason, tested_no from ops.pin order by 1, 2", "owner") == [
        ("a", "test", 0, "uji gagal: x", 2), ("b", "batch", 1, "menyusut", None), ("b", "test", 0, "uji gagal: x", 2)]  # fmt: skip


@pytest.mark.timeout(900)
def test_a_test_that_another_failure_had_skipped_does_not_stop_the_release(gudang: Gudang) -> None:
    """One dataset fails early in the build and another late: the others are released at once, not only when somebody publishes again."""
    early = "kediri.dinsos.lama"
    for dataset in (PPKS_ID, early):
        gudang.contract(dataset, PPKS)
    gudang.contract("kediri.dinkes.posyandu", TITIK)
    gudang.accept(PPKS_ID, [ppks("Mojoroto", "Pengemis", -3)])
    gudang.accept(early, [ppks("Mojoroto", "Anak Terlantar", 4) | tahun(1900)])
    gudang.accept("kediri.dinkes.posyandu", [titik("Melati", "Bujel")])
    made = transform(DAY)
    assert (made["release_id"], made["kept_back"]) == (1, [early, PPKS_ID])
    assert gudang.rows("select nama_titik from mart.titik_layanan") == [("Melati",)]
    assert gudang.rows("select dataset, reason from ops.pin order by 1", "owner") == [
        (early, "uji gagal: stg_indikator_periode_masuk_akal"),
        (PPKS_ID, "uji gagal: angka_indikator_cacah_tidak_negatif"),
    ]


@pytest.mark.timeout(900)
def test_who_must_mend_a_point_is_told_which_and_what_is_wrong(gudang: Gudang) -> None:
    """The name of a test alone says neither whose rows, nor where they stand, nor what to do; the next run would say no more."""
    posyandu = "kediri.dinkes.posyandu"
    gudang.contract(posyandu, TITIK)
    gudang.contract(PPKS_ID, PPKS)
    exchanged = titik("Mawar", "Bujel") | {"lintang": 112.01, "bujur": -7.82}
    gudang.accept(posyandu, [titik("Melati", "Bujel"), exchanged], "utara")
    gudang.accept(posyandu, [titik("Kenanga", "Bujel")], "selatan")
    gudang.accept(PPKS_ID, [ppks("Mojoroto", "Pengemis", 4), ppks("Mojoroto", "Anak Terlantar", -3)])
    assert transform(DAY)["kept_back"] == [posyandu, PPKS_ID]
    point = (
        f"{posyandu}: 1 baris tidak lolos uji fct_titik_lokasi_di_indonesia: titiknya di luar Indonesia; periksa apakah lintang dan bujurnya"
        " tertukar, atau tanda minus lintangnya hilang. Contoh: baris 2, penerbit utara, kunci posyandu/35.71.01.1006/mawar."
    )
    count = (
        f"{PPKS_ID}: 1 baris tidak lolos uji angka_indikator_cacah_tidak_negatif: cacah (jiwa, orang, keluarga, atau unit) negatif."
        " Contoh: baris 2, kunci ppks, jenis_ppks=anak_terlantar, 35.71.01.1011."
    )
    asked = "select dataset, failed, message from ops.check_result where source = 'dbt' and outcome = 'fail' order by 1"
    assert gudang.rows(asked, "owner") == [(posyandu, 1, point), (PPKS_ID, 1, count)]
    with gudang.database.connect("loader") as conn:
        found = {(one["dataset"], one["penerbit"]): one for one in behind_list(conn)}
    assert sorted(found) == [(posyandu, "selatan"), (posyandu, "utara"), (PPKS_ID, "")]
    told = found[posyandu, "selatan"]
    assert told["sentence"] == f"{posyandu} selatan: batch 2 diterima, tetapi belum terbit: barisnya gagal uji. {point}"
    assert (
        told["next_step"]
        == f"betulkan barisnya di sumber, lalu satudata run {posyandu} dan satudata release publish; yang tertahan: satudata status"
    )
