"""Everything up, everything down, and what is up: the sample city, Airflow and the embedded PostgreSQL of one home."""

from __future__ import annotations

from pathlib import Path

from contracts.settings import settings
from satudata.stack import airflow, city
from satudata.stack.airflow import Told
from satudata.stack.airflow_cfg import Config, airflow_home
from satudata.stack.program import Program
from satudata.stack.secrets import AirflowSecrets
from warehouse import server
from warehouse.connect import connect
from warehouse.migrate import migrate

LEFT_RUNNING, PLAYED = "up", "demo"


def up(
    told: Told = lambda _: None, changes: Config | None = None, env: dict[str, str] | None = None, purpose: str = LEFT_RUNNING
) -> AirflowSecrets:
    """Start all of it, or start it anew, and return when Airflow is well.

    ``changes``: settings of Airflow for this start; ``env``: variables its tasks get; ``purpose``: remembered, see `purpose_of`. The city is
    started where contracts ask for it. Raises: `StackError`, `WarehouseUnreachable`.
    """
    home = settings().home
    told("menyalakan PostgreSQL")
    with connect("owner", autocommit=True) as conn:
        migrate(conn)
    airflow_home(home).mkdir(parents=True, exist_ok=True)
    _purpose_file(home).write_text(purpose)
    sites = city.start(home) if city.wanted(settings().sources) else {}
    return airflow.start(told, changes, sites | (env or {}))


def down(home: Path, with_database: bool = True) -> None:
    """Stop all of it; does nothing where nothing runs."""
    airflow.stop(home)
    city.program(home).stop()
    _purpose_file(home).unlink(missing_ok=True)
    if with_database:
        server.stop(home)


def running(home: Path) -> dict[str, bool]:
    """Which programs run, by name."""
    programs: list[Program] = [city.program(home), *airflow.programs(home).values()]
    return {"postgres": server.is_running(home)} | {program.name: program.leader() is not None for program in programs}


def purpose_of(home: Path) -> str | None:
    """What a running Airflow was started for: to be left running, or by a demo that may have been killed; None where none runs."""
    if not any(program.leader() for program in airflow.programs(home).values()):
        return None
    return _purpose_file(home).read_text() if _purpose_file(home).exists() else PLAYED


def _purpose_file(home: Path) -> Path:
    return airflow_home(home) / "tujuan"
