"""Callers get the warehouse they were promised, with the rights of their role and no more, or one typed failure."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from contracts.errors import WarehouseUnreachable, WrongSetting
from warehouse import server as embedded
from warehouse.connect import ROLES, connect, database_url, sqlalchemy_url
from warehouse.migrate import migrate
from warehouse.server.account import server_account
from warehouse.server.secrets import free_port

DEBIAN = sorted(Path("/usr/lib/postgresql").glob("1[5-9]/bin/initdb"))


@pytest.mark.parametrize("role", [role for role in ROLES if role != "airflow"])
def test_each_role_reaches_the_warehouse_as_itself(module_database, monkeypatch, role: str) -> None:
    with connect(role) as conn:
        user, database, zone = conn.execute("select current_user, current_database(), current_setting('TimeZone')").fetchone()
    assert (user, database, zone) == ("satudata" if role == "owner" else role, module_database.name, "UTC")


def test_airflow_gets_its_own_database(server) -> None:
    with connect("airflow") as conn:
        assert conn.execute("select current_user, current_database()").fetchone() == ("airflow", "airflow")
        conn.execute("create table t (a int)")
        conn.rollback()


def test_a_first_start_that_was_killed_is_completed_by_whoever_asks_next(database, server) -> None:
    """A server that runs without its users refuses everybody, and would for ever: nobody starts what is running."""
    with psycopg.connect(embedded.url(server, "superuser", "postgres"), autocommit=True) as conn:
        conn.execute("alter role portal nologin password null")
    with connect("portal") as conn:
        assert conn.execute("select current_user").fetchone() == ("portal",)


def test_an_unknown_role_is_named() -> None:
    with pytest.raises(WrongSetting, match="direktur"):
        database_url("direktur")


def test_sqlalchemy_takes_its_address(database) -> None:
    import sqlalchemy

    engine = sqlalchemy.create_engine(sqlalchemy_url("loader"))
    with engine.connect() as conn:
        assert conn.execute(sqlalchemy.text("select current_user")).scalar() == "loader"
    engine.dispose()


@pytest.fixture(scope="module")
def tables(module_database) -> None:
    """A table of every maker in every room."""
    made = {
        "owner": ["ops.t", "raw.t", "mart.t", "mart_instansi.t", "quality.t"],
        "loader": ["raw.l", "staging_load.l"],
        "transformer": ["staging.d", "kandidat.d", "mart.d", "mart_instansi.d"],
    }
    for role, names in made.items():
        with module_database.connect(role) as conn:
            for name in names:
                conn.execute(f"create table {name} (a int)")


READS = {
    "owner": "ops.t raw.t mart.t mart_instansi.t quality.t raw.l staging_load.l staging.d kandidat.d mart.d mart_instansi.d",
    "loader": "ops.t raw.t raw.l staging_load.l",
    "transformer": "ops.t raw.t raw.l quality.t staging.d kandidat.d mart.t mart.d mart_instansi.t mart_instansi.d",
    "steward": "ops.t raw.t raw.l quality.t staging.d mart.t mart.d mart_instansi.t mart_instansi.d",
    "portal": "quality.t mart.t mart.d",
    "bi_reader": "mart.t mart.d",
    "bi_instansi": "mart.t mart.d mart_instansi.t mart_instansi.d",
}
ALL = READS["owner"].split()


@pytest.mark.parametrize("role", READS)
def test_a_role_reads_its_rooms_and_no_other(module_database, tables, role: str) -> None:
    with module_database.connect(role, autocommit=True) as conn:
        assert {name for name in ALL if can(conn, f"select * from {name}")} == set(READS[role].split())


WRITES = {
    "loader": "ops.t raw.t raw.l staging_load.l",
    "transformer": "ops.t staging.d kandidat.d mart.t mart.d mart_instansi.t mart_instansi.d",
}


@pytest.mark.parametrize("role", ["loader", "transformer", "steward", "portal", "bi_reader", "bi_instansi"])
def test_a_role_writes_its_rooms_and_no_other(module_database, tables, role: str) -> None:
    with module_database.connect(role, autocommit=True) as conn:
        conn.execute("set default_transaction_read_only = off")  # a reader may try
        assert {name for name in ALL if can(conn, f"delete from {name}")} == set(WRITES.get(role, "").split())


@pytest.mark.parametrize("role", ["bi_reader", "bi_instansi", "portal", "steward"])
@pytest.mark.parametrize(
    "statement", ["create table mart.x (a int)", "create table public.x (a int)", "create temporary table x (a int)", "create schema x"]
)
def test_readers_make_nothing(module_database, role: str, statement: str) -> None:
    with module_database.connect(role, autocommit=True) as conn:
        conn.execute("set default_transaction_read_only = off")
        assert not can(conn, statement)


@pytest.mark.parametrize("place", ["airflow", "postgres", "template1"])
def test_the_reader_opens_no_other_database(server, place: str) -> None:
    from warehouse import server as embedded

    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(embedded.url(server, "bi_reader", place))


def can(conn: psycopg.Connection, statement: str) -> bool:
    try:
        conn.execute(statement)
    except psycopg.errors.InsufficientPrivilege:
        return False
    return True


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql://u:rahasia@127.0.0.1:1/x", "refused"),
        ("postgresql://u:rahasia@127.0.0.1:{silent}/x", "timeout"),
        ("bukan alamat rahasia", "tidak dapat dibaca"),
    ],
)
def test_a_warehouse_that_does_not_answer_is_one_typed_failure(monkeypatch, url: str, says: str) -> None:
    monkeypatch.setattr("warehouse.opening.ANSWER_S", 2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("SATUDATA_DATABASE_URL", url.replace("{silent}", str(silent.getsockname()[1])))
        with pytest.raises(WarehouseUnreachable, match=f"(?i){says}") as caught:
            connect()
    assert caught.value.exit_code == 3
    assert "SATUDATA_DATABASE_URL" in caught.value.message
    assert "u:rahasia" not in caught.value.message


def test_a_wrong_password_is_that_same_failure(monkeypatch, database) -> None:
    monkeypatch.setenv("SATUDATA_DATABASE_URL", database.url("loader").replace("loader:", "loader:x"))
    with pytest.raises(WarehouseUnreachable, match="password authentication failed"):
        connect()


@pytest.fixture(scope="module", params=DEBIAN or [None], ids=lambda path: path.parts[-3] if path else "none")
def foreign(request) -> Iterator[str]:
    """Another PostgreSQL, as this machine's system ships it: 15 is the oldest we promise."""
    if request.param is None:
        pytest.skip("no PostgreSQL of the system in /usr/lib/postgresql")
    data = Path(tempfile.mkdtemp(prefix="satudata-foreign-"))
    account = server_account(data / "none")
    options = account.start_options() if account else {}
    if account:
        shutil.chown(data, account.uid, account.gid)
    (key := data / "key").write_text("kunci")
    key.chmod(0o644)
    programs, port, folder = request.param.parent, free_port(), data / "pg"
    quiet = {"cwd": data, "check": True, "stdout": subprocess.DEVNULL, **options}
    subprocess.run([programs / "initdb", "-D", folder, "-U", "dba", "-A", "scram-sha-256", f"--pwfile={key}"], **quiet)
    arguments = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
    subprocess.run([programs / "pg_ctl", "-D", folder, "-l", data / "log", "-o", arguments, "-w", "start"], **quiet)
    yield f"postgresql://dba:kunci@127.0.0.1:{port}/"
    subprocess.run([programs / "pg_ctl", "-D", folder, "-m", "immediate", "stop"], **quiet)
    shutil.rmtree(data)


@pytest.fixture(params=["superuser", "owner"])
def warehouse_elsewhere(request, foreign: str, monkeypatch, tmp_path) -> Iterator[str]:
    """SATUDATA_DATABASE_URL to a new database there: of an administrator, or of an ordinary owner who may make roles."""
    with psycopg.connect(foreign + "postgres", autocommit=True) as conn:
        conn.execute("create role pemilik login createrole password 'kunci'")
        conn.execute("create database gudang owner pemilik")
    url = foreign + "gudang" if request.param == "superuser" else foreign.replace("dba", "pemilik") + "gudang"
    monkeypatch.setenv("SATUDATA_DATABASE_URL", url)
    monkeypatch.setenv("SATUDATA_HOME", str(tmp_path))
    yield url
    with psycopg.connect(foreign + "postgres", autocommit=True) as conn:
        conn.execute("drop database gudang with (force)")
        conn.execute("drop role if exists loader, transformer, portal, bi_reader, bi_instansi, steward, pemilik")


def test_another_postgresql_serves_as_warehouse(warehouse_elsewhere: str) -> None:
    with connect("owner") as conn:
        assert migrate(conn)
    assert database_url("loader") == database_url("transformer") == warehouse_elsewhere
    with connect("loader") as conn:
        conn.execute("create table raw.x (a int)")
        conn.execute("create table mart.x (a int)")
    with connect("bi_reader", autocommit=True) as conn:
        shown = "select current_user, current_setting('default_transaction_read_only'), current_setting('statement_timeout')"
        assert conn.execute(shown).fetchone() == ("bi_reader", "on", "1min")
        assert conn.execute("show search_path").fetchone() == ("mart",)
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            conn.execute("delete from mart.x")
        assert can(conn, "select * from mart.x")
        assert not can(conn, "select * from raw.x")
    assert database_url("bi_reader") == database_url("bi_reader")


def test_a_readers_password_made_elsewhere_is_asked_for_not_changed(warehouse_elsewhere: str, tmp_path, monkeypatch) -> None:
    with pytest.raises(WarehouseUnreachable, match="jalankan migrasi"):
        database_url("bi_reader")
    with connect("owner") as conn:
        migrate(conn)
    first = database_url("bi_reader")
    monkeypatch.setenv("SATUDATA_HOME", str(tmp_path / "kedua"))
    with pytest.raises(WarehouseUnreachable, match=r"pembaca\.json"):
        database_url("bi_reader")
    psycopg.connect(first).close()
    kept = tmp_path / "secrets" / "pembaca.json"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert list(json.loads(kept.read_text())) == ["bi_reader"]
