"""One embedded server and one database per size; each transform timed as a whole and by its publishing transaction."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psycopg

from bench.warehouse import city
from warehouse.publish import publish

DAY = date(2026, 1, 15)


@dataclass(frozen=True)
class Timed:
    """Seconds of one transform and of the publishing within it."""

    transform: float
    publish: float
    release: dict[str, Any]


def empty_database(home: Path, name: str) -> None:
    """A database of this name without anything in it, on the running server of `home`."""
    from warehouse import server

    with psycopg.connect(server.url(home, "superuser", "postgres"), autocommit=True) as conn:
        conn.execute(f"drop database if exists {name} with (force)")
        conn.execute(f"create database {name} owner satudata")


class Arena:
    """A warehouse of so many facts."""

    def __init__(self, home: Path, facts: int) -> None:
        self.home, self.facts, self.name = home, facts, f"acuan_{facts}"

    def __enter__(self) -> Arena:
        """Start the server and make an empty database for this size."""
        os.environ |= {"SATUDATA_HOME": str(self.home), "SATUDATA_SOURCES": str(self.home / "sources"), "SATUDATA_DATABASE": self.name}
        self.home.mkdir(parents=True, exist_ok=True)
        from warehouse import server

        server.start(self.home)
        city.registry(self.home / "sources")
        empty_database(self.home, self.name)
        return self

    def __exit__(self, *_: object) -> None:
        from warehouse import server

        server.stop(self.home)

    def load(self) -> int:
        """Accept all first batches."""
        from satudata.session import warehouse
        from warehouse.references import load_references

        with warehouse() as conn:
            load_references(conn)
            return city.accept(conn, self.facts)

    def noop(self) -> float:
        """Seconds of `satudata release publish` where nothing is new, start of the process included."""
        command = [sys.executable, "-m", "satudata", "release", "publish", "--date", str(DAY), "--json"]
        started = time.perf_counter()
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        spent = time.perf_counter() - started
        assert json.loads(done.stdout)["skipped"], done.stdout
        return spent

    def change(self, share: float, salt: int) -> int:
        """Accept newer versions of a share of the rows."""
        from satudata.session import warehouse

        with warehouse() as conn:
            return city.change(conn, share, salt)

    def transform(self, meanwhile: Callable[[], AbstractContextManager[object]] | None = None) -> Timed:
        """One transform; `meanwhile` makes a context in which only the publishing runs."""
        from satudata.transform import transform

        spent = [0.0]

        def timed(*given: object) -> object:
            with meanwhile() if meanwhile else nullcontext():
                started = time.perf_counter()
                done = publish(*given)  # type: ignore[arg-type]
                spent[0] = time.perf_counter() - started
                return done

        started = time.perf_counter()
        with patch("satudata.transform.publish", timed):
            release = transform(DAY)
        return Timed(time.perf_counter() - started, spent[0], release)
