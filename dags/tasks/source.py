"""The tasks of a source: plan, fetch, judge, tell the others; and the one by which a broken contract shows."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from airflow.sdk import Asset, get_current_context, task
from airflow.sdk.exceptions import AirflowFailException, AirflowNotFoundException, AirflowSkipException, DownstreamTasksSkipped

from dags.tasks.failures import told_to_airflow
from satudata.planning.run_plan import HELD, Permintaan

LOG = logging.getLogger(__name__)
RAW = Asset("raw", uri="satudata://raw")
"""Every accepted version of every dataset; an event of it says that there is something to conform."""
NAMED = "{{ task.op_kwargs['permintaan']['nama'] }}{{ keadaan | default('') }}"
"""Rendered anew when a task has ended: by `keadaan` it says of a source that it waits for a person. A task can write no note (Airflow 3.3)."""
BAD = ("failed",)
LOADS = ("sumber.load", "turunan.load")
LOADED = "dimuat"
"""Where a `load` leaves what it brought, also when it fails: {batch_ids, run_date}."""


@task
def rencana(turunan: bool) -> list[Permintaan]:
    """What this run has to fetch, in the order of datasets and publishers.

    ``turunan``: what reads the bytes of another dataset of this DAG (`same_as`), and so comes after it; else what does not.
    """
    from satudata.planning.dag_groups import datasets_of
    from satudata.planning.run_plan import chosen, follows, requests_of

    context = get_current_context()
    wanted, tanggal = context["params"]["dataset"], context["params"]["tanggal"]
    with told_to_airflow():
        datasets = chosen(datasets_of(context["dag"].dag_id), wanted)
        now = [dataset for dataset in datasets if follows(dataset, datasets) is turunan]
        return requests_of(now, date.fromisoformat(tanggal) if tanggal else None)


@task(map_index_template=NAMED)  # type: ignore[untyped-decorator]
def extract(permintaan: Permintaan) -> dict[str, Any]:
    """*Pengumpulan*. Where nothing has to be judged the run of this source ends here, and its `load` is marked skipped without being started."""
    from satudata.extract import extract as fetch

    context = get_current_context()
    _lend_credentials(permintaan["credentials"])
    with told_to_airflow():
        day = date.fromisoformat(permintaan["run_date"])
        found = fetch(permintaan["dataset"], permintaan["penerbit"], permintaan["nilai"], day, _task(context))
    _show_held([found["verdict"]] if found["verdict"] else [])
    if not found["loads"] and not _still_bad(found):
        load_of_this_group = context["task"].downstream_task_ids
        raise DownstreamTasksSkipped(tasks=[(name, context["ti"].map_index) for name in load_of_this_group])
    return found | {"nama": permintaan["nama"]}


@task(map_index_template=NAMED)  # type: ignore[untyped-decorator]
def load(permintaan: dict[str, Any]) -> None:
    """*Pemeriksaan*. A batch that cannot be data fails the task, and so does a source that has not changed since; a held one does not:
    what was published stays so, and its name says that it waits.
    """
    from satudata.load import load as judge

    batches = [] if permintaan["loads"] else [permintaan["verdict"]]
    try:
        with told_to_airflow():
            for fetch_ids in permintaan["loads"]:
                batches.append(judge(permintaan, fetch_ids))
    finally:  # one of several deliveries may fail; the others are in
        if good := [batch["batch_id"] for batch in batches if batch["state"] not in BAD]:
            get_current_context()["ti"].xcom_push(LOADED, {"batch_ids": good, "run_date": permintaan["run_date"]})
    _show_held(batches)
    failed = [f"{batch['error_class']}: {batch['message']}" for batch in batches if batch["state"] in BAD]
    if failed:
        raise AirflowFailException("\n".join(failed))


@task(outlets=[RAW])  # type: ignore[untyped-decorator]
def kabar() -> None:
    """Tell whoever waits for it that something was loaded, once for all sources of the run and whatever became of each.

    Only a task that ends well can tell, and a failed `load` may have brought a batch: so telling is a task of its own.
    """
    context = get_current_context()
    loaded = [one for one in context["ti"].xcom_pull(task_ids=LOADS, key=LOADED) if one]
    if not loaded:
        raise AirflowSkipException("Tidak ada yang dimuat.")
    numbers = sorted(number for one in loaded for number in one["batch_ids"])
    context["outlet_events"][RAW].extra = {"batch_ids": numbers, "run_date": max(one["run_date"] for one in loaded)}


@task
def kontrak() -> None:
    """Fail with every problem of a broken contract, for as long as it is broken."""
    from satudata.planning.dag_groups import broken_of

    errors = broken_of(get_current_context()["dag"].dag_id)
    if errors:
        raise AirflowFailException("\n\n".join(error.message for error in errors))


def _show_held(batches: Sequence[Mapping[str, Any]]) -> None:
    """Let Airflow's list of sources, and the log of the task, say that a batch waits for a person: green alone looks like published."""
    held = [batch for batch in batches if batch["state"] == "held"]
    if held:
        get_current_context()["keadaan"] = HELD
    for batch in held:
        LOG.warning("Batch %s ditahan, menunggu orang: %s Lihat `satudata review list`.", batch["batch_id"], batch["message"] or "")


def _still_bad(found: Mapping[str, Any]) -> bool:
    return found["verdict"] is not None and found["verdict"]["state"] in BAD


def _task(context: Mapping[str, Any]) -> dict[str, Any]:
    """By which `ops.fetch` names the task that fetched."""
    ti = context["ti"]
    return {"dag_id": ti.dag_id, "run_id": ti.run_id, "map_index": ti.map_index, "try": ti.try_number}


def _lend_credentials(name: str | None) -> None:
    """Put an Airflow connection where the extractors look for credentials: in this task's own environment, which ends with it."""
    if name is None:
        return
    from airflow.sdk import Connection

    try:
        os.environ[f"AIRFLOW_CONN_{name.upper()}"] = Connection.get(name).as_json()
    except AirflowNotFoundException:
        return  # it may stand in a file; the extractors say where they looked
