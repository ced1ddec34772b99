"""A published table is never dropped or rewritten, rows that say the same are never touched, and readers see all of a release or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import psycopg
import pytest

from contracts.errors import ReadersInTheWay
from tests.conform.conftest import Gudang
from warehouse.publish import publish
from warehouse.published import ForeignKey, PublishedTable
from warehouse.releases import ReleaseInput, last_release

GIVEN = ReleaseInput(0, date(2026, 6, 2), {}, "", "", "", "")
DIM = PublishedTable("dim_a", "kandidat.dim_a", ("a_key",), "Dimensi", {"a_key": "Kunci", "nama": "Nama"})
FACT = PublishedTable(
    "fct_b",
    "kandidat.fct_b",
    ("a_key", "hari"),
    "Fakta",
    {"a_key": "Kunci", "hari": "Hari", "nilai": "Nilai"},
    (ForeignKey("a_key", "dim_a", "a_key"),),
)


@pytest.fixture
def conn(gudang: Gudang) -> Iterator[psycopg.Connection]:
    """The transformer's connection and a first candidate."""
    with gudang.database.connect("transformer", autocommit=True) as conn:
        conn.execute("insert into ops.cut values (0, '2026-06-02')")
        conn.execute("create table kandidat.dim_a as select n as a_key, 'nama ' || n as nama from generate_series(1, 3) n")
        conn.execute(
            "create table kandidat.fct_b as select n as a_key, date '2026-06-01' as hari, n * 1.5 as nilai from generate_series(1, 3) n"
        )
        yield conn


def changes(conn: psycopg.Connection) -> dict[str, tuple[int, int, int, int]]:
    """What publishing now does to each table: added, changed, removed, rows."""
    return {change.name: (change.added, change.changed, change.removed, change.rows) for change in publish(conn, [FACT, DIM], GIVEN)[1]}


def test_only_what_changed_is_written(gudang: Gudang, conn: psycopg.Connection) -> None:
    """Dimensions and facts move together whatever their order; a missing figure that stays missing is no change."""
    conn.execute("update kandidat.fct_b set nilai = null where a_key = 3")
    assert changes(conn) == {"fct_b": (3, 0, 0, 3), "dim_a": (3, 0, 0, 3)}
    before = dict(gudang.rows("select a_key, diperbarui_pada from mart.fct_b"))
    conn.execute("update kandidat.fct_b set nilai = 9 where a_key = 1")
    conn.execute("delete from kandidat.fct_b where a_key = 2")
    conn.execute("delete from kandidat.dim_a where a_key = 2")
    conn.execute("insert into kandidat.dim_a values (4, 'nama 4')")
    conn.execute("insert into kandidat.fct_b values (4, '2026-06-01', 4)")
    assert changes(conn) == {"fct_b": (1, 1, 1, 3), "dim_a": (1, 0, 1, 3)}
    assert gudang.rows("select a_key, nilai::float from mart.fct_b order by 1") == [(1, 9.0), (3, None), (4, 4.0)]
    assert gudang.rows("select diperbarui_pada from mart.fct_b where a_key = 3") == [(before[3],)]
    assert changes(conn) == {"fct_b": (0, 0, 0, 3), "dim_a": (0, 0, 0, 3)}
    release = last_release(conn)
    assert release is not None
    assert (release["release_id"], release["marts"][1]) == (3, {"name": "fct_b", "rows": 3, "added": 0, "changed": 0, "removed": 0})


def test_a_table_keeps_what_people_hang_on_it(gudang: Gudang, conn: psycopg.Connection) -> None:
    """A new column is added in place, empty; the views, grants and the table itself stay."""
    changes(conn)
    number = gudang.value("select 'mart.fct_b'::regclass::oid")
    with gudang.database.connect("owner") as owner:
        owner.execute(
            "create view public.lihat as select * from mart.fct_b; grant usage on schema public to portal; grant select on public.lihat to portal"
        )
    conn.execute("alter table kandidat.fct_b add column catatan text default 'baru'")
    wider = PublishedTable(
        "fct_b", "kandidat.fct_b", FACT.key, "Fakta yang lebih lebar", {**FACT.columns, "catatan": "Catatan"}, FACT.foreign_keys
    )
    publish(conn, [wider, DIM], GIVEN)
    assert gudang.rows("select distinct catatan, 'mart.fct_b'::regclass::oid from mart.fct_b") == [("baru", number)]
    assert gudang.value("select col_description('mart.fct_b'::regclass, 5)") == "Catatan"
    assert len(gudang.rows("select * from public.lihat", "portal")) == 3


@pytest.mark.parametrize(
    ("change", "key", "columns"),
    [
        ("alter table kandidat.fct_b alter nilai type text", ("a_key", "hari"), ("a_key", "hari", "nilai")),
        ("alter table kandidat.fct_b rename nilai to angka", ("a_key", "hari"), ("a_key", "hari", "angka")),
        ("alter table kandidat.fct_b drop nilai", ("a_key", "hari"), ("a_key", "hari")),
        ("update kandidat.fct_b set a_key = 1", ("nilai",), ("a_key", "hari", "nilai")),
    ],
)
def test_what_would_rewrite_a_table_is_a_new_version_beside_it(
    gudang: Gudang, conn: psycopg.Connection, change: str, key: tuple[str, ...], columns: tuple[str, ...]
) -> None:
    """Reports on the old version read on what they read yesterday, also once its dimension lets rows go; the new one is kept up from then on."""
    changes(conn)
    before = gudang.rows("select a_key, hari, nilai from mart.fct_b order by 1, 3")
    with gudang.database.connect("owner") as owner:
        owner.execute("create view public.lihat as select nilai from mart.fct_b")
    conn.execute(change.encode())
    other = PublishedTable("fct_b", "kandidat.fct_b", key, "Fakta", dict.fromkeys(columns, "Kolom"), FACT.foreign_keys)
    found = {one.name: (one.added, one.whole) for one in publish(conn, [DIM, other], GIVEN)[1]}
    assert found == {"dim_a": (0, False), "fct_b_v2": (3, True)}
    conn.execute("delete from kandidat.fct_b where a_key = 3")
    conn.execute("delete from kandidat.dim_a where not a_key in (select a_key from kandidat.fct_b)")
    assert {one.name for one in publish(conn, [DIM, other], GIVEN)[1] if one.any} <= {"dim_a", "fct_b_v2"}
    assert gudang.rows("select a_key, hari, nilai from mart.fct_b order by 1, 3") == before
    assert len(gudang.rows("select * from public.lihat", "owner")) == 3
    assert "mart.fct_b_v2" in gudang.value("select obj_description('mart.fct_b'::regclass)")
    assert gudang.value("select count(*) from mart.fct_b_v2 join mart.dim_a using (a_key)") == gudang.value(
        "select count(*) from mart.fct_b_v2"
    )


def test_facts_follow_a_dimension_into_its_new_version(gudang: Gudang, conn: psycopg.Connection) -> None:
    """Else a key nobody knows could enter them unnoticed, or the old version would hold the new one up."""
    changes(conn)
    conn.execute("alter table kandidat.dim_a alter nama type varchar(20)")
    conn.execute("insert into kandidat.dim_a values (4, 'empat')")
    conn.execute("insert into kandidat.fct_b values (4, '2026-06-01', 4)")
    assert {(one.name, one.added) for one in publish(conn, [FACT, DIM], GIVEN)[1]} == {("dim_a_v2", 4), ("fct_b", 1)}
    conn.execute("insert into kandidat.fct_b values (5, '2026-06-01', 4)")
    with pytest.raises(psycopg.errors.ForeignKeyViolation, match="dim_a_v2"):
        publish(conn, [FACT, DIM], GIVEN)


def test_the_dictionary_names_both_versions(gudang: Gudang, conn: psycopg.Connection) -> None:
    """A reader who finds two tables of one name must read which is kept up."""
    conn.execute("create table kandidat.kamus_data (tabel text, kolom text, keterangan text)")
    conn.execute("insert into kandidat.kamus_data values ('fct_b', '', 'Fakta'), ('fct_b', 'nilai', 'Nilai')")
    words = PublishedTable(
        "kamus_data", "kandidat.kamus_data", ("tabel", "kolom"), "Kamus", dict.fromkeys(("tabel", "kolom", "keterangan"), "Kolom")
    )
    publish(conn, [FACT, DIM, words], GIVEN)
    conn.execute("alter table kandidat.fct_b alter nilai type text")
    publish(conn, [FACT, DIM, words], GIVEN)
    assert gudang.rows("select tabel, kolom, keterangan from mart.kamus_data order by 1, 2") == [
        ("fct_b", "", "Versi lama, tidak diperbarui lagi; angka selanjutnya di mart.fct_b_v2. Fakta"), ("fct_b", "nilai", "Nilai"),
        ("fct_b_v2", "", "Fakta"), ("fct_b_v2", "nilai", "Nilai")]  # fmt: skip


def test_values_that_are_personal_now_are_taken_away_as_a_change(gudang: Gudang, conn: psycopg.Connection) -> None:
    """Who copies what has changed since yesterday must hear of it; no copy of the old values stays in an old version or in the ledger."""
    changes(conn)
    conn.execute("update kandidat.fct_b set nilai = 9 where a_key = 1")
    changes(conn)
    narrower = PublishedTable(
        "fct_b", "kandidat.fct_b", FACT.key, "Fakta", {"a_key": "Kunci", "hari": "Hari"}, FACT.foreign_keys, closed=frozenset({"nilai"})
    )
    found = {change.name: change.changed for change in publish(conn, [narrower, DIM], GIVEN)[1]}
    assert found == {"fct_b": 3, "dim_a": 0}
    emptied = "select count(*) from mart.fct_b where nilai is null and diperbarui_pada > (select min(published_at) from ops.release)"
    assert gudang.value(emptied, "owner") == 3
    assert gudang.value("select string_agg(before::text || after::text, '') from ops.release_row", "owner") == "{}{}" * 4
    assert {change.changed for change in publish(conn, [narrower, DIM], GIVEN)[1]} == {0}


def test_a_fact_without_its_dimension_stops_the_release(gudang: Gudang, conn: psycopg.Connection) -> None:
    """Foreign keys are checked at the end, by the database itself."""
    changes(conn)
    conn.execute("insert into kandidat.fct_b values (77, '2026-06-01', 1)")
    conn.execute("update kandidat.dim_a set nama = 'lain'")
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        changes(conn)
    assert gudang.rows("select distinct nama <> 'lain' from mart.dim_a") == [(True,)]


def test_readers_see_one_release_and_never_wait(gudang: Gudang, conn: psycopg.Connection) -> None:
    """A report of several statements that began before a release ends with the figures it began with, while the release goes through."""
    changes(conn)
    with gudang.database.connect("bi_reader") as reader:
        reader.execute("set transaction isolation level repeatable read")
        first = reader.execute("select count(*) from mart.dim_a").fetchone()
        conn.execute("insert into kandidat.dim_a values (4, 'nama 4')")
        conn.execute("insert into kandidat.fct_b values (4, '2026-06-01', 4)")
        assert changes(conn)["fct_b"] == (1, 0, 0, 4)
        assert reader.execute("select count(*) from mart.fct_b").fetchone() == first == (3,)


def test_a_reader_in_the_way_of_a_new_column_is_told_of(gudang: Gudang, conn: psycopg.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """An open report must not block all that come after it, nor end as a fault of the program; the next run goes through."""
    changes(conn)
    monkeypatch.setattr("warehouse.publish.PATIENCE", "200ms")
    conn.execute("alter table kandidat.fct_b add column catatan text")
    wider = PublishedTable("fct_b", "kandidat.fct_b", FACT.key, "Fakta", {**FACT.columns, "catatan": "Catatan"}, FACT.foreign_keys)
    with gudang.database.connect("bi_reader") as reader:
        reader.execute("select * from mart.fct_b")
        with pytest.raises(ReadersInTheWay, match="200ms"):
            publish(conn, [wider, DIM], GIVEN)
    assert publish(conn, [wider, DIM], GIVEN)[0] == 2


def test_a_dataset_that_is_open_no_longer_is_taken_away(gudang: Gudang, conn: psycopg.Connection) -> None:
    """Restricting access empties the public table at the next release; the table stays for the views on it."""
    gudang.contract(
        "sintang.pupr.jembatan",
        """key: [nama]
columns:
  nama: {type: text}
  telepon: {type: text, pribadi: telepon}
  panjang_m: {type: integer, unit: m}
""",
    )
    no = gudang.accept("sintang.pupr.jembatan", [{"nama": "Jembatan Kapuas", "telepon": "0812", "panjang_m": 300}])
    conn.execute("update ops.cut set cut_no = %s", [no])
    conn.execute("select ops.see_contracts()")
    table = "data_sintang_pupr_jembatan"
    release, found = publish(conn, [], GIVEN)
    assert [(change.name, change.added) for change in found] == [(table, 1)]
    assert gudang.rows(f"select penerbit, nama, panjang_m, baris_ke from mart.{table}") == [("", "Jembatan Kapuas", 300, 1)]
    assert gudang.value(f"select col_description('mart.{table}'::regclass, 3)") == (
        'Kolom "panjang_m" di sumbernya; bilangan bulat dalam m.'
    )
    conn.execute("update ops.dataset set akses = 'terbatas'")
    conn.execute("select ops.see_contracts()")
    moved = [(change.name, change.removed, change.rows) for change in publish(conn, [], GIVEN)[1]]
    assert moved == [(f"mart_instansi.{table}", 0, 1), (table, 1, 0)]  # agencies go on reading it
    assert gudang.rows(f"select * from mart.{table}") == []
