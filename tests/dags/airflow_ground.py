"""A real Airflow over a registry of the test's own, with a site to fetch from and a database to load into."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from satudata.stack import airflow, runs
from satudata.stack.api import AirflowApi
from satudata.stack.runs import TaskState
from satudata.stack.secrets import AirflowSecrets
from tests.conftest import Database
from tests.dags.parsing import REPOSITORY, SIMPLE, add, empty_registry
from tests.servers.file_site import FileSite
from warehouse.connect import connect

MANUAL = SIMPLE.replace('schedule: "0 7 * * *"\n', "")
"""Nothing starts by itself while a test looks."""
CHANGES = {"core": {"default_task_retries": 1, "default_task_retry_delay": 1}}
PROBE = """
from airflow.sdk import DAG, task

@task
def credentials():
    import os
    from dags.tasks.source import _lend_credentials
    from extractors.credentials import credential
    from contracts.errors import CredentialsMissing
    for name in (None, "uji_rahasia", "tidak_ada"):
        _lend_credentials(name)
    credential("uji_rahasia", "http://situs.test/")
    try:
        credential("tidak_ada", "http://situs.test/")
    except CredentialsMissing:
        return "AIRFLOW_CONN_UJI_RAHASIA" in os.environ

@task
def probe():
    import io, sys, time
    there = [name for name in ("great_expectations", "expectations.suite", "extractors.parse", "pyarrow", "psycopg") if name in sys.modules]
    started = time.perf_counter()
    import great_expectations, pyarrow.csv, psycopg
    taken = time.perf_counter() - started
    table = pyarrow.csv.read_csv(io.BytesIO(b"a;b\\n" + b"1;x\\n" * 2_000_000), parse_options=pyarrow.csv.ParseOptions(delimiter=";"))
    return {"there": there, "import_s": taken, "rows": table.group_by("b").aggregate([("a", "sum")]).to_pylist()}

with DAG("probe", schedule=None):
    probe()
with DAG("credentials", schedule=None):
    credentials()
"""


def csv(rows: int, first: int = 0) -> bytes:
    """Rows as the simple contract reads them."""
    return "\n".join(["kode;nilai", *(f"k{number:06d};{first + number % 1000}" for number in range(rows))]).encode()


@dataclass
class Ground:
    """Airflow running, and everything around it that a test may change."""

    known: AirflowSecrets
    site: FileSite
    changes: dict[str, dict[str, object]]
    database: Database

    def play(self, *dags: str, run_date: date | None = None, **params: object) -> dict[tuple[str, str], str]:
        """Run DAGs to their end: (name of the source or DAG, step) -> state."""
        return told(runs.play(AirflowApi(self.known), dags, run_date, params=params))

    def playing(self, *dags: str) -> Played:
        """The same, in the background."""
        return Played(self, dags)

    def returned(self, dag: str) -> Any:
        """What the only task of a DAG returned last."""
        ((value,),) = self.airflow("select value from xcom where dag_id = %s and key = 'return_value' order by timestamp desc limit 1", dag)
        return json.loads(value) if isinstance(value, str) else value

    def airflow(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask Airflow's own database."""
        with connect("airflow") as conn:
            return conn.execute(query.encode(), values or None).fetchall()

    def warehouse(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask the warehouse."""
        with self.database.connect("owner") as conn:
            return conn.execute(query.encode(), values or None).fetchall()


class Played(threading.Thread):
    """Runs under way."""

    def __init__(self, ground: Ground, dags: tuple[str, ...]) -> None:
        super().__init__(daemon=True)
        self.ground, self.dags, self.states = ground, dags, {}
        self.start()

    def run(self) -> None:
        self.states = self.ground.play(*self.dags)

    def ended(self) -> Mapping[tuple[str, str], str]:
        """Wait for the end."""
        self.join(timeout=120)
        assert not self.is_alive()
        return self.states


def told(tasks: list[TaskState]) -> dict[tuple[str, str], str]:
    return {(task.nama or task.dag_id, task.task_id): task.state for task in tasks}


@contextmanager
def airflow_ground(folder: Path, database: Database, contracts: Mapping[str, str], files: dict[str, bytes]) -> Iterator[Ground]:
    """Airflow over these contracts (place -> text) and this site; ended at the end."""
    sources, dags, site = empty_registry(folder / "sources"), folder / "dags", FileSite(files)
    for place, text in contracts.items():
        add(sources, place, text)
    dags.mkdir()
    for name in ("sources.py", "transform.py"):
        (dags / name).symlink_to(REPOSITORY / "dags" / name)
    (dags / "probe.py").write_text(PROBE)
    changes = {**CHANGES, "core": {**CHANGES["core"], "dags_folder": dags}}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SATUDATA_SOURCES", str(sources))
        patch.setenv("SITUS_UJI", site.url)
        patch.setenv("SATUDATA_HOST_DELAY", "0")
        try:
            yield Ground(airflow.start(changes=changes), site, changes, database)
        finally:
            _killed(Path(os.environ["SATUDATA_HOME"]))
            site.close()


def _killed(home: Path) -> None:
    """The quick end: nothing is waited for, as no test follows that would need it."""
    for program in airflow.programs(home).values():
        if leader := program.leader():
            leader.kill()
    airflow.stop(home)
