"""What Airflow's parts share and nobody else may know, and the port its server was given; made once, kept in 0600 files."""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from warehouse.server.secrets import free_port, port_is_free, write_private

ADMIN = "admin"


@dataclass(frozen=True)
class AirflowSecrets:
    """Kept between two starts, so that an open browser stays logged in and stored connections stay readable."""

    port: int
    jwt_secret: str
    api_secret_key: str
    fernet_key: str
    admin_password: str

    @property
    def url(self) -> str:
        """Where Airflow answers."""
        return f"http://127.0.0.1:{self.port}"


def airflow_secrets(folder: Path) -> AirflowSecrets:
    """What is kept in a folder, made up where nothing is. Raises: nothing."""
    kept = folder / "airflow.json"
    if kept.exists():
        return AirflowSecrets(**json.loads(kept.read_text()))
    made = AirflowSecrets(
        port=free_port(),
        jwt_secret=secrets.token_urlsafe(48),
        api_secret_key=secrets.token_urlsafe(32),
        fernet_key=base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        admin_password=secrets.token_urlsafe(12),
    )
    return _kept(folder, made)


def with_free_port(folder: Path) -> AirflowSecrets:
    """The same, behind another port where somebody has taken ours."""
    known = airflow_secrets(folder)
    return known if port_is_free(known.port) else _kept(folder, replace(known, port=free_port()))


def passwords_file(folder: Path) -> Path:
    """The file in which Airflow looks for its users' passwords; people find theirs there too."""
    path = folder / "airflow_masuk.json"
    wanted = json.dumps({ADMIN: airflow_secrets(folder).admin_password})
    if not path.exists() or path.read_text() != wanted:
        write_private(path, wanted)
    return path


def _kept(folder: Path, made: AirflowSecrets) -> AirflowSecrets:
    write_private(folder / "airflow.json", json.dumps(asdict(made), indent=1))
    return made
