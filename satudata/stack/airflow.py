"""Airflow on this machine: its database, its three programs, and whether they are well.

api-server, scheduler and dag-processor; no triggerer, as no task of ours defers. Everything is bound to 127.0.0.1.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import requests

from contracts.errors import ProgramEnded, ProgramNotReady
from contracts.settings import Settings, settings
from satudata.stack.airflow_cfg import REPOSITORY, Config, airflow_home, write_config
from satudata.stack.program import Program
from satudata.stack.secrets import AirflowSecrets, airflow_secrets, with_free_port
from warehouse.connect import connect, database_url

WAIT_S = 180
PARTS = {"scheduler": "scheduler", "dag_processor": "dag-processor", "metadatabase": "api-server"}
"""Whom Airflow's own health report speaks of -> our program."""
Told = Callable[[str], None]


def programs(home: Path) -> dict[str, Program]:
    """Airflow's programs by name, in the order in which they are stopped: tasks still report to the api-server while they end."""
    folder, logs = airflow_home(home) / "proses", airflow_home(home) / "logs" / "proses"
    patience = {"scheduler": 30.0, "dag-processor": 10.0, "api-server": 10.0}
    return {name: Program(name, folder, logs / f"{name}.log", patience[name]) for name in patience}


def start(told: Told = lambda _: None, changes: Config | None = None, env: Mapping[str, str] | None = None) -> AirflowSecrets:
    """Have Airflow running and well: its address and its administrator's password.

    ``changes``: settings of Airflow for this start; ``env``: variables its tasks get beside ours. What runs already is started anew.
    Raises: `ProgramEnded`, `ProgramNotReady`, `WarehouseUnreachable`.
    """
    here = settings()
    with _one_at_a_time(here.home):
        for program in programs(here.home).values():
            program.stop()
        address = database_url("airflow")
        known = with_free_port(here.secrets)
        write_config(here, known, address, changes)
        environment = _environment(here, env or {})
        _migrate(here.home, environment, told)
        told("menyalakan Airflow")
        for name, program in programs(here.home).items():
            program.start(_command(name), environment | _only_for(name))
        _wait_until_well(here.home, known, told)
    return known


def stop(home: Path) -> None:
    """End all of Airflow's programs; tasks under way get half a minute."""
    with _one_at_a_time(home):
        running = programs(home).values()
        for program in running:
            if program.name != "api-server":
                program.ask_to_stop()
        for program in running:
            program.stop()


def check(home: Path) -> None:
    """Raises: `ProgramEnded` where one of them does not run; who waits for Airflow would wait for ever."""
    for program in programs(home).values():
        program.check()


def health(home: Path) -> dict[str, str]:
    """What Airflow says of its parts: name -> healthy | unhealthy; empty when it does not answer."""
    try:
        report = requests.get(f"{airflow_secrets(home / 'secrets').url}/api/v2/monitor/health", timeout=5).json()
        return {PARTS[part]: str(report[part]["status"]) for part in PARTS}
    except (requests.RequestException, KeyError, TypeError):
        return {}


def _wait_until_well(home: Path, known: AirflowSecrets, told: Told) -> None:
    deadline = time.monotonic() + WAIT_S
    while set((found := health(home)).values()) != {"healthy"}:
        check(home)
        if time.monotonic() > deadline:
            late = next((name for name, status in found.items() if status != "healthy"), "api-server")
            raise ProgramNotReady(late, str(programs(home)[late].log), WAIT_S)
        time.sleep(0.2)
    told(f"Airflow siap di {known.url}")


def _command(name: str) -> list[str]:
    """The scheduler's own server for logs is left out: it would listen on every address, and the api-server reads the files itself."""
    return [sys.executable, "-m", "airflow", name, *(["--skip-serve-logs"] if name == "scheduler" else [])]


def _environment(here: Settings, extra: Mapping[str, str]) -> dict[str, str]:
    """What the programs see: ours made absolute, nothing of another Airflow on this machine."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW_") or name.startswith("AIRFLOW_CONN_")}
    ours = {"SATUDATA_HOME": str(here.home), "SATUDATA_SOURCES": str(here.sources), "AIRFLOW_HOME": str(airflow_home(here.home))}
    return {**kept, "PYTHONPATH": str(REPOSITORY), "GX_ANALYTICS_ENABLED": "false", **ours, **extra}


def _only_for(name: str) -> dict[str, str]:
    """The scheduler alone finds `airflow_local_settings`, which imports what tasks need. Its libraries get no threads: they would not survive fork."""
    if name != "scheduler":
        return {}
    return {
        "PYTHONPATH": os.pathsep.join((str(REPOSITORY), str(REPOSITORY / "dags" / "scheduler"))),
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }


def _migrate(home: Path, environment: Mapping[str, str], told: Told) -> None:
    """Bring Airflow's database to its version; skipped, as it takes 5 s, where this version has done it."""
    done, wanted = airflow_home(home) / "migrated", version("apache-airflow-core")
    if done.exists() and done.read_text() == wanted and _has_tables():
        return
    told("menyiapkan basis data Airflow")
    log = airflow_home(home) / "logs" / "proses" / "migrate.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as file:
        found = subprocess.run([sys.executable, "-m", "airflow", "db", "migrate"], env=dict(environment), stdout=file, stderr=file)
    if found.returncode:
        raise ProgramEnded("airflow db migrate", str(log), " | ".join(log.read_text(errors="replace").splitlines()[-3:]))
    done.write_text(wanted)


def _has_tables() -> bool:
    with connect("airflow") as conn:
        return conn.execute("select to_regclass('alembic_version') is not null").fetchone() == (True,)


@contextmanager
def _one_at_a_time(home: Path) -> Iterator[None]:
    """Hold the stack's lock; the system lets go of it when its holder dies."""
    airflow_home(home).mkdir(parents=True, exist_ok=True)
    with (airflow_home(home) / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
