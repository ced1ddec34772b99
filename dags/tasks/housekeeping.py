"""The task that clears what is older than it is kept, and compares what is published with its candidate."""

from __future__ import annotations

from airflow.sdk import task

from dags.tasks.failures import told_to_airflow


@task
def housekeeping() -> dict[str, int]:
    """How many rows went, by what they were, and how many published rows differ from what they should say."""
    from satudata.findings.housekeeping import nightly

    with told_to_airflow():
        return nightly()
