"""One warehouse with a past for all tests of this folder, and an empty one beside it for each."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import Database, new_database
from tests.rebuild.history import live, live_unpublished


@dataclass(frozen=True)
class Old:
    """The warehouse that was, its archive and its registry."""

    database: Database
    archive: Path
    sources: Path


@dataclass(frozen=True)
class New:
    """An empty warehouse, and a copy of the archive to make it from."""

    database: Database
    archive: Path

    def files(self, pattern: str) -> list[Path]:
        return sorted(path for path in self.archive.glob(pattern) if path.is_file())


@pytest.fixture(scope="package")
def published(server: Path, _template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Old]:
    """With two releases; to rebuild it takes a dbt build."""
    yield from lived(server, tmp_path_factory.mktemp("terbit"), live)


@pytest.fixture(scope="package")
def old(server: Path, _template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Old]:
    """Without a release."""
    yield from lived(server, tmp_path_factory.mktemp("dahulu"), live_unpublished)


def lived(server: Path, folder: Path, play: Callable[[Path], object]) -> Iterator[Old]:
    with pytest.MonkeyPatch.context() as patch, new_database(server) as database:
        patch.setenv("SATUDATA_DATABASE", database.name)
        patch.setenv("SATUDATA_SOURCES", str(folder / "sources"))
        patch.setenv("SATUDATA_ARCHIVE_URL", (folder / "arsip").as_uri())
        play(folder)
        patch.undo()
        yield Old(database, folder / "arsip", folder / "sources")


@pytest.fixture
def empty(server: Path, _template: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Old], New]]:
    """Gives an empty warehouse, which the settings name, and a copy of an old one's archive."""
    with new_database(server) as database:
        monkeypatch.setenv("SATUDATA_DATABASE", database.name)

        def beside(old: Old) -> New:
            shutil.copytree(old.archive, tmp_path / "arsip")
            monkeypatch.setenv("SATUDATA_SOURCES", str(old.sources))
            monkeypatch.setenv("SATUDATA_ARCHIVE_URL", (tmp_path / "arsip").as_uri())
            return New(database, tmp_path / "arsip")

        yield beside


@pytest.fixture
def new(old: Old, empty: Callable[[Old], New]) -> New:
    """An empty warehouse beside the one without a release."""
    return empty(old)
