"""What stands in the registry, broken contracts among it: the data behind `satudata source list`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from contracts.dataset import Dataset
from contracts.errors import BrokenContract
from contracts.registry import load_registry


@dataclass(frozen=True)
class SourceLine:
    """One dataset as a list shows it."""

    id: str
    title: str
    pemda: str
    opd: str
    kind: str
    concept: str
    schedule: str
    """'' = run by hand only."""
    publishers: int
    path: str
    problems: int
    """Of a broken contract; 0 when it can run."""


def list_sources(sources: Path | None = None) -> list[SourceLine]:
    """Every dataset of the registry by id, and every file that should be one and is broken.

    Raises: `WrongUsage` when there is no registry.
    """
    registry = load_registry(sources)
    lines = [_line(dataset, registry.sources) for dataset in registry.datasets.values()]
    lines += [_broken_line(error) for error in registry.broken]
    return sorted(lines, key=lambda line: (line.id, line.path))


def _line(dataset: Dataset, root: Path) -> SourceLine:
    contract = dataset.contract
    return SourceLine(
        id=dataset.id,
        title=contract.title,
        pemda=dataset.pemda_id,
        opd=dataset.opd,
        kind=contract.source.kind,
        concept=contract.concept or "",
        schedule=contract.schedule or "",
        publishers=len(dataset.publishers()) if dataset.pemda or not isinstance(contract.for_each, str) else 0,
        path=dataset.path.relative_to(root).as_posix(),
        problems=0,
    )


def _broken_line(error: BrokenContract) -> SourceLine:
    first = error.problems[0]
    title = f"{first.key}: {first.problem}"
    return SourceLine(error.dataset, title, error.pemda_id, error.opd, "", "", "", 0, error.file, len(error.problems))
