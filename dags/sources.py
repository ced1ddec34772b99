"""The DAGs of all sources, made from the contracts in sources/ at each parse: adding a source is adding a YAML file.

In each DAG `rencana` lists what to fetch, then every (dataset, publisher, value) goes its own way: `extract >> load`; at the end `kabar` tells
the others what was loaded. A broken contract becomes a DAG of its own that says what is wrong, and hides no other. A task that is about to
run needs only its own DAG, and of that only the tasks: no contract is read then.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from airflow.sdk import DAG, Param, XComArg, get_parsing_context, task_group

from contracts.dataset import Dataset
from contracts.errors import BrokenContract
from contracts.registry import load_registry
from dags.schedule import at
from dags.tasks.source import extract, kabar, kontrak, load, rencana
from satudata.planning.dag_groups import broken_dags, source_dags
from satudata.planning.run_plan import follows

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
"""With a start in the past a new DAG runs at once; the others have none, and wait for their schedule."""


@task_group(group_id="sumber")  # type: ignore[untyped-decorator]
def sumber(permintaan: XComArg) -> None:
    """The way of one source."""
    load(permintaan=extract(permintaan=permintaan))


@task_group(group_id="turunan")  # type: ignore[untyped-decorator]
def turunan(permintaan: XComArg) -> None:
    """The way of a dataset that reads the bytes another one of this DAG has fetched (`same_as`)."""
    load(permintaan=extract.override(trigger_rule="all_done")(permintaan=permintaan))


def source_dag(dag_id: str, datasets: Sequence[Dataset], with_followers: bool, **about: object) -> None:
    """One DAG of an agency; it registers itself."""
    params = {
        "dataset": Param(
            [], type="array", title="Dataset", description_md="Kosong = semua dataset DAG ini.", examples=[d.id for d in datasets]
        ),
        "tanggal": Param(None, type=["null", "string"], format="date", title="Tanggal jalan", description_md="Kosong = hari ini."),
    }
    with DAG(dag_id, catchup=False, max_active_runs=1, params=params, **about):
        way = sumber.expand(permintaan=rencana(turunan=False))
        # A teardown runs whatever came before it, and the run is as good or bad as if it were not there.
        way >> (told := kabar().as_teardown())
        if with_followers:
            way >> (rest := turunan.expand(permintaan=rencana.override(task_id="rencana_turunan")(turunan=True)))
            rest >> told


def whole_source_dag(dag_id: str, datasets: Sequence[Dataset]) -> None:
    """The DAG as people see it: named after its agency, scheduled in the zone of its pemda."""
    one = datasets[0]
    agency = one.agencies.get(one.opd) if one.agencies else None
    source_dag(
        dag_id,
        datasets,
        any(follows(dataset, datasets) for dataset in datasets),
        schedule=at(one.contract.schedule, one.zone) if one.contract.schedule else None,
        dag_display_name=f"{agency.nama if agency else one.opd} ({one.pemda_id}), {one.contract.schedule or 'manual'}",
        doc_md="\n".join(f"- `{dataset.id}`: {dataset.contract.title}" for dataset in datasets),
        tags=[one.pemda_id, one.opd],
    )


def broken_dag(dag_id: str, errors: Sequence[BrokenContract]) -> None:
    """The DAG of a broken contract: fails at once, and then once a day until it is repaired."""
    about = {
        "doc_md": "\n\n".join(error.message for error in errors),
        "tags": ["kontrak rusak", *(e.pemda_id for e in errors if e.pemda_id)],
    }
    with DAG(dag_id, schedule="@daily", start_date=LONG_AGO, catchup=False, max_active_runs=1, **about):
        kontrak()


wanted = get_parsing_context()
if wanted.dag_id is None:
    registry = load_registry()
    for name, datasets in source_dags(registry).items():
        whole_source_dag(name, datasets)
    for name, errors in broken_dags(registry).items():
        broken_dag(name, errors)
elif wanted.task_id == "kontrak":
    broken_dag(wanted.dag_id, [])
else:
    source_dag(wanted.dag_id, [], with_followers=True)
