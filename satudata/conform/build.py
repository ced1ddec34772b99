"""One `dbt build` in a process of its own, its lines passed on as they come, its results read from what it wrote."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from contracts.errors import BuildFailed, NothingBuilt
from contracts.settings import settings
from satudata.conform.inputs import PROJECT
from warehouse.connect import database_url

logger = logging.getLogger(__name__)
BAD = ("error", "fail", "runtime error")


@dataclass(frozen=True)
class NodeResult:
    """How one model or test came out."""

    unique_id: str
    status: str
    failures: int
    message: str
    compiled: str | None

    @property
    def is_test(self) -> bool:
        """A test, as opposed to a model."""
        return self.unique_id.startswith("test.")

    @property
    def name(self) -> str:
        """What its author called it."""
        return self.unique_id.split(".")[2]


@dataclass(frozen=True)
class Build:
    """What a build came to: results of all nodes and the manifest they belong to."""

    results: tuple[NodeResult, ...]
    manifest: Mapping[str, Any]

    @property
    def failed_tests(self) -> tuple[NodeResult, ...]:
        """Tests that found rows, or broke, in error severity."""
        return tuple(result for result in self.results if result.is_test and result.status in BAD)


def build(anew: bool = True) -> Build:
    """Build and test every model into the candidate; those that can follow changes do unless everything is to be made `anew`.

    Raises: `NothingBuilt` when no model was selected; `BuildFailed` when a model, or dbt itself, failed. Failed tests are returned.
    """
    target = settings().home / "dbt" / "target"
    (target / "run_results.json").unlink(missing_ok=True)
    code, tail = run_dbt(["build", *(["--full-refresh"] if anew else [])], target)
    if not (target / "run_results.json").exists():
        raise BuildFailed(("dbt",), tail)
    results = tuple(_results(target))
    broken = [result for result in results if not result.is_test and result.status in BAD]
    if broken:
        raise BuildFailed(tuple(result.name for result in broken), broken[0].message)
    if not any(not result.is_test and result.status == "success" for result in results):
        raise NothingBuilt("dbt build")
    done = Build(results, json.loads((target / "manifest.json").read_bytes()))
    if code and not done.failed_tests:
        raise BuildFailed(("dbt",), tail)
    return done


def run_dbt(arguments: list[str], target: Path) -> tuple[int, str]:
    """Exit code and last line of a dbt command on our project; what it makes lies in `target`."""
    where = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT), "--target-path", str(target)]
    logs = ["--log-path", str(settings().home / "dbt" / "logs"), "--no-use-colors"]
    command, last = [sys.executable, "-m", "satudata.conform.dbt_process", *arguments, *where, *logs], ""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=PROJECT.parent, env=environment())
    with process:
        try:
            for line in process.stdout or ():
                if line.strip():
                    last = line.strip()
                    logger.info(last)
        except BaseException:
            process.kill()
            raise
    return process.returncode, last


def environment() -> dict[str, str]:
    """Where dbt connects, and as whom; the password only through the one variable dbt scrubs from its logs."""
    parts = conninfo_to_dict(database_url("transformer"))
    return {
        **os.environ,
        "SATUDATA_DBT_HOST": str(parts.get("host", "localhost")), "SATUDATA_DBT_PORT": str(parts.get("port", 5432)),
        "SATUDATA_DBT_USER": str(parts.get("user", "")), "SATUDATA_DBT_DATABASE": str(parts.get("dbname", "")),
        "SATUDATA_DBT_SSLMODE": str(parts.get("sslmode", "prefer")), "DBT_ENV_SECRET_SATUDATA_PASSWORD": str(parts.get("password") or ""),
    }  # fmt: skip


def _results(target: Path) -> Iterator[NodeResult]:
    for result in json.loads((target / "run_results.json").read_bytes())["results"]:
        yield NodeResult(
            result["unique_id"], result["status"], result["failures"] or 0, result["message"] or "", result.get("compiled_code")
        )
