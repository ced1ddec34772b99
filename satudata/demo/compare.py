"""Where a played day differs from what was expected: in `ops`, and in what Airflow itself says it ran."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from contracts.dataset import Dataset
from satudata.demo.expected import Result, Source
from satudata.planning.run_plan import requests_of
from satudata.stack.runs import TaskState


def result_differences(expected: Mapping[Source, Result], found: Mapping[Source, Result]) -> list[str]:
    """One line for each source that is missing, was not expected, or came to something else."""
    missing = [f"{_named(source)}: tidak diambil" for source in expected if source not in found]
    surplus = [f"{_named(source)}: diambil, tetapi tidak diharapkan" for source in found if source not in expected]
    both = [
        f"{_named(source)}: {difference}"
        for source in expected
        if source in found
        for difference in _between(expected[source], found[source])
    ]
    return missing + surplus + both


def pin_differences(expected: Mapping[str, tuple[str, ...]], found: Mapping[str, tuple[str, ...]]) -> list[str]:
    """One line for each dataset that is kept back for other reasons than expected."""
    return [
        f"{dataset}: ditahan karena {', '.join(found.get(dataset, ())) or 'tidak ada'}, seharusnya {', '.join(expected.get(dataset, ())) or 'tidak ada'}"
        for dataset in sorted({*expected, *found})
        if expected.get(dataset) != found.get(dataset)
    ]


def task_differences(datasets: Iterable[Dataset], day: date, found: Mapping[Source, Result], tasks: Iterable[TaskState]) -> list[str]:
    """Whether Airflow holds an `extract` for every dataset, publisher and value, and a `load` wherever something was judged.

    A day that was killed and played again has several tasks for a source: one of them must be as it should.
    """
    states: dict[tuple[str, str], list[str]] = {}
    for task in tasks:
        states.setdefault((task.nama, task.task_id.rpartition(".")[2]), []).append(task.state)
    lines = []
    for request in requests_of(datasets, day):
        result = found.get((request["dataset"], request["penerbit"]))
        for step, wanted in _wanted(result).items() if result else ():
            there = states.get((request["nama"], step), ["tidak ada"])
            if wanted not in there:
                lines.append(f"{request['nama']}: tugas {step} di Airflow {', '.join(there)}, seharusnya {wanted}")
    return lines


def _wanted(result: Result) -> dict[str, str]:
    """The states Airflow must show. A source that failed and has not changed fails again, without being judged again."""
    if result.fetch == "failed":
        return {"extract": "failed", "load": "upstream_failed"}
    if result.state == "failed":
        return {"extract": "success", "load": "failed"}
    return {"extract": "success", "load": "success" if result.judged else "skipped"}


def _between(expected: Result, found: Result) -> list[str]:
    pairs = {
        "hasil ambil": (expected.fetch, found.fetch),
        "keadaan": (expected.state, found.state),
        "batch dinilai": (expected.judged, found.judged),
        "galat": (expected.error, found.error),
        "dropped": (dict(expected.dropped), dict(found.dropped)),
        **{name: (expected.counts.get(name, 0), found.counts.get(name, 0)) for name in expected.counts},
    }
    return [f"{what} {was}, seharusnya {wanted}" for what, (wanted, was) in pairs.items() if wanted != was]


def _named(source: Source) -> str:
    return " ".join(filter(None, source))
