"""Prevents a backup that nobody could restore from, one that looks whole and is not, and one that wipes out what is alive."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner

from contracts.errors import BackupDamaged, DumpFailed, NoBackup, WarehouseNotEmpty
from satudata.backup.bring_back import restore
from satudata.backup.make import backup, verify
from satudata.backup.place import BackupPlace
from satudata.commands.backup import backup_command, restore_command
from satudata.run import run
from tests.rebuild.conftest import New, Old
from tests.rebuild.equal import LEFT_OUT, NOT_COMPARED, differences
from tests.rebuild.history import ISI
from tests.servers.zygote import Zygote

Empty = Callable[[Old], New]


@pytest.fixture
def living(old: Old, monkeypatch: pytest.MonkeyPatch) -> Old:
    """The settings name the old warehouse and its archive."""
    monkeypatch.setenv("SATUDATA_DATABASE", old.database.name)
    monkeypatch.setenv("SATUDATA_SOURCES", str(old.sources))
    monkeypatch.setenv("SATUDATA_ARCHIVE_URL", old.archive.as_uri())
    return old


@pytest.fixture
def place(living: Old, tmp_path: Path) -> str:
    """A place with one backup."""
    backup((tmp_path / "cadangan").as_uri())
    return (tmp_path / "cadangan").as_uri()


def beside(monkeypatch: pytest.MonkeyPatch, old: Old, empty: Empty, archive: bool = True) -> New:
    """An empty warehouse; its archive is empty too, or that of the old one."""
    new = empty(old)
    monkeypatch.setenv("SATUDATA_DATABASE", new.database.name)
    if not archive:
        shutil.rmtree(new.archive)
    return new


def all_rows(old: Old, new: New) -> list[str]:
    """What differs when nothing may: a restore gives every row back as it was."""
    return differences(old.database.url("owner"), new.database.url("owner"))


def test_what_comes_back_is_what_was(place: str, old: Old, empty: Empty, monkeypatch: pytest.MonkeyPatch):
    new = beside(monkeypatch, old, empty, archive=False)
    done = restore(place)
    assert all_rows(old, new) == []
    kept = {path.relative_to(old.archive): path.read_bytes() for path in old.archive.rglob("*") if path.is_file()}
    assert {path.relative_to(new.archive): path.read_bytes() for path in new.archive.rglob("*") if path.is_file()} == kept
    assert (done.copied, done.after.problems) == (len(kept), ())
    with new.database.connect("owner") as a, old.database.connect("owner") as b:
        for table in sorted((NOT_COMPARED.keys() | LEFT_OUT.keys()) - {"ops.rebuild"}):
            query = f"select t::text from {table} t order by 1".encode()
            assert a.execute(query).fetchall() == b.execute(query).fetchall(), table


def test_rights_and_owners_come_back(place: str, old: Old, empty: Empty, monkeypatch: pytest.MonkeyPatch):
    """Else a reader would see what only loaders may, or the next load could not write."""
    new = beside(monkeypatch, old, empty, archive=False)
    restore(place)
    query = """select n.nspname, c.relname, pg_get_userbyid(c.relowner), (select array_agg(a::text order by a::text) from unnest(c.relacl) a)
               from pg_class c join pg_namespace n on n.oid = c.relnamespace
               where n.nspname in ('ops', 'raw', 'staging', 'kandidat', 'mart', 'mart_instansi', 'quality') order by 1, 2"""
    schemas = "select nspname, (select array_agg(a::text order by a::text) from unnest(nspacl) a) from pg_namespace where nspname !~ '^pg_' order by 1"
    defaults = "select defaclrole::regrole::text, defaclnamespace::regnamespace::text, defaclobjtype, defaclacl::text from pg_default_acl order by 1, 2, 3"
    with old.database.connect("owner") as a, new.database.connect("owner") as b:
        for question in (query, schemas, defaults):
            assert b.execute(question.encode()).fetchall() == a.execute(question.encode()).fetchall()
    (outcome,) = run([ISI])
    assert outcome.state in ("unchanged", "failed")  # as the old one would say: its file could not be read in the end


def test_what_happened_after_the_backup_is_done_again_where_the_archive_lives(
    place: str, living: Old, empty: Empty, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    """The disk of the database is lost, not that of the archive: nothing that was accepted since is lost either."""
    changed = Old(living.database, tmp_path / "arsip_hidup", living.sources)
    shutil.copytree(living.archive, changed.archive)
    monkeypatch.setenv("SATUDATA_DATABASE", living.database.name)
    monkeypatch.setenv("SATUDATA_ARCHIVE_URL", changed.archive.as_uri())
    (living.sources / "uji" / "dinas" / "isi.csv").write_text("kode;hari;n\n" + "".join(f"k{n};2026-06-01;{n + 1}\n" for n in range(10)))
    (outcome,) = run([ISI])
    assert outcome.state == "accepted"
    new = beside(monkeypatch, changed, empty)
    done = restore(place)
    assert done.after.problems == ()
    assert all_rows(living, new) == []


def test_a_second_backup_copies_what_is_new_only_and_old_ones_can_go(place: str, living: Old):
    time.sleep(1.1)  # a stamp is of a second
    again = backup(place)
    assert again.copied == 0
    time.sleep(1.1)
    last = backup(place, keep=1)
    assert BackupPlace(place).stamps() == [last.manifest.stamp]
    assert verify(place)[1] == []


def test_a_living_warehouse_is_not_overwritten_without_the_word(place: str, living: Old):
    with pytest.raises(WarehouseNotEmpty, match=r"ops\.batch"):
        restore(place)
    said = CliRunner().invoke(restore_command, [place])
    assert isinstance(said.exception, WarehouseNotEmpty)
    with living.database.connect("owner") as conn:
        before = conn.execute("select count(*) from ops.batch").fetchone()
        conn.execute("update ops.waiver set reason = 'diubah tangan'")
        conn.commit()
        restore(place, overwrite=True)
    with living.database.connect("owner") as conn:
        assert conn.execute("select count(*) from ops.batch").fetchone() == before
        assert conn.execute("select count(*) from ops.waiver where reason = 'diubah tangan'").fetchone() == (0,)


DAMAGE = {"dump": "basisdata/*.dump", "blob": "arsip/sha256/*/*", "record": "arsip/journal/*/*/*/*.json", "listing": "cadangan/*.daftar"}


@pytest.mark.parametrize("how", ["flipped", "gone"])
@pytest.mark.parametrize("what", DAMAGE)
def test_a_damaged_backup_is_named_and_not_restored(
    place: str, old: Old, empty: Empty, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, what: str, how: str
):
    victim = sorted((tmp_path / "cadangan").glob(DAMAGE[what]))[0]
    name = victim.relative_to(tmp_path / "cadangan").as_posix()
    content = victim.read_bytes()
    victim.write_bytes(content[:-1] + bytes([content[-1] ^ 1])) if how == "flipped" else victim.unlink()
    if what == "listing":
        with pytest.raises(BackupDamaged, match=name):
            verify(place)
    else:
        assert [error.file for error in verify(place)[1]] == [name]
        said = CliRunner().invoke(backup_command, [place, "--verify"])
        assert (said.exit_code, name in said.output) == (1, True)
    new = beside(monkeypatch, old, empty, archive=False)
    with pytest.raises(BackupDamaged, match=name):
        restore(place)
    with new.database.connect("owner") as conn:
        assert conn.execute("select count(*) from ops.batch").fetchone() == (0,)


def test_a_manifest_that_was_changed_is_not_believed(place: str, tmp_path: Path):
    (path,) = (tmp_path / "cadangan" / "cadangan").glob("*.json")
    path.write_text(path.read_text().replace('"objects": ', '"objects": 1'))
    with pytest.raises(BackupDamaged, match=path.name):
        verify(place)


def test_what_is_damaged_in_the_archive_itself_does_not_get_into_the_backup(living: Old, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """It is named, the rest is backed up, and the next backup brings the healed file."""
    archive = tmp_path / "arsip"
    shutil.copytree(living.archive, archive)
    monkeypatch.setenv("SATUDATA_ARCHIVE_URL", archive.as_uri())
    victim = sorted(archive.glob("sha256/*/*"))[0]
    content = victim.read_bytes()
    victim.write_bytes(b"x" * len(content))
    where = (tmp_path / "cadangan").as_uri()
    said = CliRunner().invoke(backup_command, [where])
    assert (said.exit_code, victim.name in said.output) == (1, True)
    victim.write_bytes(content)
    time.sleep(1.1)
    assert (backup(where).copied, verify(where)[1]) == (1, [])


def test_no_backup_is_said_so(living: Old, tmp_path: Path):
    for ask in (verify, restore):
        with pytest.raises(NoBackup):
            ask((tmp_path / "kosong").as_uri())


def test_a_dump_that_fails_leaves_no_backup(living: Old, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("warehouse.dump._program", lambda name: "/bin/false")
    with pytest.raises(DumpFailed, match="pg_dump"):
        backup((tmp_path / "cadangan").as_uri())
    with pytest.raises(NoBackup):
        verify((tmp_path / "cadangan").as_uri())


def test_killed_at_any_moment_there_is_no_half_backup(living: Old, tmp_path: Path):
    """Of what stands there either all belongs to a backup that reads to its end, or there is none."""
    zygote, folder = Zygote(), tmp_path / "cadangan"
    environment = {name: os.environ[name] for name in ("SATUDATA_HOME", "SATUDATA_SOURCES", "SATUDATA_ARCHIVE_URL", "SATUDATA_DATABASE")}
    try:
        for files in (0, 1, 2, 9, 20, 30):
            pid = zygote.start(["backup", str(folder)], environment, str(tmp_path / "log"))
            while sum(path.is_file() for path in folder.rglob("*")) < files:
                time.sleep(0.001)
            os.kill(pid, signal.SIGKILL)
            zygote.wait()
            for stamp in BackupPlace(str(folder)).stamps():
                assert verify(str(folder), stamp=stamp)[1] == []
        assert zygote.run(["backup", str(folder)], environment, str(tmp_path / "log")) == 0, (tmp_path / "log").read_text()
    finally:
        zygote.close()
    assert verify(str(folder))[1] == []


def test_readers_of_another_server_get_their_logins(place: str, old: Old, empty: Empty, monkeypatch: pytest.MonkeyPatch):
    """The address of an owner who is no superuser is all that a restore is given."""
    new = beside(monkeypatch, old, empty, archive=False)
    monkeypatch.setenv("SATUDATA_DATABASE_URL", new.database.url("owner"))
    restore(place)
    with psycopg.connect(new.database.url("owner")) as conn:
        assert conn.execute("select rolsuper from pg_roles where rolname = current_user").fetchone() == (False,)
    assert all_rows(old, new) == []
