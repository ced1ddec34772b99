"""The passwords of the server's users and the port it was given, in one file that only its owner can read."""

from __future__ import annotations

import json
import os
import secrets
import socket
import tempfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path

SUPERUSER, OWNER, AIRFLOW = "postgres", "satudata", "airflow"
READERS = ("bi_reader", "bi_instansi")
TEAM = ("loader", "transformer", "portal", *READERS, "steward")
USERS = (SUPERUSER, OWNER, AIRFLOW, *TEAM)
# Below the range the system hands out to outgoing connections, so that a stopped server's port is still free later.
PORTS = range(20_000, 30_000)


@dataclass(frozen=True)
class Secrets:
    """What is remembered between two starts."""

    port: int
    passwords: dict[str, str]

    def url(self, user: str, database: str) -> str:
        """The address of a database for a user; passwords are made of characters that need no escape."""
        return f"postgresql://{user}:{self.passwords[user]}@127.0.0.1:{self.port}/{database}"


def secrets_file(home: Path) -> Path:
    """The file, mode 0600 in a folder of mode 0700."""
    return home / "secrets" / "postgres.json"


def read_secrets(home: Path) -> Secrets:
    """What is remembered. Raises: FileNotFoundError before the first start."""
    return Secrets(**json.loads(secrets_file(home).read_text()))


def ensure_secrets(home: Path) -> Secrets:
    """What is remembered, made up where there is nothing yet; users that came with a later version get their password too."""
    try:
        known = read_secrets(home)
    except FileNotFoundError:
        known = Secrets(free_port(), {})
    passwords = {user: known.passwords.get(user) or secrets.token_urlsafe(24) for user in USERS}
    if passwords != known.passwords:
        known = replace(known, passwords=passwords)
        write_private(secrets_file(home), json.dumps(asdict(known), indent=1))
    return known


def with_new_port(home: Path, known: Secrets) -> Secrets:
    """The same passwords behind another free port, remembered."""
    moved = replace(known, port=free_port())
    write_private(secrets_file(home), json.dumps(asdict(moved), indent=1))
    return moved


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on at this moment."""
    while not port_is_free(port := secrets.choice(PORTS)):
        pass
    return port


def port_is_free(port: int) -> bool:
    """Whether the server could listen there; asked the way PostgreSQL itself asks."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def write_private(path: Path, text: str) -> None:
    """Write a file that nobody else can read at any moment, whole or not at all; it belongs to whom its folder belongs."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    handle, temporary = tempfile.mkstemp(dir=path.parent)  # mkstemp makes it 0600
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    if os.geteuid() == 0:
        os.chown(temporary, path.parent.stat().st_uid, path.parent.stat().st_gid)
    Path(temporary).rename(path)
