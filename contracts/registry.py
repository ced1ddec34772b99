"""All datasets of sources/, read anew at each call; a broken contract is reported as itself and never hides another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from contracts.dataset import Dataset
from contracts.errors import BrokenContract, UnknownDataset, WrongUsage
from contracts.files import file_bytes, shown
from contracts.models.concept import Concept
from contracts.models.pemda import Pemda, Retired, retired_name
from contracts.reading import Reading
from contracts.registry_rules import asked_publishers, registry_flaws
from contracts.settings import settings
from contracts.sources_folder import RETIRED_FILE, PemdaFolder, contract_paths, default_id


@dataclass(frozen=True)
class Registry:
    """The registry as it stands on disk."""

    sources: Path
    datasets: Mapping[str, Dataset]
    broken: list[BrokenContract]
    """In the order of their files; ``dataset`` is '' for a file that is no contract (pemda.yml, a concept)."""
    folders: Mapping[str, PemdaFolder]
    """By pemda: its agencies and data items."""
    concepts: Mapping[str, Concept]
    retired: Mapping[str, Retired]

    @property
    def pemda(self) -> dict[str, Pemda]:
        """The pemda by the name of their folders."""
        return {name: folder.pemda for name, folder in self.folders.items() if folder.pemda is not None}

    @property
    def ended(self) -> Mapping[str, Retired]:
        """The retired datasets. Raises: `BrokenContract` where ``retired.yml`` cannot be read: else what has ended would come back."""
        for error in self.broken:
            if Path(error.file).name == RETIRED_FILE:
                raise error
        return self.retired

    def without_contract(self, dataset_ids: Iterable[str]) -> list[str]:
        """Those of the ids that have neither a contract, be it a broken one, nor an entry in ``retired.yml``."""
        return sorted({*dataset_ids} - {*self.datasets, *self.retired, *(error.dataset for error in self.broken)})

    def without_request(self, loaded: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Those of (dataset, publisher) whose dataset has a contract that asks this publisher no more, and that ``retired.yml`` does not name."""
        by_dataset: dict[str, set[str]] = {}
        for dataset, penerbit in loaded:
            by_dataset.setdefault(dataset, set()).add(penerbit)
        return sorted(
            (name, penerbit)
            for name in by_dataset.keys() & self.datasets.keys()
            for penerbit in _not_asked(self.datasets[name], by_dataset[name])
            if retired_name(name, penerbit) not in self.retired
        )

    def dataset(self, dataset_id: str) -> Dataset:
        """One dataset.

        Raises: `BrokenContract` when its contract is broken, `UnknownDataset` with the closest ids.
        """
        for error in self.broken:
            if error.dataset == dataset_id:
                raise error
        if dataset_id not in self.datasets:
            raise UnknownDataset(dataset_id, tuple(get_close_matches(dataset_id, self.datasets, n=3, cutoff=0.4)))
        return self.datasets[dataset_id]


def _not_asked(dataset: Dataset, publishers: set[str]) -> set[str]:
    asked = asked_publishers(dataset)
    return set() if asked is None else publishers - {*asked}


def load_registry(sources: Path | None = None, among: Callable[[Path], bool] | None = None) -> Registry:
    """The registry under ``sources`` (default SATUDATA_SOURCES); errors of contracts are collected, never raised.

    ``among``: read only the contracts whose path it accepts, for a task that needs few of many; what contracts demand of others is then
    not judged. Raises: `WrongUsage` when there is no such folder.
    """
    root = _root(sources)
    return _registry(root, filter(among, contract_paths(root)), partial=among is not None)


def load_dataset(id_or_path: str | Path) -> Dataset:
    """One dataset, by its id or by the path of its YAML, which may lie anywhere.

    Reads only the contracts that may bear the id, so that a task does not pay for 600 others; it therefore does not notice a broken
    ``same_as`` or ``menggantikan``, which `load_registry` reports. Raises: `BrokenContract`, `UnknownDataset`, `WrongUsage`.
    """
    if Path(id_or_path).suffix in (".yml", ".yaml"):
        return _of_path(Path(id_or_path).resolve())
    root, wanted = _root(None), str(id_or_path)
    maybe = [path for path in contract_paths(root) if default_id(path, root) == wanted or _mentions(path, wanted)]
    registry = _registry(root, maybe, partial=True)
    if wanted in registry.datasets or any(error.dataset == wanted for error in registry.broken):
        return registry.dataset(wanted)
    return load_registry(root).dataset(wanted)  # unknown: the closest names are among all


def _mentions(path: Path, dataset_id: str) -> bool:
    try:
        return dataset_id.encode() in file_bytes(path)
    except BrokenContract:
        return False


def _of_path(path: Path) -> Dataset:
    if not path.is_file():
        raise WrongUsage(f"Berkas kontrak {path} tidak ada", "Periksa jalurnya, atau lihat `satudata source list`")
    root = settings().sources.resolve()
    if not path.is_relative_to(root):
        return Reading.begin(root).outsider(path)
    registry = _registry(root, [path], partial=True)
    for error in registry.broken:
        if error.dataset:
            raise error
    return next(iter(registry.datasets.values()))


def _root(sources: Path | None) -> Path:
    root = (sources or settings().sources).resolve()
    if not root.is_dir():
        raise WrongUsage(f"Folder kontrak {root} tidak ada", "Isi SATUDATA_SOURCES, atau jalankan dari folder yang memuat sources/")
    return root


def _registry(root: Path, paths: Iterable[Path], partial: bool) -> Registry:
    reading = Reading.begin(root)
    found = [dataset for path in paths if (dataset := reading.dataset(path)) is not None]
    unsettled = registry_flaws(found, root, reading.retired, reading.folders, partial)
    return Registry(
        sources=root,
        datasets={dataset.id: dataset for dataset in found if dataset.path not in unsettled},
        broken=sorted((*_with_place(reading, found, partial), *unsettled.values()), key=lambda error: error.file),
        folders=reading.folders,
        concepts={name: found.concept for name, found in reading.concepts.items()},
        retired=reading.retired,
    )


def _with_place(reading: Reading, found: Sequence[Dataset], partial: bool) -> Iterator[BrokenContract]:
    """The broken contracts with what is wrong about them among the others, too: else it is told only once they are mended."""
    every = [*found, *reading.stand_ins]
    flaws = registry_flaws(every, reading.root, reading.retired, reading.folders, partial) if reading.stand_ins else {}
    more = {shown(path): error.problems for path, error in flaws.items()}
    for error in reading.broken:
        keys = {problem.key for problem in error.problems}
        beyond = (problem for problem in more.get(error.file, ()) if not any(_is_within(problem.key, key) for key in keys))
        problems = sorted({*error.problems, *beyond}, key=lambda problem: (problem.line, problem.key, problem.problem))
        yield BrokenContract(error.file, tuple(problems), error.dataset, error.pemda_id, error.opd)


def _is_within(key: str, broken: str) -> bool:
    """Whether a key of a contract is a broken one, or stands in it."""
    return key == broken or key.startswith((f"{broken}.", f"{broken}["))


__all__ = ["Dataset", "Registry", "load_dataset", "load_registry"]
