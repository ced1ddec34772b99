"""The registry as it was when something was judged or released, laid out as files again, because that is how contracts are read.

One folder, in which only what differs is written from one record to the next: lists that stay the same are read once.
"""

from __future__ import annotations

import json
from pathlib import Path

from contracts.dataset import Dataset
from contracts.registry import load_dataset
from extractors.archive import Archive
from satudata.journal.texts import OUTSIDE, SOURCES


class Sources:
    """The files below `folder`; SATUDATA_SOURCES must name `root` while contracts are read from them."""

    def __init__(self, archive: Archive, folder: Path) -> None:
        self._archive, self._folder, self._there = archive, folder, dict[str, str]()
        self.root.mkdir(parents=True)

    @property
    def root(self) -> Path:
        """What stands for `sources/`."""
        return self._folder / SOURCES

    def become(self, texts: str) -> None:
        """Be what a kept list of files says. Raises: `ArchiveDamaged` where one of them is gone."""
        wanted: dict[str, str] = json.loads(self._archive.read(texts))
        for name in self._there.keys() - wanted.keys():
            (self._folder / name).unlink()
            del self._there[name]
        for name, sha256 in wanted.items():
            if self._there.get(name) != sha256:
                path = self._folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(self._archive.read(sha256))
                self._there[name] = sha256

    def dataset(self, texts: str, contract: str) -> Dataset:
        """The dataset of a contract as it was. Raises: `ArchiveDamaged`, `BrokenContract`."""
        self.become(texts)
        outside = self._folder / OUTSIDE / contract
        return load_dataset(outside if outside.is_file() else contract)
