"""The server set-up is validated here because no engine runs it: a typing error would first show on somebody's server."""

from __future__ import annotations

import re
from configparser import RawConfigParser
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from compose_spec import PyOptions

from contracts.settings import settings
from satudata.stack.airflow_cfg import write_config
from satudata.stack.secrets import AirflowSecrets
from tests.house.tree import ROOT

ONE_SHOT = {"init"}


def interpolated(text: str) -> str:
    """The file as compose reads it on a server that sets none of the variables."""
    return re.sub(r"\$\{[A-Z_]+:-([^}]*)\}", r"\1", text)


TEXT = interpolated((ROOT / "docker" / "compose.yml").read_text())
COMPOSE = yaml.safe_load(TEXT)
SERVICES = COMPOSE["services"]


def validate(compose: dict) -> None:
    """Raises ValueError where a key or value is not of the Compose Specification, or names what is not declared."""
    PyOptions().from_yaml(yaml.safe_dump(compose)).validate()


def test_the_compose_file_is_one() -> None:
    """Every key and value as the Compose Specification wants it."""
    validate(COMPOSE)
    assert "${" not in TEXT


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("restart:", "restrt:"),
        ("service_healthy", "service_happy"),
        ("512mb", "much"),
        ("interval: 30s", "interval: soon"),
        ("8080:8080", "8080:x"),
    ],
)
def test_a_broken_compose_file_is_seen(right: str, wrong: str) -> None:
    assert right in TEXT
    with pytest.raises(ValueError, match="."):
        validate(yaml.safe_load(TEXT.replace(right, wrong)))


def test_the_whole_stack_is_there() -> None:
    assert set(SERVICES) == {"postgres", "init", "api-server", "scheduler", "dag-processor", "triggerer"}


@pytest.mark.parametrize("name", SERVICES)
class TestService:
    def test_runs_as_an_ordinary_user_without_privileges(self, name: str) -> None:
        service = SERVICES[name]
        assert service["user"].split(":")[0] not in {"", "0", "root"}
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert "privileged" not in service

    def test_is_a_fixed_version(self, name: str) -> None:
        assert re.search(r":\d[\w.-]*$", SERVICES[name]["image"])

    def test_is_watched_and_comes_back(self, name: str) -> None:
        service = SERVICES[name]
        if name in ONE_SHOT:
            assert (service["restart"], service["healthcheck"]) == ("no", {"disable": True})
        else:
            assert service["restart"] == "unless-stopped"
            assert service["healthcheck"]["test"][0] == "CMD"

    def test_names_only_what_is_declared(self, name: str) -> None:
        service = SERVICES[name]
        assert set(service["secrets"]) <= set(COMPOSE["secrets"])
        assert set(service["networks"]) <= set(COMPOSE["networks"])
        assert set(service.get("depends_on", {})) <= set(SERVICES)
        sources = {volume.split(":")[0] for volume in service["volumes"]}
        assert {source for source in sources if "/" not in source} <= set(COMPOSE["volumes"])

    def test_takes_secrets_from_files_alone(self, name: str) -> None:
        for variable, value in SERVICES[name].get("environment", {}).items():
            assert "://" not in value or variable.endswith("_URL"), variable
            if re.search(r"PASSWORD|SECRET|_KEY|CONN|DATABASE_URL", variable):
                assert variable.endswith("_FILE"), variable
                assert Path(value).name in SERVICES[name]["secrets"]

    def test_publishes_on_the_host_itself_alone(self, name: str) -> None:
        assert all(str(port).startswith("127.0.0.1:") for port in SERVICES[name].get("ports", []))


def test_waits_for_what_it_needs() -> None:
    for name in set(SERVICES) - {"postgres", "init"}:
        assert SERVICES[name]["depends_on"]["init"] == {"condition": "service_completed_successfully"}
    assert SERVICES["init"]["depends_on"]["postgres"] == {"condition": "service_healthy"}


def test_postgres_cannot_be_reached_from_outside() -> None:
    assert SERVICES["postgres"]["networks"] == ["dalam"]
    assert COMPOSE["networks"]["dalam"] == {"internal": True}
    assert "ports" not in SERVICES["postgres"]


def test_airflow_is_set_as_on_one_machine(tmp_path: Path) -> None:
    """What was measured and proven by `make demo` holds on the server too; addresses, secrets and log-in are the server's own."""
    own = {"core": {"dags_folder", "plugins_folder", "load_examples", "fernet_key", "execution_api_server_url", "hostname_callable"}}
    parser = RawConfigParser()
    parser.read(write_config(replace(settings(), home=tmp_path), AirflowSecrets(8080, "j", "a", "f", "p"), "postgresql://x"))
    for section in {"core", "scheduler", "workers", "dag_processor", "usage_data_collection"}:
        for name, value in parser[section].items():
            if name not in own.get(section, set()) and not name.startswith("simple_auth"):
                assert SERVICES["scheduler"]["environment"][f"AIRFLOW__{section}__{name}".upper()] == value
