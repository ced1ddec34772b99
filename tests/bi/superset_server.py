"""A Superset of its own for one test run: metadata in SQLite, no Redis, ended by its own process number."""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from tests.bi.conftest import REPO
from warehouse.server.secrets import free_port

PROGRAM = REPO / ".venv-superset" / "bin" / "superset"
START_S = 300
SPELLING = re.compile(r"^D3_FORMAT = .*$", re.MULTILINE)
"""The setting that our page of BI tools asks for."""
ADMIN = {"username": "admin", "firstname": "Wali", "lastname": "Data", "email": "walidata@contoh.id"}


class Superset(requests.Session):
    """Its REST interface, as a person who logged in."""

    def __init__(self, base: str, password: str) -> None:
        super().__init__()
        self.base = f"{base}/api/v1/"
        who = {"username": ADMIN["username"], "password": password, "provider": "db", "refresh": True}
        self.headers["Authorization"] = "Bearer " + self.ask("post", "security/login", json=who)["access_token"]
        self.headers["X-CSRFToken"] = self.ask("get", "security/csrf_token/")["result"]
        self.headers["Referer"] = base

    def ask(self, method: str, path: str, **more: Any) -> Any:
        """What it answers; an answer other than 2xx fails with its text."""
        answer = self.request(method, self.base + path, timeout=120, **more)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text[:2000]}"
        return answer.json()


@contextmanager
def running(folder: Path) -> Iterator[Superset]:
    """Superset set up from nothing in `folder`, listening on this machine alone."""
    password, port = secrets.token_urlsafe(12), free_port()
    environment = _environment(folder)
    for words in (
        ["db", "upgrade"],
        ["fab", "create-admin", *(f"--{name}={value}" for name, value in ADMIN.items()), f"--password={password}"],
        ["init"],
    ):
        done = subprocess.run([PROGRAM, *words], env=environment, cwd=folder, capture_output=True, text=True)
        assert done.returncode == 0, f"superset {words[0]}\n{done.stdout[-2000:]}{done.stderr[-3000:]}"
    with (folder / "superset.log").open("w") as log:
        server = subprocess.Popen([PROGRAM, "run", "-h", "127.0.0.1", "-p", str(port)], env=environment, cwd=folder, stdout=log, stderr=log)
        try:
            base = f"http://127.0.0.1:{port}"
            _wait(base, server, folder / "superset.log")
            yield Superset(base, password)
        finally:
            server.terminate()
            server.wait(30)


def _environment(folder: Path) -> dict[str, str]:
    config = folder / "superset_config.py"
    database = f"sqlite:///{folder}/superset.db?check_same_thread=false"
    (spelling,) = SPELLING.findall((REPO / "docs" / "bi.md").read_text())
    config.write_text(
        f"{spelling}\nSECRET_KEY = {secrets.token_urlsafe(32)!r}\nSQLALCHEMY_DATABASE_URI = {database!r}\nRATELIMIT_ENABLED = False\nTALISMAN_ENABLED = False\n"
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SATUDATA_", "SUPERSET_", "FLASK_"))}
    return kept | {"SUPERSET_CONFIG_PATH": str(config), "SUPERSET_HOME": str(folder), "FLASK_APP": "superset"}


def _wait(base: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if requests.get(f"{base}/health", timeout=5).ok:
                return
        except requests.RequestException:
            time.sleep(0.5)
    raise AssertionError(f"Superset does not answer\n{log.read_text()[-3000:]}")
