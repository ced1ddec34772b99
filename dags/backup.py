"""The DAG that backs up database and archive every night, after the nightly clearing; there only where a place for it is named."""

from __future__ import annotations

from airflow.sdk import DAG

from contracts.settings import settings
from dags.schedule import at
from dags.tasks.backup import backup

NIGHTLY = "0 4 * * *"

if settings().backup_url:
    with DAG(
        "backup",
        dag_display_name="Cadangan",
        schedule=at(NIGHTLY, settings().zone),
        catchup=False,
        max_active_runs=1,
        tags=["pemeliharaan"],
    ):
        backup()
