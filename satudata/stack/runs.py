"""Plays a day through the real scheduler: starts runs of DAGs for one date, waits for their end and tells what became of each task.

Started over Airflow's API; watched in its database, where a look costs a thousandth of a request.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from psycopg import Connection
from psycopg.rows import class_row

from contracts import clock
from contracts.errors import DagMissing
from contracts.settings import settings
from satudata.planning.run_plan import HELD
from satudata.stack import airflow
from satudata.stack.api import AirflowApi
from warehouse.connect import connect

LOOK_S = 0.5
DAGS_S = 120
ENDED = ("success", "failed")
TASKS = """
select ti.dag_id, ti.task_id, ti.map_index, replace(coalesce(ti.rendered_map_index, beside.rendered_map_index, ''), %(held)s, '') as nama,
       coalesce(ti.state, 'none') as state
from task_instance ti
join dag_run r on (r.dag_id, r.run_id) = (ti.dag_id, ti.run_id)
left join task_instance beside on (beside.dag_id, beside.run_id, beside.map_index) = (ti.dag_id, ti.run_id, ti.map_index)
     and beside.task_id = replace(ti.task_id, '.load', '.extract') and ti.map_index >= 0
where ti.run_id = %(run_id)s or r.conf ->> 'tanggal' = %(run_date)s
order by 1, 3, 2"""


@dataclass(frozen=True)
class TaskState:
    """One task of a finished run; ``nama``: dataset, publisher and value, as Airflow shows it but for what it says of its state
    (a skipped `load` bears that of its `extract`)."""

    dag_id: str
    task_id: str
    map_index: int
    nama: str
    state: str


@dataclass(frozen=True)
class Progress:
    """How far the runs are: DAG runs ended of all, and their tasks by state."""

    ended: int
    runs: int
    tasks: dict[str, int]


def known_dags(conn: Connection) -> set[str]:
    """The DAGs Airflow can run now."""
    rows = conn.execute("select dag_id from dag join serialized_dag using (dag_id) where not is_stale and not is_paused").fetchall()
    return {str(row[0]) for row in rows}


def wait_for_dags(dag_ids: Iterable[str], timeout_s: float = DAGS_S) -> None:
    """Wait until all of these are parsed. Raises: `DagMissing`, `ProgramEnded`."""
    wanted, deadline = set(dag_ids), time.monotonic() + timeout_s
    with connect("airflow", autocommit=True) as conn:
        while missing := wanted - known_dags(conn):
            airflow.check(settings().home)
            if time.monotonic() > deadline:
                raise DagMissing(tuple(sorted(missing)), timeout_s)
            time.sleep(LOOK_S)


def play(
    api: AirflowApi,
    dag_ids: Sequence[str],
    run_date: date | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
    params: Mapping[str, object] | None = None,
) -> list[TaskState]:
    """Run these DAGs as of a date and wait for the end of all; their tasks, whatever became of them.

    ``params``: what else the runs are given, such as the datasets. Raises: `DagMissing`, `AirflowRefused`, `ProgramEnded`.
    """
    wait_for_dags(dag_ids)
    conf: dict[str, object] = {**(params or {}), **({"tanggal": run_date.isoformat()} if run_date else {})}
    run_id = f"manual__{clock.now().isoformat()}"
    for dag_id in dag_ids:
        api.trigger(dag_id, run_id, conf)
    with connect("airflow", autocommit=True) as conn:
        while (seen := _progress(conn, run_id)).ended < len(dag_ids):
            progress(seen)
            airflow.check(settings().home)
            time.sleep(LOOK_S)
        progress(seen)
        return tasks_of(conn, run_id)


def tasks_of(conn: Connection, run_id: str | None = None, run_date: date | None = None) -> list[TaskState]:
    """The tasks of the runs that bear this id, one of each DAG; or of all runs asked to play this date."""
    with conn.cursor(row_factory=class_row(TaskState)) as cursor:
        return cursor.execute(TASKS, {"run_id": run_id, "run_date": run_date and run_date.isoformat(), "held": HELD}).fetchall()


def _progress(conn: Connection, run_id: str) -> Progress:
    runs = conn.execute("select state = any(%s) from dag_run where run_id = %s", [list(ENDED), run_id]).fetchall()
    counted = "select coalesce(state, 'none'), count(*) from task_instance where run_id = %s group by 1 order by 1"
    return Progress(sum(bool(ended) for (ended,) in runs), len(runs), {str(s): int(n) for s, n in conn.execute(counted, [run_id])})
