"""*Perencanaan*: what one run has to fetch, worked out once, so that a contract edited meanwhile cannot shift whose turn is whose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypedDict

from contracts.dataset import Dataset
from contracts.errors import UnknownDataset
from satudata import requests

HELD = " · ditahan"
"""Behind the name under which Airflow shows a source whose batch waits for a person."""


class Permintaan(TypedDict):
    """One fetch and what comes of it: one map index of `extract` and `load`."""

    dataset: str
    penerbit: str
    nilai: dict[str, str]
    run_date: str
    nama: str
    """By which Airflow shows it."""
    credentials: str | None
    """Id of the Airflow connection that may hold the source's credentials."""


def chosen(datasets: Sequence[Dataset], wanted: Sequence[str]) -> list[Dataset]:
    """The datasets named in ``wanted``, or all when none is. Raises: `UnknownDataset` for one that this DAG does not run."""
    known = {dataset.id: dataset for dataset in datasets}
    for name in wanted:
        if name not in known:
            raise UnknownDataset(name, tuple(known))
    return [known[name] for name in wanted] or list(datasets)


def requests_of(datasets: Iterable[Dataset], run_date: date | None) -> list[Permintaan]:
    """All fetches of these datasets as of a date (default: today where the pemda is), publisher by publisher.

    Raises: `WrongUsage` where the publishers of a ``for_each`` cannot be known.
    """
    return [request for dataset in datasets for request in _requests(dataset, run_date or dataset.hari_ini())]


def follows(dataset: Dataset, datasets: Iterable[Dataset]) -> bool:
    """Whether it reads the bytes that another of these datasets fetches, and so has to wait for it."""
    return dataset.contract.source.same_as in {other.id for other in datasets}


def _requests(dataset: Dataset, day: date) -> list[Permintaan]:
    return [
        Permintaan(
            dataset=dataset.id,
            penerbit=penerbit,
            nilai=nilai,
            run_date=day.isoformat(),
            nama=" ".join(filter(None, (dataset.id, penerbit, *nilai.values()))),
            credentials=dataset.contract.source.credentials,
        )
        for penerbit, nilai in requests.requests_of(dataset, day)
    ]
