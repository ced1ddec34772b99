"""One day of the sample city through the real scheduler: every source DAG, then the release, then the comparison."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from contracts.registry import Registry
from contracts.settings import settings
from satudata.demo.acts import ACTS, Acted, play_acts
from satudata.demo.compare import pin_differences, result_differences, task_differences
from satudata.demo.expected import Result, Source, expected_again, expected_day, expected_pins, publishers_told
from satudata.demo.found import found_day, found_pins, last_numbers, unbalanced
from satudata.planning.dag_groups import broken_dags, source_dags
from satudata.stack import city
from satudata.stack.airflow_cfg import REPOSITORY
from satudata.stack.api import AirflowApi
from satudata.stack.runs import Progress, TaskState, play, tasks_of
from warehouse.connect import connect

RELEASE_DAG = "transform"
PUBLISHED = "select table_name, added, changed, removed, rows from ops.release_change where release_id > %s order by 1"


@dataclass(frozen=True)
class Day:
    """A day to play; ``again``: it was played to its end before, on this very state."""

    number: int
    run_date: date
    again: bool = False


@dataclass(frozen=True)
class Played:
    """What a day came to."""

    day: Day
    found: Mapping[Source, Result]
    tasks: list[TaskState]
    published: list[tuple[str, int, int, int, int]]
    """Table, added, changed, removed, rows; empty where nothing was released."""
    differences: list[str]
    acts: list[Acted]
    """What people did, played by the demo."""


def play_day(api: AirflowApi, registry: Registry, expected: Path, day: Day, progress: Callable[[str, Progress], None]) -> Played:
    """Play a day and hold it against the expectation. Raises: `StackError`, `WarehouseUnreachable`."""
    after, released = _before(day)
    tasks = play(api, [*source_dags(registry), *broken_dags(registry)], day.run_date, lambda seen: progress("sumber", seen))
    with connect("owner", autocommit=True) as conn:
        acts = play_acts(conn, REPOSITORY / ACTS, day.number, day.run_date, city.state(settings().home) / f"acts-{day.number}")
    tasks += play(api, [RELEASE_DAG], day.run_date, lambda seen: progress("rilis", seen))
    with connect("airflow") as conn:
        tasks = tasks if day.again else tasks_of(conn, run_date=day.run_date)
    with connect("owner", autocommit=True) as conn:
        found = found_day(conn, day.run_date, after)
        published = conn.execute(PUBLISHED, [released]).fetchall()
        differences = unbalanced(conn) + result_differences(_expected(registry, expected, day), found)
        differences += pin_differences(expected_pins(expected, day.number), found_pins(conn))
    differences += [f"{act.command}: {act.problem}" for act in acts if act.problem]
    differences += task_differences(registry.datasets.values(), day.run_date, found, tasks)
    return Played(day, found, tasks, published, differences + _publishers(registry, expected, day) + _release(tasks, day), acts)


def _before(day: Day) -> tuple[tuple[int, int], int]:
    """Where the ledger stands; a day played for the first time counts from its beginning, also where an earlier try was killed half-way."""
    with connect("owner", autocommit=True) as conn:
        released = conn.execute("select coalesce(max(release_id), 0) from ops.release").fetchone()
        return last_numbers(conn) if day.again else (0, 0), int(released[0]) if released else 0


def _expected(registry: Registry, path: Path, day: Day) -> dict[Source, Result]:
    publishers = {dataset.id: dataset.publishers() for dataset in registry.datasets.values()}
    once = expected_day(path, day.number, publishers)
    return expected_again(path, once) if day.again else once


def _publishers(registry: Registry, path: Path, day: Day) -> list[str]:
    told = publishers_told(path, day.number).items()
    counted = {name: len(registry.datasets[name].publishers()) for name, _ in told if name in registry.datasets}
    return [f"{name}: {counted.get(name, 0)} penerbit, seharusnya {number}" for name, number in told if counted.get(name) != number]


def _release(tasks: list[TaskState], day: Day) -> list[str]:
    """A day with news makes a release; one played again makes none, without dbt being started."""
    wanted = "skipped" if day.again else "success"
    states = [task.state for task in tasks if task.dag_id == RELEASE_DAG]
    return [] if wanted in states else [f"{RELEASE_DAG}: {', '.join(states)}, seharusnya {wanted}"]
