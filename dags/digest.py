"""The DAG that ends the morning: scores every agency, and tells each Produsen Data what concerns it, after the loads.

Apart, so that a mail server that is down costs no score.
"""

from __future__ import annotations

from airflow.sdk import DAG

from contracts.settings import settings
from dags.schedule import at
from dags.tasks.digest import digest, skor

AFTER_THE_LOADS = "0 9 * * *"

with DAG(
    "digest",
    dag_display_name="Skor OPD dan kabar kepada Produsen Data",
    schedule=at(AFTER_THE_LOADS, settings().zone),
    catchup=False,
    max_active_runs=1,
    tags=["kabar"],
):
    skor()
    digest()
