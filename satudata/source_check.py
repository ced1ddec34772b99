"""Judge contracts before they run: the data behind `satudata source check [PATH|ID...]`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from contracts import clock
from contracts.errors import BrokenContract, ContractProblem, UnknownDataset, WrongUsage
from contracts.explain import Flaw
from contracts.files import file_bytes, shown
from contracts.hand_over import metadata_gaps
from contracts.load import broken
from contracts.models.pemda import Retired, retired_name
from contracts.registry import Dataset, Registry, load_dataset, load_registry
from contracts.settings import settings
from contracts.sources_folder import RETIRED_FILE
from contracts.yaml_tree import read_tree
from satudata.ids_loaded import loaded_publishers, loaded_years
from satudata.source_notes import calendar_notes, notes_of

OK, BROKEN = 0, 2
RETIRED_KEYS = [name for name, key in Retired.model_fields.items() if key.is_required()]


@dataclass(frozen=True)
class CheckReport:
    """What was checked and everything that is wrong with it."""

    checked: int
    """Contracts looked at."""
    problems: tuple[ContractProblem, ...]
    gaps: tuple[str, ...] = ()
    """Data items whose Standar Data or Metadata is not complete: their figures are accepted and not published. No error."""
    notes: tuple[str, ...] = ()
    """What lists lack, so that a rule is skipped or a due day counted wrong. No error."""

    @property
    def exit_code(self) -> int:
        """0, or 2 when there is any problem."""
        return BROKEN if self.problems else OK

    def lines(self) -> list[str]:
        """One line per problem, ``file:line: key: problem. Yang benar: ...``, which editors can jump to; then the tally."""
        files = len({problem.file for problem in self.problems})
        tally = f"{self.checked} kontrak diperiksa: {len(self.problems)} kesalahan di {files} berkas." if self.problems else ""
        return [*map(str, self.problems), *self.gaps, *self.notes, tally or f"{self.checked} kontrak diperiksa: tidak ada kesalahan."]


def check_sources(wanted: Sequence[Path | str] = ()) -> CheckReport:
    """Check the whole registry, or what is named: files and folders, which may lie outside it, and datasets of it by their ids or the
    beginning of them (`pemda`, `pemda.opd`).

    Contracts of the registry are judged among all others, so that a doubled id is found; the whole of it also beside the warehouse, where
    that runs already. Raises: `WrongUsage` for a path that is not there, `UnknownDataset` for an id that no contract has.
    """
    root = settings().sources.resolve()
    resolved = [path for one in wanted for path in _places(one)]
    inside = [path for path in resolved if path.is_relative_to(root)]
    outside = [path for path in resolved if not path.is_relative_to(root)]
    reports = [_outside(path) for path in outside]
    if inside or not wanted:
        reports.append(_registry(inside or [root]))
    problems = tuple(problem for report in reports for problem in report.problems)
    gaps, notes = (tuple(line for report in reports for line in getattr(report, kind)) for kind in ("gaps", "notes"))
    return CheckReport(sum(report.checked for report in reports), problems, gaps, notes)


def _places(one: Path | str) -> list[Path]:
    """Where that stands which somebody names."""
    path = Path(one)
    if path.exists():
        return [path.resolve()]
    if len(path.parts) > 1 or path.suffix in (".yml", ".yaml"):
        raise WrongUsage(
            f"{path} tidak ada", "Periksa jalurnya, atau jalankan `satudata source check` tanpa jalur untuk memeriksa semuanya"
        )
    return _of_id(str(one))


def _of_id(dataset: str) -> list[Path]:
    registry = load_registry()
    places = {found.id: found.path for found in registry.datasets.values()}
    places |= {error.dataset: Path(error.file).absolute() for error in registry.broken if error.dataset}
    places |= dict.fromkeys(registry.retired.keys() - places.keys(), registry.sources / RETIRED_FILE)
    if found := [path for name, path in places.items() if name == dataset or name.startswith(f"{dataset}.")]:
        return found
    raise UnknownDataset(dataset, tuple(get_close_matches(dataset, sorted(places), n=3, cutoff=0.4)))


def _registry(wanted: Iterable[Path]) -> CheckReport:
    registry = load_registry()
    among = tuple(wanted)
    faulty = [error for error in registry.broken if _is_among(Path(error.file).absolute(), among)]
    healthy = [dataset for dataset in registry.datasets.values() if _is_among(dataset.path, among)]
    contracts = len(healthy) + sum(1 for error in faulty if error.dataset)
    problems = tuple(problem for error in faulty for problem in error.problems)
    loaded = loaded_publishers()
    if registry.sources in among:
        problems += tuple(_vanished(registry, {dataset for dataset, _ in loaded}))
    problems += tuple(_struck(registry, [one for one in loaded if one[0] in {dataset.id for dataset in healthy}]))
    calendar = calendar_notes(healthy, clock.today(), loaded_years()) if registry.sources in among else []
    notes = (*(note for dataset in healthy for note in notes_of(dataset)), *calendar)
    return CheckReport(contracts, problems, tuple(gap for dataset in healthy for gap in _gaps(dataset)), notes)


def _gaps(dataset: Dataset) -> list[str]:
    """A sentence for each data item of a contract that is not handed over whole."""
    return [
        f"{shown(dataset.path)}: item: data `{item}` belum lengkap di daftar_data.yml ({', '.join(missing)});"
        " angkanya diterima, tetapi belum terbit sampai diisi."
        for item, missing in metadata_gaps(dataset).items()
    ]


def _struck(registry: Registry, loaded: Iterable[tuple[str, str]]) -> Iterator[ContractProblem]:
    """Publishers whose rows are published although nobody asks them any more: they were struck from `for_each` and not retired."""
    for dataset, penerbit in registry.without_request(loaded):
        flaw = Flaw(
            ("for_each",), f"penerbit `{penerbit or '-'}` punya baris di gudang data, tetapi tidak diminta lagi; angkanya tetap terbit",
            f"kembalikan ke `for_each`, atau tulis di {shown(registry.sources / RETIRED_FILE)} `{_entry(retired_name(dataset, penerbit))}`",
        )  # fmt: skip
        path = registry.datasets[dataset].path
        yield from broken(shown(path), [flaw], read_tree(file_bytes(path))).problems


def _vanished(registry: Registry, loaded: Iterable[str]) -> Iterator[ContractProblem]:
    """Datasets whose rows are published although nobody speaks of them any more: their contract was deleted and not retired."""
    for dataset in registry.without_contract(loaded):
        yield ContractProblem(
            shown(registry.sources / RETIRED_FILE), 1, dataset, f"dataset `{dataset}` punya baris di gudang data, tetapi kontraknya tidak ada lagi",
            f"kembalikan kontraknya, atau tulis di berkas ini `{_entry(dataset)}`",
        )  # fmt: skip


def _entry(name: str) -> str:
    return f"{name}: {{{', '.join(f'{key}: ...' for key in RETIRED_KEYS)}}}"


def _is_among(path: Path, wanted: tuple[Path, ...]) -> bool:
    return any(path.is_relative_to(place) for place in wanted)


def _outside(path: Path) -> CheckReport:
    files = sorted(path.rglob("*.yml")) if path.is_dir() else [path]
    problems: list[ContractProblem] = []
    for file in files:
        try:
            load_dataset(file)
        except BrokenContract as error:
            problems.extend(error.problems)
    return CheckReport(len(files), tuple(problems))
