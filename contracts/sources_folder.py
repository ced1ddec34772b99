"""The layout of sources/: which file is a contract, which speaks of a pemda, and what stands around a contract.

sources/concepts/<concept>.yml   sources/references/<list>.csv   sources/retired.yml
sources/<pemda>/{pemda,opd,daftar_data}.yml   sources/<pemda>/<opd>/<dataset>.yml
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeVar

from contracts.errors import BrokenContract
from contracts.explain import Flaw
from contracts.files import broken_file, file_bytes, shown
from contracts.load import read_model
from contracts.models.concept import Concept
from contracts.models.data_item import DataItem
from contracts.models.pemda import Opd, Pemda, Retired
from contracts.references import is_region, part_of_sources, reference_names, unit_kinds
from contracts.rules import Surroundings

RETIRED_FILE = "retired.yml"
SHARED_FOLDERS = frozenset({"concepts", "references"})
PEMDA_FILES = frozenset({"pemda.yml", "opd.yml", "daftar_data.yml"})
CONCEPT = re.compile(r"^[a-z][a-z0-9_]{0,50}\Z")
"""A concept's name is the name of a table."""
M = TypeVar("M")


class ConceptText(NamedTuple):
    """A concept and its bytes, which are part of a dataset's fingerprint."""

    concept: Concept
    text: bytes


@dataclass(frozen=True)
class PemdaFolder:
    """What ``sources/<pemda>/`` says about the pemda itself; ``broken`` holds the files that could not be read."""

    pemda: Pemda | None = None
    opd: Mapping[str, Opd] = field(default_factory=dict)
    items: Mapping[str, DataItem] = field(default_factory=dict)
    broken: tuple[BrokenContract, ...] = ()


def contract_paths(root: Path) -> Iterator[Path]:
    """Every YAML file of a registry that has to be a contract, sorted; one in a wrong place is among them, never overlooked."""
    for path in sorted((*root.rglob("*.yml"), *root.rglob("*.yaml"))):
        parts = path.relative_to(root).parts
        if parts[0] in SHARED_FOLDERS or parts == (RETIRED_FILE,) or (len(parts) == 2 and path.name in PEMDA_FILES):
            continue
        if not any(part.startswith(".") for part in parts):
            yield path


def default_id(path: Path, root: Path | None) -> str:
    """The id of a contract that names none: its path under sources/, or its own name outside."""
    return ".".join(path.relative_to(root).with_suffix("").parts) if root else path.stem


def read_concepts(root: Path) -> tuple[dict[str, ConceptText], list[BrokenContract]]:
    """The concepts of a registry by name, and those that could not be read."""
    found: dict[str, ConceptText] = {}
    broken: list[BrokenContract] = []
    for path in sorted(part_of_sources("concepts", root).glob("*.yml")):
        try:
            if not CONCEPT.match(path.stem):
                raise broken_file(path, (1, "(berkas)", f"`{path.stem}` tidak dapat menjadi nama konsep", "huruf kecil, angka, dan _"))
            text = file_bytes(path)
            found[path.stem] = ConceptText(read_model(text, shown(path), Concept, _concept_flaws), text)
        except BrokenContract as error:
            broken.append(error)
    return found, broken


def read_retired(root: Path) -> dict[str, Retired]:
    """The datasets and publishers that ended on purpose, by name.

    Raises: `BrokenContract`.
    """
    return _optional(root / RETIRED_FILE, dict[str, Retired]) or {}


def read_pemda_folder(folder: Path) -> PemdaFolder:
    """What a pemda's own files say; a broken one is reported and counts as absent."""
    broken: list[BrokenContract] = []
    pemda = _or_broken(folder / "pemda.yml", Pemda, broken)
    opd = _or_broken(folder / "opd.yml", dict[str, Opd], broken) or {}
    items = _or_broken(folder / "daftar_data.yml", tuple[DataItem, ...], broken) or ()
    return PemdaFolder(pemda, opd, {item.kode: item for item in items}, tuple(broken))


def surroundings(root: Path, concepts: Mapping[str, ConceptText], folder: PemdaFolder) -> Surroundings:
    """What a contract of this registry and pemda is checked against."""
    called = {name: found.concept for name, found in concepts.items()}
    return Surroundings(called, reference_names(root), folder.opd, folder.items, unit_kinds(root), lambda kode: is_region(kode, root))


def _or_broken(path: Path, shape: type[M], broken: list[BrokenContract]) -> M | None:
    try:
        return _optional(path, shape)
    except BrokenContract as error:
        broken.append(error)
        return None


def _optional(path: Path, shape: type[M]) -> M | None:
    return read_model(file_bytes(path), shown(path), shape, _doubled_items) if path.is_file() else None


def _doubled_items(value: object) -> list[Flaw]:
    """A data item listed twice has two producers, which the law forbids (Perpres 39/2019 Ps 27)."""
    codes = [item.kode for item in value if isinstance(item, DataItem)] if isinstance(value, tuple) else []
    doubled = [i for i, code in enumerate(codes) if code in codes[:i]]
    return [Flaw((i, "kode"), f"data `{codes[i]}` didaftar dua kali", "satu entri dengan tepat satu produsen_data") for i in doubled]


def _concept_flaws(concept: Concept) -> list[Flaw]:
    should_be = f"salah satu dari {', '.join(concept.columns)}"
    unknown = [i for i, name in enumerate(concept.key) if name not in concept.columns]
    return [Flaw(("key", i), f"kolom `{concept.key[i]}` tidak ada", should_be) for i in unknown]
