"""The image's scripts and install steps are run here without an engine: on real databases and in a clean environment."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import yaml

from tests.house.tree import ROOT
from warehouse import server as embedded
from warehouse.server.places import open_cluster

DOCKER = ROOT / "docker"
COMPOSE = yaml.safe_load((DOCKER / "compose.yml").read_text())
SERVICES = COMPOSE["services"]


def test_the_dockerfile_passes_hadolint() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    result = subprocess.run([hadolint, "--no-color", DOCKER / "Dockerfile"], capture_output=True, text=True)
    assert (result.returncode, result.stdout) == (0, "")


def test_the_dockerfile_copies_what_exists_and_ends_without_root() -> None:
    text = (DOCKER / "Dockerfile").read_text()
    copied = [word for line in re.findall(r"(?m)^COPY (?!--from)(.+) \S+$", text) for word in line.split()]
    assert copied
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert re.findall(r"(?m)^USER (\S+)", text)[-1].split(":")[0] == "10001"


@pytest.fixture
def secrets_folder(tmp_path: Path) -> Path:
    subprocess.run([DOCKER / "secrets.sh", tmp_path / "secrets"], check=True)
    return tmp_path / "secrets"


def test_secrets_are_made_once_and_lie_in_a_closed_folder(secrets_folder: Path) -> None:
    made = {path.name: path.read_text() for path in secrets_folder.iterdir()}
    assert set(made) == {Path(entry["file"]).name for entry in COMPOSE["secrets"].values()}
    assert stat.S_IMODE(secrets_folder.stat().st_mode) == 0o700
    subprocess.run([DOCKER / "secrets.sh", secrets_folder], check=True)
    assert {path.name: path.read_text() for path in secrets_folder.iterdir()} == made
    assert len(set(made.values())) == len(made)


def test_the_fernet_key_is_one(secrets_folder: Path) -> None:
    from cryptography.fernet import Fernet

    Fernet((secrets_folder / "fernet_key").read_text())


def entrypoint(secrets: Path, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "SECRETS_DIR": str(secrets), **variables}
    return subprocess.run([DOCKER / "entrypoint.sh", *command], cwd=ROOT, env=environment, capture_output=True, text=True)


def test_a_secret_reaches_its_command_and_other_files_stay_files(secrets_folder: Path) -> None:
    file = secrets_folder / "jwt_secret"
    done = entrypoint(
        secrets_folder, "sh", "-c", 'echo "$A__B $SSL_CERT_FILE ${A__B_FILE-none}"', A__B_FILE=str(file), SSL_CERT_FILE="/etc/x"
    )
    assert done.stdout.split() == [file.read_text(), "/etc/x", "none"]


def test_a_missing_secret_stops_the_service_with_a_sentence(tmp_path: Path) -> None:
    done = entrypoint(tmp_path, "true", SATUDATA_X_FILE=f"{tmp_path}/none")
    assert done.returncode == 1
    assert "docker/secrets.sh" in done.stderr


def test_the_first_start_of_postgres_makes_two_closed_databases(server: Path, secrets_folder: Path) -> None:
    """The script of the image's first start, run on a real server, under names that do not meet the tests' own."""
    head, sql = (DOCKER / "postgres-init.sh").read_text().split("<<'SQL'")
    sql = re.sub(r"(?<!:')\b(satudata|airflow)\b", r"compose_\1", sql)
    url = embedded.url(server, "superuser", "postgres")
    password, port = re.findall(r":([^:@/]+)@127\.0\.0\.1:(\d+)", url)[0]
    programs = open_cluster(server).programs
    environment = {"PATH": f"{programs}:{os.environ['PATH']}", "SECRETS_DIR": str(secrets_folder)}
    environment |= {"PGHOST": "127.0.0.1", "PGPORT": port, "PGPASSWORD": password}
    subprocess.run(["sh", "-c", f"{head}<<'SQL'{sql}"], check=True, env=environment)
    try:
        for role, secret in (("compose_satudata", "warehouse_password"), ("compose_airflow", "airflow_password")):
            own = f"postgresql://{role}:{(secrets_folder / secret).read_text()}@127.0.0.1:{port}"
            with psycopg.connect(f"{own}/{role}") as conn:
                conn.execute("create schema s")
            with pytest.raises(psycopg.OperationalError, match="permission denied"):
                psycopg.connect(f"{own}/postgres")
    finally:
        with psycopg.connect(url, autocommit=True) as conn:
            for statement in ("database compose_satudata", "database compose_airflow", "role compose_satudata", "role compose_airflow"):
                conn.execute(f"drop {statement}".encode())


def health(*arguments: str, **variables: str) -> int:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), **variables}
    return subprocess.run([DOCKER / "health.sh", *arguments], cwd=ROOT, env=environment, capture_output=True).returncode


def test_the_warehouse_is_asked_whether_it_is_well(database) -> None:
    assert health("warehouse", SATUDATA_DATABASE_URL=database.url("loader")) == 0
    assert health("warehouse", SATUDATA_DATABASE_URL="postgresql://u@127.0.0.1:1/x") == 1


@pytest.mark.parametrize("service", [name for name in SERVICES if "healthcheck" in SERVICES[name]])
def test_every_health_question_is_known(service: str) -> None:
    test = SERVICES[service]["healthcheck"].get("test", [])
    if "docker/health.sh" in test:
        assert re.search(rf"(?m)^    {test[-1]}\)", (DOCKER / "health.sh").read_text())
        assert test[-1] == service
    assert health("nobody") == 2


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_image_installs_in_a_clean_environment(tmp_path: Path) -> None:
    """The Dockerfile's own COPY and RUN lines of the build stage, with its folders below a temporary one."""
    stage = (DOCKER / "Dockerfile").read_text().split("FROM ")[1].replace("\\\n", " ")
    environment = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "HOME": str(tmp_path / "home")}
    environment |= {
        name: value for name, value in os.environ.items() if name.startswith("PIP_") or name.endswith(("_proxy", "_PROXY", "CERT_FILE"))
    }
    work = tmp_path / "srv/satudata"
    work.mkdir(parents=True)
    for line in stage.splitlines():
        if line.startswith("COPY "):
            *sources, target = line.split()[1:]
            for source in sources:
                copy(ROOT / source, work / target / (source if target == "./" else ""))
        elif line.startswith("RUN "):
            command = line[4:].replace("/opt/satudata", str(tmp_path / "opt/satudata"))
            subprocess.run(["sh", "-euc", command], cwd=work, env=environment, check=True)
    python = tmp_path / "opt/satudata/bin/python"
    subprocess.run([python, "-m", "pip", "check"], cwd=tmp_path, check=True)
    subprocess.run([python.with_name("satudata"), "--help"], cwd=tmp_path, env=environment, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(
        [python, "-c", "import airflow, airflow.providers.fab, dbt.cli.main, great_expectations, warehouse.migrate"],
        cwd=tmp_path,
        check=True,
    )


def copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__", "secrets", "target"))
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
