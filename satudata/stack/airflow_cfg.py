"""Airflow's settings as one private file below SATUDATA_HOME, written anew at each start, so that `airflow` itself needs AIRFLOW_HOME alone.

The figures are measured (design, section 7). `min_heartbeat_interval`: a supervisor that hears its task's last word a moment before the task
is gone sleeps for that long; at the default of 5 s every third task of ours took 5 s more.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from configparser import RawConfigParser
from pathlib import Path

from contracts.settings import Settings
from satudata.stack.secrets import ADMIN, AirflowSecrets, passwords_file
from warehouse.server.secrets import write_private

REPOSITORY = Path(__file__).resolve().parents[2]
Config = Mapping[str, Mapping[str, object]]


def airflow_home(home: Path) -> Path:
    """Below it lie Airflow's settings, logs and process records."""
    return home / "airflow"


def write_config(here: Settings, known: AirflowSecrets, database_url: str, changes: Config | None = None) -> Path:
    """Write `airflow.cfg` for this home; ``changes``: settings for this start only, by section."""
    parser = RawConfigParser(interpolation=None)
    parser.read_dict({name: _texts(section) for name, section in _config(here, known, database_url).items()})
    parser.read_dict({name: _texts(section) for name, section in (changes or {}).items()})
    text = io.StringIO()
    parser.write(text)
    path = airflow_home(here.home) / "airflow.cfg"
    write_private(path, text.getvalue())
    return path


def _texts(section: Mapping[str, object]) -> dict[str, str]:
    """Airflow reads `%` as the start of an interpolation."""
    return {name: str(value).replace("%", "%%") for name, value in section.items()}


def _config(here: Settings, known: AirflowSecrets, database_url: str) -> Config:
    return {
        "core": {
            "executor": "LocalExecutor",
            "parallelism": 8,
            "mp_start_method": "fork",  # tasks inherit what the scheduler imported
            "dags_folder": REPOSITORY / "dags",
            "plugins_folder": airflow_home(here.home) / "plugins",
            "load_examples": False,
            "dags_are_paused_at_creation": False,
            "default_task_retries": 2,
            "default_task_retry_delay": 300,
            "max_map_length": 20_000,  # kelurahan x days
            "fernet_key": known.fernet_key,
            "execution_api_server_url": f"{known.url}/execution/",
            "simple_auth_manager_users": f"{ADMIN}:admin",
            "simple_auth_manager_passwords_file": passwords_file(here.secrets),
            "hostname_callable": "socket.gethostname",  # the default asks the network
            "default_timezone": here.zone,
        },
        "database": {"sql_alchemy_conn": database_url.replace("postgresql://", "postgresql+psycopg2://", 1)},
        "scheduler": {
            "max_tis_per_query": 32,
            "scheduler_idle_sleep_time": 0.2,
            "task_instance_heartbeat_timeout": 120,
            "orphaned_tasks_check_interval": 30,  # after a kill, a restart goes on within a minute
        },
        "workers": {"min_heartbeat_interval": 1},
        "dag_processor": {"parsing_processes": 1},
        "api": {"host": "127.0.0.1", "port": known.port, "base_url": known.url, "secret_key": known.api_secret_key},
        "api_auth": {"jwt_secret": known.jwt_secret},
        "logging": {"base_log_folder": airflow_home(here.home) / "logs"},
        "usage_data_collection": {"enabled": False},
    }
