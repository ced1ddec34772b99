"""The DAG that conforms and publishes: whenever something was loaded, and once a night for what depends on the date alone.

One run at a time: what is loaded while it runs waits for the next, so that a morning on which 80 agencies load makes a few releases, not 80.
"""

from __future__ import annotations

from airflow.sdk import DAG, AssetOrTimeSchedule, Param

from contracts.settings import settings
from dags.schedule import at
from dags.tasks.release import transform
from dags.tasks.source import RAW

NIGHTLY = "30 1 * * *"

with DAG(
    "transform",
    dag_display_name="Penyelarasan dan penyebarluasan",
    schedule=AssetOrTimeSchedule(timetable=at(NIGHTLY, settings().zone), assets=[RAW]),
    catchup=False,
    max_active_runs=1,
    params={"tanggal": Param(None, type=["null", "string"], format="date", title="Tanggal jalan", description_md="Kosong = hari ini.")},
    tags=["rilis"],
):
    transform()
