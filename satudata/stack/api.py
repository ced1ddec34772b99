"""Airflow's REST API, as far as we ask it: log in, make something, start a run."""

from __future__ import annotations

import requests

from contracts.errors import AirflowRefused
from satudata.stack.secrets import ADMIN, AirflowSecrets

TIMEOUT_S = 60


class AirflowApi:
    """A session of the administrator. Raises everywhere: `AirflowRefused`, `requests.RequestException`."""

    def __init__(self, known: AirflowSecrets) -> None:
        self._url = known.url
        self._session = requests.Session()
        token = self.post("/auth/token", {"username": ADMIN, "password": known.admin_password})["access_token"]
        self._session.headers["Authorization"] = f"Bearer {token}"

    def trigger(self, dag_id: str, run_id: str, conf: dict[str, object]) -> None:
        """Start a run of a DAG under this id, with these params."""
        self.post(f"/api/v2/dags/{dag_id}/dagRuns", {"dag_run_id": run_id, "conf": conf, "logical_date": None})

    def post(self, path: str, body: dict[str, object]) -> dict[str, object]:
        """Ask for something to be made; what was made."""
        answer = self._session.post(self._url + path, json=body, timeout=TIMEOUT_S)
        if not answer.ok:
            raise AirflowRefused(path, answer.status_code, answer.text[:300])
        found: dict[str, object] = answer.json()
        return found
