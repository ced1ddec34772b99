"""A database is brought to the present shape step by step, whoever starts it, however often, and whatever stops it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from contracts.errors import MigrationChanged
from warehouse import server as embedded
from warehouse.migrate import FOLDER, migrate, migrations


@pytest.fixture
def empty(server: Path) -> Iterator[str]:
    """The owner's address of a database without anything in it."""
    with psycopg.connect(embedded.url(server, "superuser", "postgres"), autocommit=True) as conn:
        conn.execute("create database kosong owner satudata template template0")
        yield embedded.url(server, "owner", "kosong")
        conn.execute("drop database kosong with (force)")


def done(url: str) -> list[int]:
    with psycopg.connect(url) as conn:
        return [n for (n,) in conn.execute("select number from ops.migration order by number")]


def test_numbers_are_unique_and_say_the_order() -> None:
    numbers = [step.number for step in migrations()]
    assert numbers == sorted(set(numbers))
    assert numbers[0] == 1


def test_running_again_does_nothing(empty: str) -> None:
    with psycopg.connect(empty) as conn:
        assert migrate(conn) == [step.name for step in migrations()]
        assert migrate(conn) == []


@pytest.mark.parametrize("autocommit", [True, False])
def test_what_is_done_is_committed(empty: str, autocommit: bool) -> None:
    conn = psycopg.connect(empty, autocommit=autocommit)
    migrate(conn)
    conn.pgconn.finish()  # no commit, no farewell
    assert done(empty) == [step.number for step in migrations()]


def test_run_by_several_at_once_each_step_runs_once(empty: str) -> None:
    def run(_: int) -> list[str]:
        with psycopg.connect(empty) as conn:
            return migrate(conn)

    with ThreadPoolExecutor(4) as pool:
        ran = [name for names in pool.map(run, range(4)) for name in names]
    assert sorted(ran) == sorted(step.name for step in migrations())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The first two real steps and one that breaks in the middle."""
    for path in sorted(FOLDER.glob("000[12]_*.sql")):
        shutil.copy(path, tmp_path)
    (tmp_path / "0003_rusak.sql").write_text("create table ops.separuh (a int); select 1 / 0;")
    return tmp_path


def test_a_step_that_breaks_leaves_nothing_and_is_run_again(empty: str, folder: Path) -> None:
    with psycopg.connect(empty) as conn, pytest.raises(psycopg.errors.DivisionByZero):
        migrate(conn, folder)
    assert done(empty) == [1, 2]
    (folder / "0003_rusak.sql").write_text("create table ops.separuh (a int)")
    with psycopg.connect(empty) as conn:
        assert migrate(conn, folder) == ["rusak"]


def test_a_step_changed_after_it_ran_is_refused(empty: str, folder: Path) -> None:
    (folder / "0003_rusak.sql").write_text("select 1")
    with psycopg.connect(empty) as conn:
        migrate(conn, folder)
        (folder / "0003_rusak.sql").write_text("select 2")
        with pytest.raises(MigrationChanged, match="0003_rusak"):
            migrate(conn, folder)


def test_a_later_number_may_come_before_an_earlier_one(empty: str, folder: Path) -> None:
    (folder / "0003_rusak.sql").rename(folder / "0200_lain.sql").write_text("select 1")
    with psycopg.connect(empty) as conn:
        migrate(conn, folder)
        (folder / "0100_susulan.sql").write_text("select 1")
        assert migrate(conn, folder) == ["susulan"]


def test_refuses_to_commit_somebody_elses_transaction(empty: str) -> None:
    with psycopg.connect(empty) as conn:
        conn.execute("select 1")
        with pytest.raises(ValueError, match="transaction"):
            migrate(conn)
