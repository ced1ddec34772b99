"""Every row a release changed is kept with what it said before and after; where a candidate notes its own changes none is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest

from tests.conform.conftest import Gudang
from tests.conform.test_publish import DIM, FACT, GIVEN
from warehouse.publish import publish
from warehouse.published import PublishedTable
from warehouse.row_ledger import clear_old

ROWS = "select table_name, change, key, before, after from ops.release_row where release_id = %s order by release_row_id"
KEPT_UP = replace(FACT, incremental=True)


@pytest.fixture
def conn(gudang: Gudang) -> Iterator[psycopg.Connection]:
    """A first release of three rows; a key makes the candidate's rows tell each other apart."""
    with gudang.database.connect("transformer", autocommit=True) as conn:
        conn.execute("insert into ops.cut values (0, '2026-06-02')")
        conn.execute("create table kandidat.dim_a as select n as a_key, 'nama ' || n as nama from generate_series(1, 9) n")
        conn.execute(
            "create table kandidat.fct_b as select n as a_key, date '2026-06-01' as hari, n * 1.5 as nilai from generate_series(1, 3) n"
        )
        conn.execute("alter table kandidat.fct_b add primary key (a_key, hari)")
        yield conn


def published(conn: psycopg.Connection, *tables: PublishedTable) -> list[tuple[object, ...]]:
    """What the ledger keeps of the rows of a release made now."""
    release_id, _ = publish(conn, tables or (FACT, DIM), GIVEN)
    return conn.execute(ROWS, [release_id]).fetchall()


def key(number: int) -> dict[str, object]:
    return {"a_key": number, "hari": "2026-06-01"}


def test_each_row_is_kept_with_what_it_said_before_and_after(conn: psycopg.Connection) -> None:
    """A row that changed is kept by what changed; the first rows of a table are counted only."""
    assert published(conn) == []
    assert conn.execute("select table_name, added, whole from ops.release_change order by 1").fetchall() == [
        ("dim_a", 9, True),
        ("fct_b", 3, True),
    ]
    conn.execute("update kandidat.fct_b set nilai = 9 where a_key = 1")
    conn.execute("delete from kandidat.fct_b where a_key = 2")
    conn.execute("insert into kandidat.fct_b values (4, '2026-06-01', null)")
    assert sorted(published(conn), key=str) == sorted([
        ("fct_b", "changed", key(1), {"nilai": 1.5}, {"nilai": 9}), ("fct_b", "removed", key(2), key(2) | {"nilai": 3.0}, None),
        ("fct_b", "added", key(4), None, key(4) | {"nilai": None})], key=str)  # fmt: skip


def test_a_row_names_its_dataset(conn: psycopg.Connection) -> None:
    conn.execute("alter table kandidat.fct_b add column _dataset_id integer default 7")
    named = replace(FACT, columns={**FACT.columns, "_dataset_id": "Dataset"})
    published(conn, named, DIM)
    conn.execute("delete from kandidat.fct_b where a_key = 1")
    published(conn, named, DIM)
    assert conn.execute("select dataset_id from ops.release_row").fetchall() == [(7,)]


def test_a_candidate_that_notes_its_changes_is_published_alike(
    gudang: Gudang, conn: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a statement does to it; and nothing but those keys is read."""
    published(conn, KEPT_UP, DIM)
    monkeypatch.setattr("warehouse.publish_diff.compare", lambda *_: pytest.fail("read whole"))
    for change in (
        "update kandidat.fct_b set nilai = 9 where a_key = 1", "delete from kandidat.fct_b where a_key = 2",
        "insert into kandidat.fct_b values (4, '2026-06-01', 4)", "update kandidat.fct_b set a_key = 5 where a_key = 4",
        """merge into kandidat.fct_b f using (values (3, 33), (6, 66)) v (a, n) on f.a_key = v.a when matched then update set nilai = n
           when not matched then insert values (v.a, '2026-06-01', v.n)""", "select 1",
    ):  # fmt: skip
        conn.execute(change.encode())
        with monkeypatch.context() as other:
            other.setattr(
                "warehouse.publish_diff.compare", lambda _, sides: 0 if sides.table.name == "dim_a" else pytest.fail("read whole")
            )
            publish(conn, (KEPT_UP, DIM), GIVEN)
        said = [gudang.rows(f"select a_key, hari, nilai from {schema}.fct_b order by 1", "owner") for schema in ("kandidat", "mart")]
        assert said[0] == said[1]
    assert conn.execute("select count(*) from ops.captured_key").fetchone() == (0,)


@pytest.mark.parametrize(
    "change",
    [
        """create table kandidat.lain as select a_key, hari, nilai + 1 as nilai from kandidat.fct_b;
           drop table kandidat.fct_b; alter table kandidat.lain rename to fct_b""",
        "truncate kandidat.fct_b",
        "alter table kandidat.fct_b add column catatan text default 'ada'",
    ],
    ids=["built anew", "truncated", "widened"],
)
def test_what_no_statement_noted_is_found_by_comparing(gudang: Gudang, conn: psycopg.Connection, change: str) -> None:
    """A candidate built anew, emptied, or given a column has changed rows that no trigger names."""
    published(conn, KEPT_UP, DIM)
    conn.execute("delete from kandidat.fct_b where a_key = 1")
    conn.execute(change.encode())
    wider = replace(KEPT_UP, columns={**KEPT_UP.columns, **({"catatan": "Catatan"} if "catatan" in change else {})})
    publish(conn, (wider, DIM), GIVEN)
    names = ", ".join(wider.columns)
    said = [gudang.rows(f"select {names} from {schema}.fct_b order by 1", "owner") for schema in ("kandidat", "mart")]
    assert said[0] == said[1]


def test_keys_noted_before_a_release_that_failed_are_not_lost(gudang: Gudang, conn: psycopg.Connection) -> None:
    published(conn, KEPT_UP, DIM)
    conn.execute("update kandidat.fct_b set nilai = 9 where a_key = 1")
    conn.execute("insert into kandidat.fct_b values (77, '2026-06-01', 1)")
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        publish(conn, (KEPT_UP, DIM), GIVEN)
    conn.execute("delete from kandidat.fct_b where a_key = 77")
    publish(conn, (KEPT_UP, DIM), GIVEN)
    assert gudang.rows("select a_key, nilai::integer from mart.fct_b where a_key in (1, 77)") == [(1, 9)]


def test_rows_are_kept_for_so_many_releases(conn: psycopg.Connection) -> None:
    """And which releases can be gone back behind is known afterwards."""
    for nilai in (1, 2, 3, 4):
        conn.execute("update kandidat.fct_b set nilai = %s where a_key = 1", [nilai])
        published(conn)
    assert clear_old(conn, 2, look_only=True) == 1
    assert clear_old(conn, 2) == 1
    assert conn.execute("select release_id from ops.release_row order by 1").fetchall() == [(3,), (4,)]
    assert conn.execute("select release_id from ops.release where rows_cleared order by 1").fetchall() == [(1,), (2,)]
    assert clear_old(conn, 2) == 0
