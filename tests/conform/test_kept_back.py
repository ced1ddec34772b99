"""Prevents that a dataset kept back by a failed test stays back for good although what failed has been mended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import psycopg
import pytest

from satudata.conform.blame import keep_back, let_try_again
from satudata.conform.inputs import release_input
from tests.conform.conftest import Gudang
from tests.conform.registry import PPKS, ppks

DAY = date(2026, 6, 2)
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
        owner.execute(
            """insert into ops.pin (dataset, penerbit, up_to_no, reason, batch_id, since)
               select dataset, penerbit, 0, 'menyusut', batch_id, now() from ops.batch where penerbit = 'a'"""
        )
    keep_back(conn, release_input(conn, DAY), None, WHY, WITH)
    let_try_again(conn, "sidik lain")
    assert gudang.rows("select penerbit, up_to_no, reason, tested_no from ops.pin", "owner") == [("a", 0, "menyusut", None)]
