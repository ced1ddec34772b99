"""`satudata run`: fetch and load chosen datasets in this process, exactly as the Airflow tasks do, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from contracts.errors import ArchiveUnreachable, BrokenContract, ProgramFault, SatudataError, WarehouseUnreachable
from contracts.registry import Dataset, Registry, load_registry
from satudata.requests import requests_of, where_to_put

BAD = ("failed", "held", "returned")
"""Verdicts after which yesterday's figures stand and somebody has to act."""


@dataclass(frozen=True)
class Outcome:
    """What became of one (dataset, publisher, value): the fetch, then the batches judged from it."""

    dataset: str
    penerbit: str
    nilai: Mapping[str, str]
    state: str
    """accepted | held | failed | superseded | returned | unchanged | absent"""
    batches: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    error_class: str | None = None
    message: str | None = None
    exit_code: int = 0


def run(ids: Sequence[str], run_date: date | None = None, progress: Callable[[Outcome], None] = lambda _: None) -> list[Outcome]:
    """Run the datasets named, or all of the registry when `ids` is empty, as of `run_date` (default: today of the pemda's zone).

    A failing source never stops the others; a broken contract is an outcome of its own. Raises UnknownDataset, WarehouseUnreachable, ArchiveUnreachable.
    """
    outcomes = []
    for outcome in _outcomes(ids, run_date):
        progress(outcome)
        outcomes.append(outcome)
    return outcomes


def exit_code(outcomes: Sequence[Outcome]) -> int:
    """0 all done (rows set aside included); 1 a batch failed, is held or was returned; 2 a broken contract."""
    return max((outcome.exit_code for outcome in outcomes), default=0)


def _outcomes(ids: Sequence[str], run_date: date | None) -> Iterator[Outcome]:
    registry = load_registry()
    chosen = (
        [_chosen(registry, one) for one in ids]
        if ids
        else [*registry.broken, *(registry.datasets[one] for one in sorted(registry.datasets))]
    )
    for dataset in chosen:
        if isinstance(dataset, BrokenContract):
            yield _failed(dataset.dataset or dataset.file, "", {}, dataset)
            continue
        day = run_date or dataset.hari_ini()
        for penerbit, nilai in requests_of(dataset, day):
            yield run_one(dataset, penerbit, nilai, day)


def _chosen(registry: Registry, dataset_id: str) -> Dataset | BrokenContract:
    try:
        return registry.dataset(dataset_id)
    except BrokenContract as error:
        return error


def run_one(dataset: Dataset, penerbit: str, nilai: Mapping[str, str], day: date) -> Outcome:
    """Extract and load one request; errors of the source become its outcome. Raises WarehouseUnreachable, ArchiveUnreachable."""
    from satudata.extract import extract
    from satudata.load import load

    try:
        found = extract(dataset.id, penerbit, nilai, day)
        batches = [load(found, fetch_ids) for fetch_ids in found["loads"]]
    except (WarehouseUnreachable, ArchiveUnreachable):
        raise
    except SatudataError as error:
        return _failed(dataset.id, penerbit, nilai, error)
    except OSError:
        raise  # a disk that is full is full for every source
    except Exception as unforeseen:
        return _failed(dataset.id, penerbit, nilai, ProgramFault.of(dataset.id, "menjalankan", unforeseen))
    if found["outcome"] == "absent":
        return Outcome(dataset.id, penerbit, nilai, "absent", message=where_to_put(dataset, penerbit))
    if not batches:
        return _verdict(dataset.id, penerbit, nilai, found["verdict"], "unchanged", ())
    worst = max(batches, key=lambda batch: batch["state"] in BAD)
    return _verdict(dataset.id, penerbit, nilai, worst, str(worst["state"]), batches)


def _verdict(
    dataset_id: str, penerbit: str, nilai: Mapping[str, str], verdict: Mapping[str, Any], state: str, batches: Sequence[Mapping[str, Any]]
) -> Outcome:
    bad = verdict["state"] in BAD
    state = verdict["state"] if bad else state
    return Outcome(dataset_id, penerbit, nilai, state, batches, verdict["error_class"], verdict["message"], int(bad))


def _failed(dataset_id: str, penerbit: str, nilai: Mapping[str, str], error: SatudataError) -> Outcome:
    return Outcome(dataset_id, penerbit, nilai, "failed", (), error.error_class, error.message, error.exit_code)
