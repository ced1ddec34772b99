"""Starts and stops the embedded server, so that it is there whenever somebody asks, whatever happened to it before.

One lock per home makes simultaneous starts one start. A server already running is found without the lock and without a
connection. One that was killed, or whose port somebody took, is started anew; the data is PostgreSQL's own business (fsync is on).
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from contracts.errors import WarehouseUnreachable
from warehouse.server.places import AIRFLOW_DATABASE, DATABASE, Cluster, data_directory, open_cluster
from warehouse.server.policy import write_policy
from warehouse.server.postmaster import Postmaster, clear_remains, live_postmaster
from warehouse.server.programs import ProgramFailed, clear_half_made, create_data, run_program
from warehouse.server.secrets import AIRFLOW, OWNER, SUPERUSER, Secrets, ensure_secrets, port_is_free, read_secrets, with_new_port
from warehouse.server.users import ensure_users

TRIES = 3
WAIT_S = 180  # recovery after a power cut replays up to max_wal_size
USERS = {"owner": OWNER, "superuser": SUPERUSER}
"""Roles whose user has another name: the owner is called like the product, the superuser as PostgreSQL calls it."""


@dataclass(frozen=True)
class ServerInfo:
    """A running server."""

    home: Path
    pid: int
    port: int
    data: Path


def start(home: Path) -> ServerInfo:
    """Have the server of `home` running: made on the first call, found on later ones.

    Raises: `WarehouseUnreachable` with what PostgreSQL said.
    """
    home = home.absolute()
    home.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time(home):
        known = ensure_secrets(home)
        cluster = open_cluster(home)
        clear_half_made(cluster)
        if not cluster.data.exists():
            create_data(cluster, known.passwords[SUPERUSER])
        running = _running(cluster, known)
    return ServerInfo(home, running.pid, running.port, cluster.data)


def stop(home: Path) -> None:
    """Stop the server of `home`; open transactions are rolled back. Does nothing where none runs."""
    home = home.absolute()
    if live_postmaster(data_directory(home)) is None:
        return
    with _one_at_a_time(home):
        cluster = open_cluster(home)
        try:
            run_program(cluster, "pg_ctl", "stop", "-D", str(cluster.data), "-m", "fast", "-w", "-t", str(WAIT_S))
        except ProgramFailed as error:
            if live_postmaster(cluster.data):
                raise WarehouseUnreachable(str(cluster.data), f"tidak mau berhenti: {error}") from error


def is_running(home: Path) -> bool:
    """Whether the server of `home` runs and takes connections."""
    running = live_postmaster(data_directory(home))
    return running is not None and running.ready


def url(home: Path, role: str = "loader", database: str = DATABASE) -> str:
    """The address for a role (owner, loader, transformer, portal, bi_reader, bi_instansi, steward, airflow), password included.

    The server must have been started once. Raises: KeyError for an unknown role.
    """
    return read_secrets(home).url(USERS.get(role, role), AIRFLOW_DATABASE if role == AIRFLOW else database)


def _running(cluster: Cluster, known: Secrets) -> Postmaster:
    """The server, launched if need be and with its users made; one that dies meanwhile is launched again."""
    for attempt in range(TRIES):
        try:
            if live_postmaster(cluster.data) is None:
                known = _launch(cluster, known)
            running = _ready(cluster.data)
            ensure_users(known)
            break
        except WarehouseUnreachable:
            if attempt == TRIES - 1 or live_postmaster(cluster.data):
                raise
    return running


def _launch(cluster: Cluster, known: Secrets) -> Secrets:
    """Start the postmaster; somebody may take the port between our look and its start, so look again a few times."""
    clear_remains(cluster.data)
    write_policy(cluster)
    said = ""
    for _ in range(TRIES):
        if not port_is_free(known.port):
            known = with_new_port(cluster.home, known)
        try:
            arguments = ["-D", str(cluster.data), "-l", str(cluster.log), "-o", f"-p {known.port}", "-w", "-t", str(WAIT_S)]
            run_program(cluster, "pg_ctl", "start", *arguments)
        except ProgramFailed as error:
            said = str(error)
        else:
            return known
    raise WarehouseUnreachable(str(cluster.data), f"PostgreSQL tidak mau menyala, lihat {cluster.log}: {said}")


def _ready(data: Path) -> Postmaster:
    """Wait for a server that is still recovering."""
    deadline = time.monotonic() + WAIT_S
    while time.monotonic() < deadline:
        if (running := live_postmaster(data)) is None:
            raise WarehouseUnreachable(str(data), "berhenti sewaktu menyala")
        if running.ready:
            return running
        time.sleep(0.05)
    raise WarehouseUnreachable(str(data), f"belum siap setelah {WAIT_S} detik")


@contextmanager
def _one_at_a_time(home: Path) -> Iterator[None]:
    """Hold the home's lock; the system lets go of it when its holder dies."""
    with (home / "postgres.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
