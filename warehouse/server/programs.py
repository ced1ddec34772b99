"""Runs the server's own programs (initdb, pg_ctl) as the account they need, with nothing of our environment leaking in."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from contracts.errors import WarehouseUnreachable
from warehouse.server.places import Cluster
from warehouse.server.secrets import SUPERUSER

LOCALE = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")


class ProgramFailed(Exception):
    """A program of the server ended with an error; the text is what it said."""


def run_program(cluster: Cluster, program: str, *arguments: str) -> None:
    """Run one program to its end. Raises: `ProgramFailed` with its output.

    Output goes to a file: a pipe would be held open by the server that pg_ctl leaves behind, and we would wait for ever.
    """
    options: dict[str, Any] = {"cwd": cluster.room, "umask": 0o077, **(cluster.account.start_options() if cluster.account else {})}
    options["env"] = {"LC_ALL": "C", "PATH": os.environ.get("PATH", os.defpath)}  # no PGDATA, PGPORT ... of the caller
    with tempfile.TemporaryFile() as output:
        command = [str(cluster.programs / program), *arguments]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, **options)
        output.seek(0)
        if done.returncode:
            raise ProgramFailed(output.read().decode(errors="replace").strip())


def create_data(cluster: Cluster, password: str) -> None:
    """Make the data directory; aside and renamed, so that one killed half-way is made anew by the next start.

    The name is a new one each time: the initdb of a killed start may still be writing below the old one.
    """
    aside = Path(tempfile.mkdtemp(prefix="data.new-", dir=cluster.room))
    key = aside.with_suffix(".key")
    key.touch(mode=0o600)
    key.write_text(password)
    cluster.own(aside)
    cluster.own(key)
    try:
        run_program(cluster, "initdb", "-D", str(aside), "-U", SUPERUSER, "--auth=scram-sha-256", f"--pwfile={key}", *LOCALE)
    except ProgramFailed as error:
        raise WarehouseUnreachable(str(cluster.room), f"initdb gagal: {error}") from error
    finally:
        key.unlink()
    aside.rename(cluster.data)


def clear_half_made(cluster: Cluster) -> None:
    """Remove what an initdb that was killed, or outlived the start that called it, has left behind."""
    for left in cluster.room.glob("data.new-*"):
        shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink()
