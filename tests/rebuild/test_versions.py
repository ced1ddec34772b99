"""Prevents a rebuild from publishing the second shape of a table under the name of the first, and from losing what the first still showed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from psycopg import Connection

from contracts.errors import SatudataError, VersionLost
from contracts.sealed import sealed
from extractors.archive import Archive, address
from satudata.journal.versions import keep_versions
from satudata.rebuild.ground import Ground
from satudata.rebuild.past import Past, Record
from satudata.rebuild.sources import Sources
from satudata.rebuild.versions import bring_versions, note_kept
from tests.conftest import Database
from warehouse.publish import publish
from warehouse.published import PublishedTable, columns, meanings, primary_key
from warehouse.releases import ReleaseInput, add_release
from warehouse.take_away import empty_version, take_away
from warehouse.withdrawn import Withdrawal

AT = datetime(2026, 6, 1, tzinfo=UTC)
GIVEN = ReleaseInput(1, date(2026, 6, 1), {}, "", "", "", "s")
Said = list[dict[str, Any]]


@dataclass
class Tables:
    """A table that was published in two shapes, and what the record of the last release says of them."""

    conn: Connection
    archive: Archive
    folder: Path
    said: Said = field(default_factory=list)

    def release(self, column: str, rows: str, closed: Sequence[str] = ()) -> None:
        """Publish rows of (k, column)."""
        self.conn.execute("drop table if exists kandidat.harta")
        self.conn.execute(f"create table kandidat.harta as select * from (values {rows}) v (k, {column})")
        table = PublishedTable(
            "harta", "kandidat.harta", ("k",), "Harta", {"k": "Kunci", column: f"Isi {column}"}, closed=frozenset(closed)
        )
        publish(self.conn, [table], GIVEN, self.keep)

    def keep(self, number: int) -> None:
        path = f"journal/{len(list((self.folder / 'arsip').glob('journal/*')))}.json"
        self.archive.put_json(path, sealed({"said": keep_versions(self.conn, self.archive, number)}))
        self.said = self.archive.get_json(path)["said"]

    def shown(self) -> dict[str, Any]:
        """Each version: its rows, its key, its comments; and what the ledger knows of it."""
        names = [
            str(name)
            for (name,) in self.conn.execute(
                "select tablename from pg_tables where schemaname = 'mart' and tablename like 'harta%'"
            ).fetchall()
        ]
        ledger = "select to_jsonb(t) - '{source_oid}'::text[] from ops.published_table t where model = 'harta' order by version"
        return {"ledger": self.conn.execute(ledger.encode()).fetchall()} | {name: self._shape(f"mart.{name}") for name in names}

    def _shape(self, target: str) -> list[Any]:
        rows = self.conn.execute(f"select to_jsonb(t) - 'diperbarui_pada' from {target} t order by 1".encode()).fetchall()
        return [rows, columns(self.conn, target), primary_key(self.conn, target), meanings(self.conn, target)]

    def forget(self) -> None:
        """The database is lost."""
        for name in ("mart.harta", "mart.harta_v2", "kandidat.harta"):
            self.conn.execute(f"drop table if exists {name}".encode())
        self.conn.execute("delete from ops.published_table where model = 'harta'")

    def rebuilt(self, content: dict[str, Any] | None = None, published: Sequence[str] = ("harta",)) -> list[SatudataError]:
        """What could not be brought."""
        record = Record(5, "journal/5.json", "release", AT, None, None, 0, None, {"versions": self.said} if content is None else content)
        ground = Ground(self.conn, self.archive, Sources(self.archive, self.folder), Past({}), frozenset({5}))
        with self.conn.transaction():
            bring_versions(ground, self.conn, record, published)
        if "harta" in published:
            self.release("uraian", SECOND)
        note_kept(self.conn, record)
        return ground.problems


FIRST, SECOND = "(1, 'satu'), (2, 'dua')", "(1, 'satu'), (3, 'tiga')"


@pytest.fixture
def tables(database: Database, tmp_path: Path) -> Iterator[Tables]:
    with database.connect("owner", autocommit=True) as conn:
        made = Tables(conn, Archive((tmp_path / "arsip").as_uri()), tmp_path)
        made.release("isi", FIRST)
        assert made.said == [], "of one version nothing need be kept"
        made.release("uraian", SECOND)
        yield made


def test_both_versions_come_back_as_they_were(tables: Tables):
    before = tables.shown()
    assert {"harta", "harta_v2"} < set(before)
    assert before["harta"][0] == [({"k": 1, "isi": "satu"},), ({"k": 2, "isi": "dua"},)]
    tables.forget()
    assert tables.rebuilt() == []
    assert tables.shown() == before


def test_rows_are_kept_once_and_again_when_some_were_withdrawn(tables: Tables):
    """Else every release pays for an old table, or a rebuild shows a figure that was taken away."""
    (first, _), written = tables.said, len(list((tables.folder / "arsip").glob("sha256/**/*")))
    tables.release("uraian", SECOND + ", (4, 'empat')")
    assert tables.said[0]["row"] == first["row"]
    assert len(list((tables.folder / "arsip").glob("sha256/**/*"))) == written
    with tables.conn.transaction():
        add_release(tables.conn, 4, GIVEN, take_away(tables.conn, [Withdrawal(None, "harta", {"k": "2"})], 4, AT), AT)
    tables.release("uraian", SECOND)
    before = tables.shown()
    assert before["harta"][0] == [({"k": 1, "isi": "satu"},)]
    tables.forget()
    assert tables.rebuilt() == []
    assert tables.shown() == before


def test_an_emptied_version_stays_empty(tables: Tables):
    with tables.conn.transaction():
        assert empty_version(tables.conn, "harta", AT) == 2
        assert empty_version(tables.conn, "harta", AT) is None
    tables.keep(2)
    before = tables.shown()
    tables.forget()
    assert tables.rebuilt() == []
    assert tables.shown() == before


def test_what_became_personal_never_comes_back(tables: Tables):
    """Not even until the next release closes it again."""
    tables.release("uraian", SECOND, closed=["isi"])
    before = tables.shown()
    assert before["harta"][0] == [({"k": 1, "isi": None},), ({"k": 2, "isi": None},)]
    tables.forget()
    assert tables.rebuilt(published=[]) == []
    assert tables.shown()["harta"] == before["harta"]


def test_a_backup_of_before_the_change_is_caught_up_with(tables: Tables):
    """The first version is in force there, with older rows, and the release that superseded it is recorded only."""
    before, said = tables.shown(), tables.said
    tables.forget()
    tables.release("isi", "(7, 'tujuh')")
    assert tables.rebuilt({"versions": said}) == []
    assert tables.shown() == before


def test_versions_of_a_dataset_that_is_closed_stay_for_the_views_on_them(tables: Tables):
    tables.conn.execute("delete from mart.harta_v2")
    before = tables.shown()
    tables.forget()
    assert tables.rebuilt(published=[]) == []
    now = tables.shown()
    assert (now["harta"], now["harta_v2"]) == (before["harta"], before["harta_v2"])


def test_an_older_journal_tells_the_name_alone(tables: Tables):
    before = tables.shown()
    tables.forget()
    (problem,) = tables.rebuilt({"changes": [{"table_name": "harta_v2"}, {"table_name": "ringkas_v2"}]}, ["harta"])
    assert isinstance(problem, VersionLost)
    assert "mart.harta tidak ada di arsip" in problem.message
    now = tables.shown()
    assert now["harta_v2"][:2] == before["harta_v2"][:2]
    assert "harta" not in now


def test_a_lost_file_is_named_and_costs_the_old_version_alone(tables: Tables):
    before = tables.shown()
    (tables.folder / "arsip" / address(tables.said[0]["row"]["archived_sha256"])).unlink()
    tables.forget()
    (problem,) = tables.rebuilt()
    assert "mart.harta tidak ada di arsip" in problem.message
    now = tables.shown()
    assert now["harta"][0] == []
    assert now["harta_v2"] == before["harta_v2"]
