"""Embedded servers of their own, to be mistreated by tests."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.house.tree import ROOT
from warehouse import server


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


def ask(home: Path, statement: str, role: str = "owner") -> list[tuple]:
    with psycopg.connect(server.url(home, role), autocommit=True) as conn:
        cursor = conn.execute(statement)
        return cursor.fetchall() if cursor.description else []


def start_elsewhere(home: Path, **options) -> subprocess.Popen[str]:
    code = "import sys; from pathlib import Path; from warehouse import server; print(server.start(Path(sys.argv[1])).pid)"
    return subprocess.Popen([sys.executable, "-c", code, str(home)], cwd=ROOT, stdout=subprocess.PIPE, text=True, **options)
