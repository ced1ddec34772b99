"""The task that conforms and publishes what was accepted."""

from __future__ import annotations

from datetime import date
from typing import Any

from airflow.sdk import get_current_context, task
from airflow.sdk.exceptions import AirflowSkipException

from dags.tasks.failures import told_to_airflow


@task
def transform() -> dict[str, Any]:
    """*Penyebarluasan*: one dbt build and one release, or nothing where nothing changed since the last."""
    from contracts import clock
    from satudata.transform import transform as publish

    with told_to_airflow():
        found = publish(_run_date() or clock.today())
    if found["skipped"]:
        raise AirflowSkipException("Tidak ada yang berubah sejak rilis terakhir.")
    return {"release_id": found["release_id"]}


def _run_date() -> date | None:
    """The date asked for by hand, else the latest one for which something was loaded; which batches are due is read from `ops`, not here."""
    context = get_current_context()
    if context["params"]["tanggal"]:
        return date.fromisoformat(context["params"]["tanggal"])
    events = [event for found in context["triggering_asset_events"].values() for event in found]
    return max((date.fromisoformat(event.extra["run_date"]) for event in events), default=None)
