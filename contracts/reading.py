"""One reading of sources/: contracts become datasets, what they share is read once, and what is broken is set down, never raised."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from contracts.dataset import Dataset
from contracts.errors import BrokenContract
from contracts.files import file_bytes, shown
from contracts.load import nearest_contract, read_contract
from contracts.models.contract import Contract
from contracts.models.pemda import Retired
from contracts.references import broken_lists
from contracts.rules import Surroundings
from contracts.sources_folder import (
    ConceptText,
    PemdaFolder,
    default_id,
    read_concepts,
    read_pemda_folder,
    read_retired,
    surroundings,
)
from contracts.yaml_limits import YamlBroken
from contracts.yaml_tree import read_tree

NO_PEMDA = ""


@dataclass
class Reading:
    """What has been read of a registry so far."""

    root: Path
    concepts: dict[str, ConceptText] = field(default_factory=dict)
    retired: dict[str, Retired] = field(default_factory=dict)
    folders: dict[str, PemdaFolder] = field(default_factory=dict)
    broken: list[BrokenContract] = field(default_factory=list)
    stand_ins: list[Dataset] = field(default_factory=list)
    """What broken contracts nearly say: they never run, and are judged among the others all the same."""
    _around: dict[str, Surroundings] = field(default_factory=dict)

    @classmethod
    def begin(cls, root: Path) -> Reading:
        """A reading with the shared parts read: concepts and retired datasets."""
        reading = cls(root)
        reading.concepts, reading.broken = read_concepts(root)
        try:
            reading.retired = read_retired(root)
        except BrokenContract as error:
            reading.broken.append(error)
        reading.broken.extend(broken_lists(root))
        return reading

    def dataset(self, path: Path) -> Dataset | None:
        """The dataset of a contract of the registry; None, and an entry in ``broken``, when it is not one."""
        pemda_id = path.relative_to(self.root).parts[0]
        try:
            return self._dataset(path, pemda_id, default_id(path, self.root), self.root)
        except BrokenContract as error:
            written = _written_id(path) or default_id(path, self.root)
            self.broken.append(BrokenContract(error.file, error.problems, written, pemda_id, path.parent.name))
            self.stand_ins.extend(self._stand_in(path, pemda_id, written))
            return None

    def _stand_in(self, path: Path, pemda_id: str, its_id: str) -> Iterator[Dataset]:
        try:
            text = file_bytes(path)
        except BrokenContract:
            return
        if contract := nearest_contract(text):
            yield self._of_contract(contract, text, path, pemda_id, its_id, self.root)

    def outsider(self, path: Path) -> Dataset:
        """The dataset of a YAML that lies anywhere: no pemda, no agency, the registry's concepts and references.

        Raises: `BrokenContract`.
        """
        return self._dataset(path, NO_PEMDA, default_id(path, None), None)

    def _dataset(self, path: Path, pemda_id: str, its_id: str, root: Path | None) -> Dataset:
        text = file_bytes(path)
        self._folder(pemda_id)
        contract = read_contract(text, shown(path), self._around[pemda_id])
        return self._of_contract(contract, text, path, pemda_id, its_id, root)

    def _of_contract(self, contract: Contract, text: bytes, path: Path, pemda_id: str, its_id: str, root: Path | None) -> Dataset:
        folder = self._folder(pemda_id)
        concept = self.concepts.get(contract.concept or "")
        return Dataset(
            id=contract.id or its_id,
            contract=contract,
            path=path,
            sha256=hashlib.sha256(text + (concept.text if concept else b"")).hexdigest(),
            concept=concept.concept if concept else None,
            pemda_id=pemda_id,
            pemda=folder.pemda,
            opd=contract.produsen_data or (path.parent.name if root else ""),
            agencies=folder.opd,
            items=tuple(folder.items[code] for code in contract.item if code in folder.items),
            root=root,
        )

    def _folder(self, pemda_id: str) -> PemdaFolder:
        if pemda_id not in self.folders:
            folder = read_pemda_folder(self.root / pemda_id) if pemda_id else PemdaFolder()
            self.folders[pemda_id] = folder
            self._around[pemda_id] = surroundings(self.root, self.concepts, folder)
            self.broken.extend(folder.broken)
        return self.folders[pemda_id]


def _written_id(path: Path) -> str | None:
    """The id that a broken contract still says."""
    try:
        data = read_tree(file_bytes(path)).data
    except (YamlBroken, BrokenContract):
        return None
    found = data.get("id") if isinstance(data, dict) else None
    return found if isinstance(found, str) else None
