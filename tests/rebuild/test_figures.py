"""Prevents a rebuild from forgetting what was published, and from telling what was taken out of the history of figures because nobody may read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from psycopg import Connection

from contracts.errors import HistoryLost
from extractors.archive import Archive, address
from satudata.journal.figures import keep_figures
from satudata.rebuild.figures import bring_figures, obey_rules
from satudata.rebuild.ground import Ground
from satudata.rebuild.past import Past, Record
from satudata.rebuild.sources import Sources
from tests.conftest import Database
from warehouse.forgotten_figures import take_out_dataset

AT = datetime(2026, 6, 1, tzinfo=UTC)
Said = Mapping[str, Any]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive((tmp_path / "arsip").as_uri())


@pytest.fixture
def said(database: Database, archive: Archive) -> list[Said]:
    """Three releases: figures of two datasets, a revision of both and a new figure, and one that takes the second dataset out."""
    steps: list[Callable[[Connection], object]] = [
        lambda conn: published(conn, 1, {(1, 1): 10, (2, 2): 20}),
        lambda conn: published(conn, 2, {(1, 1): 11, (2, 2): 21, (3, 1): 31}),
        lambda conn: take_out_dataset(conn, 2),
    ]
    with database.connect("transformer", autocommit=True) as conn:
        return [kept(conn, archive, number, step) for number, step in enumerate(steps, start=1)]


def kept(conn: Connection, archive: Archive, release_id: int, step: Callable[[Connection], object]) -> Said:
    """What the record of a release says that does this to the history."""
    with conn.transaction():
        released(conn, release_id)
        step(conn)
        return keep_figures(conn, archive)


def released(conn: Connection, release_id: int) -> None:
    conn.execute(
        "insert into ops.release (release_id, cut_no, run_date, published_at, state) overriding system value values (%s, 1, %s, %s, 'published')",
        [release_id, AT.date(), AT],
    )


def published(conn: Connection, release_id: int, figures: Mapping[tuple[int, int], int]) -> None:
    """(object, dataset) -> figure."""
    for (objek, dataset), nilai in figures.items():
        conn.execute(
            "insert into mart.riwayat_angka values ('fct_indikator', %s, 101, 102, 103, '', %s, %s, %s, %s, %s, 'tetap', %s)",
            [objek, release_id, AT, release_id, "terbit" if release_id == 1 else "revisi", nilai, dataset],
        )


def brought(database: Database, archive: Archive, tmp_path: Path, said: list[Said]) -> tuple[list[tuple[Any, ...]], list[str]]:
    """(object, release, figure) of the history when releases are brought one after the other into an empty warehouse, and what is missing."""
    with database.connect("owner") as owner:
        owner.execute("delete from mart.riwayat_angka")
        owner.execute("delete from ops.release")
    with database.connect("transformer", autocommit=True) as conn:
        ground = Ground(conn, archive, Sources(archive, tmp_path / "daftar"), Past({}), frozenset())
        for number, one in enumerate(said, start=1):
            with conn.transaction():
                released(conn, number)
                bring_figures(ground, conn, Record(number, f"journal/{number}.json", "release", AT, None, None, 0, None, {"history": one}))
        obey_rules(conn)
        rows = conn.execute("select objek_key, rilis, nilai::int from mart.riwayat_angka order by 1, 2").fetchall()
    assert all(isinstance(problem, HistoryLost) for problem in ground.problems)
    return rows, [problem.message for problem in ground.problems]


def test_what_was_published_comes_back_without_what_was_taken_out(database: Database, archive: Archive, tmp_path: Path, said: list[Said]):
    assert brought(database, archive, tmp_path, said) == ([(1, 1, 10), (1, 2, 11), (3, 2, 31)], [])


def test_a_release_costs_what_it_changed_in_the_archive(said: list[Said]):
    """And none of what stood there before."""
    assert [(one["releases"], one["rows"] is not None, one["gone"] is not None) for one in said] == [
        ([1], True, False), ([2], True, False), ([3], False, True)]  # fmt: skip


def test_done_twice_it_says_the_same(database: Database, archive: Archive, tmp_path: Path, said: list[Said]):
    """A release that is made anew has written its own rows before."""
    with database.connect("transformer") as conn:
        before = conn.execute("select * from mart.riwayat_angka order by 1, 2, 7").fetchall()
        ground = Ground(conn, archive, Sources(archive, tmp_path / "daftar"), Past({}), frozenset())
        bring_figures(ground, conn, Record(2, "", "release", AT, None, None, 0, None, {"history": {**said[1], "gone": said[2]["gone"]}}))
        conn.execute("delete from mart.riwayat_angka where _dataset_id = 2")
        assert conn.execute("select * from mart.riwayat_angka order by 1, 2, 7").fetchall() == before


def test_what_an_older_program_published_is_kept_by_the_next_release(database: Database, archive: Archive, tmp_path: Path):
    with database.connect("transformer", autocommit=True) as conn:
        released(conn, 1)
        published(conn, 1, {(1, 1): 10})
        one = kept(conn, archive, 2, lambda conn: published(conn, 2, {(1, 1): 11}))
    assert one["releases"] == [1, 2]
    none: Said = {"releases": [1], "rows": None, "gone": None}
    assert brought(database, archive, tmp_path, [none, one]) == ([(1, 1, 10), (1, 2, 11)], [])


def test_a_lost_file_is_named_and_costs_its_release_alone(database: Database, archive: Archive, tmp_path: Path, said: list[Said]):
    (tmp_path / "arsip" / address(said[0]["rows"])).unlink()
    rows, (problem,) = brought(database, archive, tmp_path, said)
    assert rows == [(1, 2, 11), (3, 2, 31)]
    assert "Riwayat angka rilis 1" in problem
    assert said[0]["rows"] in problem


def test_a_lost_list_of_what_was_taken_out_never_shows_it_again(database: Database, archive: Archive, tmp_path: Path, said: list[Said]):
    """It cannot be told from the rest any more, so all that stood there is left out."""
    (tmp_path / "arsip" / address(said[2]["gone"])).write_bytes(b"lain")
    rows, (problem,) = brought(database, archive, tmp_path, said)
    assert rows == []
    assert "sebelum rilis 3" in problem


def test_what_nobody_may_read_by_now_is_not_shown(database: Database, archive: Archive, tmp_path: Path, said: list[Said]):
    """A dataset that was closed since, and a figure that is hidden."""
    with database.connect("owner") as conn:
        conn.execute(
            "insert into ops.dataset (dataset_id, dataset, raw_table, akses) overriding system value values (2, 'a.b.c', 'raw.c', 'tertutup')"
        )
        for key_id, dimension, name in ((1, "indikator", "i"), (101, "wilayah", "w"), (102, "periode", "p"), (103, "klasifikasi", "")):
            conn.execute(
                "insert into ops.key (key_id, dimension, natural_key) overriding system value values (%s, %s, %s)",
                [key_id, dimension, name],
            )
        conn.execute("insert into ops.disensor values ('i', 'w', 'p', '', 2)")
    assert brought(database, archive, tmp_path, said[:2])[0] == [(1, 1, None), (1, 2, None), (3, 2, 31)]


def test_the_place_of_a_figure_that_was_taken_out_comes_back_without_it(database: Database, archive: Archive, tmp_path: Path):
    """Another dataset told of the same cell: what the first said is in the archive still, and must not be read again."""
    steps: list[Callable[[Connection], object]] = [
        lambda conn: published(conn, 1, {(1, 1): 10}),
        lambda conn: published(conn, 2, {(1, 2): 12}),
        lambda conn: take_out_dataset(conn, 1),
    ]
    with database.connect("transformer", autocommit=True) as conn:
        past = [kept(conn, archive, number, step) for number, step in enumerate(steps, start=1)]
        before = conn.execute("select * from mart.riwayat_angka order by 1, 2, 7").fetchall()
        assert brought(database, archive, tmp_path, past) == ([(1, 1, None), (1, 2, 12)], [])
        assert conn.execute("select * from mart.riwayat_angka order by 1, 2, 7").fetchall() == before
    (tmp_path / "arsip" / address(past[2]["emptied"])).unlink()
    assert brought(database, archive, tmp_path / "lagi", past)[0] == [], "what it said cannot be told from the rest any more"


def test_a_cell_that_came_back_is_told_of_an_older_program_too(database: Database, archive: Archive, tmp_path: Path):
    """It called that the first figure once more."""
    with database.connect("transformer", autocommit=True) as conn:
        past = [kept(conn, archive, number, lambda conn, number=number: published(conn, number, {(1, 1): 10})) for number in (1, 2)]  # type: ignore[misc]
        conn.execute("update mart.riwayat_angka set perubahan = 'terbit'")
        with conn.transaction():
            conn.execute("update ops.release set history_kept = false")
            past[1] = keep_figures(conn, archive)
    brought(database, archive, tmp_path, past)
    with database.connect("transformer") as conn:
        assert conn.execute("select perubahan from mart.riwayat_angka order by rilis").fetchall() == [("terbit",), ("kembali",)]
