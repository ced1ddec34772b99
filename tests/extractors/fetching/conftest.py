"""A hostile site, an empty home and archive, and the way from a contract's `source:` to what was fetched."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from contracts.dataset import Dataset
from contracts.registry import load_dataset
from extractors.archive import Archive
from extractors.fetching import Fetched, Previous, fetch
from extractors.http import Answer, Client, Request, retry
from tests.servers.hostile import Site, hostile

DAY = date(2025, 1, 31)
REST = {"title": "Uji", "write": "snapshot", "key": ["kode"], "columns": {"kode": {"type": "text"}}}


@pytest.fixture
def site() -> Iterator[Site]:
    """The hostile site."""
    with hostile() as running:
        yield running


@pytest.fixture(autouse=True)
def quick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of its own, no pauses, a registry without a contract, short waits before the next attempt."""
    (tmp_path / "sources").mkdir()
    for name, value in {
        "HOME": tmp_path / "home",
        "SOURCES": tmp_path / "sources",
        "HOST_DELAY": 0,
        "TIMEOUT": 5,
        "TOTAL_TIMEOUT": 20,
    }.items():
        monkeypatch.setenv(f"SATUDATA_{name}", str(value))
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setattr(retry, "FIRST_WAIT_S", 0.01)


@pytest.fixture
def get() -> Callable[..., Answer[bytes]]:
    """A request by the client, to its last byte."""

    def asked(url: str, **request: Any) -> Answer[bytes]:
        with Client(DAY) as client:
            return client.download(Request(url, **request), b"".join)

    return asked


@dataclass
class Desk:
    """Fetches as a run does: what one fetch brought is `previous` to the next."""

    folder: Path
    archive: Archive
    previous: dict[str, Previous] = field(default_factory=dict)

    def dataset(self, source: Mapping[str, Any], **contract: Any) -> Dataset:
        """A contract with this `source`, lying outside any registry."""
        path = self.folder / "kontrak.yml"
        path.write_text(json.dumps({"id": "x.uji", **REST, "source": source, **contract}))
        return load_dataset(path)

    def fetch(self, source: Mapping[str, Any], penerbit: str = "", nilai: Mapping[str, str] | None = None, **more: Any) -> list[Fetched]:
        """Fetch with this `source`; `same_as` among `more` goes to the fetch, the rest into the contract."""
        given = {"same_as": more.pop("same_as")} if "same_as" in more else {}
        dataset = self.dataset(source, **more)
        found = fetch(dataset, penerbit, nilai or {}, DAY, self.archive, dict(self.previous), **given)
        self.previous |= {one.url: Previous(one.url, one.etag, one.last_modified, one.sha256) for one in found if one.sha256}
        return found

    def bytes_of(self, fetched: Sequence[Fetched]) -> list[bytes]:
        """What the archive holds of them."""
        return [self.archive.open(one.sha256 or "").read() for one in fetched]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty archive and no memory of earlier fetches."""
    return Desk(tmp_path, Archive((tmp_path / "arsip").as_uri()))
