"""The DAG that clears what the ledger keeps for a while only: once a night, after the nightly release."""

from __future__ import annotations

from airflow.sdk import DAG

from contracts.settings import settings
from dags.schedule import at
from dags.tasks.housekeeping import housekeeping

NIGHTLY = "30 3 * * *"

with DAG(
    "housekeeping",
    dag_display_name="Masa simpan catatan",
    schedule=at(NIGHTLY, settings().zone),
    catchup=False,
    max_active_runs=1,
    tags=["pemeliharaan"],
):
    housekeeping()
