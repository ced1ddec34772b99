"""Whether the server of a data directory really runs, and what is left of one that was killed.

PostgreSQL trusts a process number in `postmaster.pid`. After a power cut that number may be another program's, in a
container it may be an unreaped zombie's, and backends may outlive a killed postmaster: each would keep the next one from starting.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

PORT_LINE, STATUS_LINE = 3, 7
GRACE_S = 5.0


@dataclass(frozen=True)
class Postmaster:
    """A live server process."""

    pid: int
    port: int
    ready: bool


def live_postmaster(data: Path) -> Postmaster | None:
    """The process that serves `data`; None where there is none, whatever `postmaster.pid` says."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return None
    if len(lines) <= PORT_LINE or not lines[0].strip().isdigit() or not _serves(int(lines[0]), data):
        return None
    return Postmaster(int(lines[0]), int(lines[PORT_LINE]), len(lines) > STATUS_LINE and lines[STATUS_LINE].strip() == "ready")


def clear_remains(data: Path) -> None:
    """Make room for a new postmaster: end what a dead one left running and forget its process number."""
    for process in _processes(data):
        process.terminate()
    _, stubborn = psutil.wait_procs(list(_processes(data)), timeout=GRACE_S)
    for process in stubborn:
        process.kill()
    deadline = time.monotonic() + GRACE_S
    while any(_processes(data)) and time.monotonic() < deadline:
        time.sleep(0.05)
    (data / "postmaster.pid").unlink(missing_ok=True)


def _processes(data: Path) -> Iterator[psutil.Process]:
    return (process for process in psutil.process_iter() if _serves(process.pid, data))


def _serves(pid: int, data: Path) -> bool:
    """Every process of the server works inside its data directory; a zombie or somebody else's process does not."""
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE or process.name() != "postgres":
            return False
        return Path(process.cwd()) == data
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False
