"""The embedded server must let in nobody without a password, be found by everybody who may, and come back after any kill."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.warehouse.own_server import ask, new_home, start_elsewhere
from warehouse import server
from warehouse.connect import connect
from warehouse.server.secrets import secrets_file


@pytest.fixture(scope="module")
def own_home() -> Iterator[Path]:
    """A server to be mistreated."""
    with new_home() as home:
        yield home


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
