"""The files of the registry that a verdict or a release rests on, kept in the archive by their hash: what a contract said then can be read again.

A list of names and hashes is kept like any other content, so one hash stands for all of them. Its parts are written before it; where it is
there nothing else is looked for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from contracts.dataset import Dataset
from contracts.references import part_of_sources
from contracts.settings import settings
from contracts.sources_folder import PEMDA_FILES
from extractors.archive import Archive

SOURCES, OUTSIDE = "sources", "luar"
"""Folders of a kept list: the registry, and a contract that lies outside of it."""
TEXTS = {".yml", ".yaml", ".csv"}


def keep_texts(archive: Archive, dataset: Dataset) -> str:
    """Keep the contract of a dataset and what is read with it: its concept, its pemda, the lists. Returns the hash of their list."""
    root = settings().sources.resolve()
    files = {_name(dataset, root): dataset.path}
    if dataset.contract.concept:
        name = f"{dataset.contract.concept}.yml"
        files[f"{SOURCES}/concepts/{name}"] = part_of_sources("concepts", root) / name
    if dataset.pemda_id:
        files |= _named(root, (root / dataset.pemda_id / name for name in sorted(PEMDA_FILES)))
    files |= {f"{SOURCES}/references/{path.name}": path for path in part_of_sources("references", root).glob("*.csv")}
    return _keep(archive, files)


def keep_registry(archive: Archive) -> str:
    """Keep every file of the registry, and what it has from the product. Returns the hash of their list."""
    root = settings().sources.resolve()
    files = _named(root, (path for path in root.rglob("*") if path.suffix in TEXTS))
    for part in ("concepts", "references"):
        files |= {f"{SOURCES}/{part}/{path.name}": path for path in part_of_sources(part, root).iterdir() if path.suffix in TEXTS}
    return _keep(archive, files)


def _name(dataset: Dataset, root: Path) -> str:
    if dataset.root is None:
        return f"{OUTSIDE}/{dataset.path.name}"
    return f"{SOURCES}/{dataset.path.relative_to(root).as_posix()}"


def _named(root: Path, paths: Iterable[Path]) -> dict[str, Path]:
    return {f"{SOURCES}/{path.relative_to(root).as_posix()}": path for path in paths if path.is_file()}


def _keep(archive: Archive, files: dict[str, Path]) -> str:
    texts = {name: path.read_bytes() for name, path in sorted(files.items())}
    listed = json.dumps({name: hashlib.sha256(text).hexdigest() for name, text in texts.items()}, ensure_ascii=False).encode()
    if archive.size(hashlib.sha256(listed).hexdigest()) != len(listed):
        for text in texts.values():
            archive.put_bytes(text)
    return archive.put_bytes(listed)
