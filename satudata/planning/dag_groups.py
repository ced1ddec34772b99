"""Which contract is run by which DAG: one DAG for each agency and schedule, and one for each contract that is broken.

Names are made here and only compared, never taken apart: a folder or an agency may be called anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from contracts.dataset import Dataset
from contracts.errors import BrokenContract
from contracts.registry import Registry, load_registry
from contracts.settings import settings

T = TypeVar("T")
CRON_IN_NAMES = str.maketrans({" ": "_", "*": "x", "/": "--", ",": ".", "@": None})
MANUAL = "manual"
OWN_WORDS = (b"produsen_data", b"id:")
"""What a contract says that another DAG than its folder's may run it."""


def source_dag_id(pemda_id: str, opd: str, schedule: str | None) -> str:
    """The DAG that fetches an agency's datasets on a schedule; without one it only runs when somebody starts it."""
    return f"{pemda_id}.{opd}.{' '.join(schedule.split()).translate(CRON_IN_NAMES) if schedule else MANUAL}"


def dag_id_of(dataset: Dataset) -> str:
    """The DAG that runs a dataset."""
    return source_dag_id(dataset.pemda_id, dataset.opd, dataset.contract.schedule)


def broken_dag_id(error: BrokenContract) -> str:
    """The DAG under which a broken contract stays visible."""
    return re.sub(r"[^\w.-]+", "_", error.dataset or error.file) + ".kontrak_rusak"


def source_dags(registry: Registry) -> dict[str, list[Dataset]]:
    """The datasets of every DAG, in the order of their names."""
    return _grouped(registry.datasets.values(), dag_id_of, lambda dataset: dataset.id)


def broken_dags(registry: Registry) -> dict[str, list[BrokenContract]]:
    """The errors of every broken contract; two files that claim one id are shown together."""
    return _grouped(registry.broken, broken_dag_id, lambda error: error.file)


def datasets_of(dag_id: str) -> list[Dataset]:
    """The datasets of one DAG as its contracts stand now; reads only those that may belong to it, as a task has to be quick."""
    return source_dags(load_registry(among=_may_belong(dag_id))).get(dag_id, [])


def broken_of(dag_id: str) -> list[BrokenContract]:
    """The errors shown by one DAG, as the contracts stand now; none once they are repaired."""
    return broken_dags(load_registry()).get(dag_id, [])


def _may_belong(dag_id: str) -> Callable[[Path], bool]:
    root = settings().sources.resolve()

    def may_belong(path: Path) -> bool:
        folder = ".".join(path.relative_to(root).parts[:2]) + "."
        return dag_id.startswith(folder) or any(word in path.read_bytes() for word in OWN_WORDS)

    return may_belong


def _grouped(things: Iterable[T], name: Callable[[T], str], order: Callable[[T], str]) -> dict[str, list[T]]:
    ordered = sorted(things, key=lambda thing: (name(thing), order(thing)))
    return {key: list(group) for key, group in groupby(ordered, key=name)}
