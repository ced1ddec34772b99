"""What contracts demand of each other: one id each, a place of their own, and partners that exist."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from contracts.dataset import Dataset, asks_by
from contracts.errors import BrokenContract, UnsafeUrl, WrongUsage
from contracts.explain import Flaw, suggestion
from contracts.files import file_bytes, shown
from contracts.load import broken
from contracts.models.checks import Check
from contracts.models.pemda import Retired, retired_name
from contracts.rules.against import named_dataset
from contracts.rules.columns import MEASURES
from contracts.sources_folder import PemdaFolder
from contracts.yaml_tree import read_tree

ID = re.compile(r"^[a-z0-9_]+(\.[a-z0-9_]+)*$")
OF_A_VERSION = re.compile(r"_v[0-9]+$")
"""How the later versions of a published table are called."""


def registry_flaws(
    datasets: Iterable[Dataset], root: Path, retired: Mapping[str, Retired], folders: Mapping[str, PemdaFolder], partial: bool
) -> dict[Path, BrokenContract]:
    """The datasets that cannot stand beside the others, by path.

    ``partial``: only some contracts were read, so that a missing partner proves nothing.
    """
    found = list(datasets)
    flaws: dict[Path, list[Flaw]] = {
        dataset.path: [*_place(dataset, root, folders), *_address(dataset), *_retired(dataset, retired)] for dataset in found
    }
    for path, flaw in (*_doubled(found), *(() if partial else _partners(found, retired))):
        flaws[path].append(flaw)
    return {dataset.path: _broken(dataset, flaws[dataset.path]) for dataset in found if flaws[dataset.path]}


def _broken(dataset: Dataset, flaws: list[Flaw]) -> BrokenContract:
    error = broken(shown(dataset.path), flaws, read_tree(file_bytes(dataset.path)))
    return BrokenContract(error.file, error.problems, dataset.id, dataset.pemda_id, dataset.opd)


def _place(dataset: Dataset, root: Path, folders: Mapping[str, PemdaFolder]) -> Iterator[Flaw]:
    parts = dataset.path.relative_to(root).parts
    if len(parts) != 3 or dataset.path.suffix != ".yml":
        yield Flaw((), f"letak berkas {'/'.join(parts)} bukan tempat kontrak", "sources/<pemda>/<opd>/<dataset>.yml")
    if not ID.match(dataset.id):
        yield Flaw(("id",), f"`{dataset.id}` tidak dapat menjadi id", "huruf kecil, angka, dan _ pada nama folder dan berkas, atau `id:`")
    if dataset.contract.concept is None and OF_A_VERSION.search(dataset.id):
        yield Flaw(
            ("id",), f"`{dataset.id}` berakhir seperti nama versi lain sebuah tabel terbit", "id tanpa `_v` dan angka di ujungnya",
        )  # fmt: skip
    for error in folders[dataset.pemda_id].broken if dataset.pemda_id in folders else ():
        if error.file.endswith("/pemda.yml"):
            yield Flaw((), f"{error.file} rusak, sehingga zona waktu dan situs tidak diketahui", f"betulkan {error.file} lebih dahulu")


def _address(dataset: Dataset) -> Iterator[Flaw]:
    """A path that leaves the registry is refused at every fetch; here its author hears of it."""
    url = dataset.contract.source.url
    if url is None or "{" in url:
        return
    try:
        dataset.url_for()
    except UnsafeUrl as error:
        yield Flaw(("source", "url"), error.reason, "alamat http(s), `${X}/...`, atau jalur relatif di dalam folder sources")


def _retired(dataset: Dataset, retired: Mapping[str, Retired]) -> Iterator[Flaw]:
    if dataset.id in retired:
        yield Flaw(
            ("id",),
            f"`{dataset.id}` sudah dipensiunkan di retired.yml",
            "id baru dengan `menggantikan: [...]`, atau hapus dari retired.yml",
        )
    struck = {name for name in retired if name.startswith(f"{dataset.id} ")}
    for penerbit in (asked_publishers(dataset) or ()) if struck else ():
        if retired_name(dataset.id, penerbit) in struck:
            yield Flaw(
                ("for_each",), f"penerbit `{penerbit or '-'}` sudah dipensiunkan di retired.yml, tetapi masih diminta",
                "hapus dari `for_each`, atau hapus dari retired.yml",
            )  # fmt: skip


def asked_publishers(dataset: Dataset) -> tuple[str, ...] | None:
    """Whom a dataset asks; None where the list that names them cannot be read, which proves nothing about anybody."""
    try:
        return dataset.publishers()
    except (BrokenContract, WrongUsage):
        return None


def _doubled(datasets: list[Dataset]) -> Iterator[tuple[Path, Flaw]]:
    """An id in two files is wrong in both: neither may silently win. The same holds for a raw table of two ids."""
    ids = Counter(dataset.id for dataset in datasets)
    tables = Counter(dataset.raw_table for dataset in datasets if dataset.contract.concept is None)
    for dataset in datasets:
        if ids[dataset.id] > 1:
            others = ", ".join(shown(other.path) for other in datasets if other.id == dataset.id and other.path != dataset.path)
            yield dataset.path, Flaw(("id",), f"id `{dataset.id}` juga dipakai di {others}", "id yang berbeda di setiap berkas")
        elif dataset.contract.concept is None and tables[dataset.raw_table] > 1:
            yield (
                dataset.path,
                Flaw(("id",), f"id `{dataset.id}` memakai tabel {dataset.raw_table} yang juga dipakai id lain", "id yang lain"),
            )


def _partners(datasets: list[Dataset], retired: Mapping[str, Retired]) -> Iterator[tuple[Path, Flaw]]:
    known = {dataset.id: dataset for dataset in datasets}
    for dataset in datasets:
        for i, name in enumerate(dataset.contract.menggantikan):
            if name not in known and name not in retired:
                flaw = Flaw(("menggantikan", i), f"dataset `{name}` tidak ada", suggestion(name, sorted({*known, *retired})))
                yield dataset.path, flaw
        if dataset.contract.source.same_as is not None and (flaw_of := _same_as(dataset, known)):
            yield dataset.path, flaw_of
        for i, check in enumerate(dataset.contract.checks):
            if flaw_of := _measured_by(i, check, known):
                yield dataset.path, flaw_of


def _measured_by(i: int, check: Check, known: Mapping[str, Dataset]) -> Flaw | None:
    """The dataset and column that a check measures by."""
    if (named := named_dataset(check)) is None:
        return None
    name, column = named
    key = "dataset" if check.rule == "same_as_dataset" else "against"
    if name not in known:
        return Flaw(("checks", i, key), f"dataset `{name}` tidak ada", suggestion(name, sorted(known)))
    measures = [each for each, its in known[name].contract.columns.items() if its.type in MEASURES]
    if column not in measures:
        return Flaw(("checks", i, key), f"dataset `{name}` tidak punya kolom angka `{column}`", suggestion(column, measures))
    return None


def _same_as(dataset: Dataset, known: Mapping[str, Dataset]) -> Flaw | None:
    name = dataset.contract.source.same_as or ""
    target = known.get(name)
    if target is None:
        return Flaw(("source", "same_as"), f"dataset `{name}` tidak ada", suggestion(name, sorted(known)))
    if target.contract.source.same_as is not None:
        return Flaw(("source", "same_as"), f"`{name}` sendiri memakai same_as", f"same_as: {target.contract.source.same_as}")
    if asks_by(dataset.contract) != asks_by(target.contract):
        return Flaw(
            ("source", "same_as"), f"`for_each` atau `each` berbeda dengan `{name}`", "for_each dan each yang sama dengan dataset itu"
        )
    return None
