"""The bytes of the source a contract is wanted for: a local file where it lies, or one fetch of an address."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from contracts.dataset import Dataset
from contracts.errors import LocalFileMissing
from contracts.models.contract import Contract
from contracts.secrets import has_secret, is_secret_name
from extractors.archive import Archive
from extractors.fetching import fetch
from satudata.new_contract.column_names import slug

_PATH_KEY = re.compile(r"/(?:key|token|api[-_]?key)/[^/?#]+", re.IGNORECASE)


@dataclass(frozen=True)
class Given:
    """A source, fetched once."""

    path: Path
    file_name: str
    url: str
    """'' for a local file."""
    goes_on: bool = False
    """The server named a next page in a Link header."""

    @property
    def is_local(self) -> bool:
        return not self.url


@contextmanager
def given(place: str) -> Iterator[Given]:
    """The bytes of an address or file while the block lasts. Raises: `LocalFileMissing`, the `FetchError` family."""
    if not re.match(r"https?://", place, re.IGNORECASE):
        path = Path(place)
        if not path.is_file():
            raise LocalFileMissing(place)
        yield Given(path.resolve(), path.name, "")
        return
    with TemporaryDirectory(prefix="satudata-baru-") as folder:
        archive = Archive((Path(folder) / "arsip").as_uri())
        dataset = _asking(place)
        fetched = fetch(dataset, "", {}, dataset.hari_ini(), archive, {})[0]
        name = fetched.file_name or "sumber"
        with archive.local(fetched.sha256 or "") as kept:
            shutil.copyfile(kept, Path(folder) / name)
        yield Given(Path(folder) / name, name, place, fetched.next_url is not None)


def _asking(url: str) -> Dataset:
    """The least contract that can be fetched by."""
    source = {"kind": "file", "url": url}
    contract = Contract.model_validate(
        {"title": "-", "source": source, "columns": {"isi": {"type": "text"}}, "write": "snapshot", "key": ["isi"]}
    )
    return Dataset("source_new", contract, Path("source_new.yml"), "")


def without_secrets(url: str) -> tuple[str, str | None]:
    """(address as it may stand in a contract, id of the credentials that it then needs)."""
    if not has_secret(url):
        return url, None
    parts = urlsplit(url)
    query = urlencode([(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not is_secret_name(name)])
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, _PATH_KEY.sub("", parts.path), query, "")), slug(host.partition(":")[0])
