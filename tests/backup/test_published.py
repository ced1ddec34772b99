"""Prevents a restore that brings the batches back and forgets what was published: the figures, their history, and the way back to earlier releases."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from satudata.backup.bring_back import restore
from satudata.backup.make import backup
from satudata.releases.rollback import rollback
from satudata.transform import transform
from tests.backup.test_backup import Empty, all_rows, beside
from tests.rebuild.conftest import New, Old
from tests.rebuild.equal import LEFT_OUT, NOT_COMPARED
from tests.rebuild.history import BY, WHY, History

pytestmark = pytest.mark.slow
HISTORY = "select to_jsonb(h) from mart.riwayat_angka h order by h"


@pytest.fixture
def living(published: Old, monkeypatch: pytest.MonkeyPatch) -> Old:
    """The settings name the old warehouse and its archive."""
    monkeypatch.setenv("SATUDATA_DATABASE", published.database.name)
    monkeypatch.setenv("SATUDATA_SOURCES", str(published.sources))
    monkeypatch.setenv("SATUDATA_ARCHIVE_URL", published.archive.as_uri())
    return published


@pytest.fixture
def place(living: Old, tmp_path: Path) -> str:  # noqa: ARG001 - what the settings name is backed up
    """A place with one backup."""
    backup((tmp_path / "cadangan").as_uri())
    return (tmp_path / "cadangan").as_uri()


def differing(old: Old, new: New, tables: list[str]) -> list[str]:
    """The tables that differ in anything at all."""
    with old.database.connect("owner") as a, new.database.connect("owner") as b:
        queries = {table: f"select to_jsonb(t) - 'source_oid' from {table} t order by 1".encode() for table in tables}
        return [table for table, query in queries.items() if a.execute(query).fetchall() != b.execute(query).fetchall()]


def test_all_of_it_comes_back(place: str, living: Old, empty: Empty, monkeypatch: pytest.MonkeyPatch):
    """Also what a rebuild cannot give: what each release changed row by row, so that it can still be gone back to."""
    new = beside(monkeypatch, living, empty, archive=False)
    assert restore(place).after.problems == ()
    assert all_rows(living, new) == []
    with living.database.connect("owner") as conn:
        assert len(conn.execute(HISTORY).fetchall()) > 5
    assert differing(living, new, ["mart.riwayat_angka", *sorted((NOT_COMPARED.keys() | LEFT_OUT.keys()) - {"ops.rebuild"})]) == []
    assert rollback(None, BY, WHY)["changes"] is not None


def test_what_was_published_after_the_backup_is_in_the_history_too(
    place: str, living: Old, empty: Empty, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The disk of the database is lost, not that of the archive."""
    changed = Old(living.database, tmp_path / "arsip_hidup", living.sources)
    shutil.copytree(living.archive, changed.archive)
    monkeypatch.setenv("SATUDATA_DATABASE", living.database.name)
    monkeypatch.setenv("SATUDATA_ARCHIVE_URL", changed.archive.as_uri())
    past = History(living.sources)
    past.ppks(anak=50, lansia=3)
    assert transform(past.day)["changes"]["fct_indikator"]["changed"] == 1
    new = beside(monkeypatch, changed, empty)
    assert restore(place).after.problems == ()
    assert all_rows(changed, new) == []
    assert differing(changed, new, ["mart.riwayat_angka"]) == []
