"""The task that clears what is older than it is kept."""

from __future__ import annotations

from airflow.sdk import task

from dags.tasks.failures import told_to_airflow


@task
def housekeeping() -> dict[str, int]:
    """How many rows went, by what they were."""
    from satudata.findings.housekeeping import housekeeping as clear

    with told_to_airflow():
        return {one["name"]: one["rows"] for one in clear()}
