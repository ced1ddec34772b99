"""The sample city as a program of the stack: the sites that contracts mean by ${KOTA_CONTOH}."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from contracts.errors import ProgramNotReady
from satudata.stack.airflow_cfg import REPOSITORY, airflow_home
from satudata.stack.program import Program

WAIT_S = 30
VARIABLE = "KOTA_CONTOH"


def wanted(sources: Path) -> bool:
    """Whether any contract means the city's sites, and no other city is named: an agency's own registry needs none, nor its inbox."""
    return VARIABLE not in os.environ and any(VARIABLE.encode() in path.read_bytes() for path in sources.rglob("*.yml"))


def state(home: Path) -> Path:
    """Where the city keeps its address, its day and the inbox."""
    return home / "city"


def program(home: Path) -> Program:
    """The city's process."""
    return Program("kota-contoh", airflow_home(home) / "proses", airflow_home(home) / "logs" / "proses" / "kota-contoh.log")


def start(home: Path, root: Path = REPOSITORY) -> dict[str, str]:
    """Have the city of `home` running: the variables by which contracts find its sites and its inbox.

    ``root``: the folder whose `samples` is played. Raises: `ProgramEnded`, `ProgramNotReady`.
    """
    city, address = program(home), state(home) / "address"
    before = address.stat().st_mtime_ns if address.exists() else None
    city.start([sys.executable, "-m", "samples.city", "--state", str(state(home))], os.environ | {"PYTHONPATH": str(root)})
    deadline = time.monotonic() + WAIT_S
    while not address.exists() or address.stat().st_mtime_ns == before:
        city.check()
        if time.monotonic() > deadline:
            raise ProgramNotReady(city.name, str(city.log), WAIT_S)
        time.sleep(0.05)
    return {VARIABLE: address.read_text(), "SATUDATA_INBOX": str(state(home) / "inbox")}
