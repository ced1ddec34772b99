"""What every kind of source has at hand while it fetches: the contract, filled in for one request, and where bytes go."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from contracts.dataset import Dataset
from contracts.models.source import Source
from extractors.archive import Archive
from extractors.fetching.fetched import Fetched, Previous
from extractors.http import Client, Request
from extractors.http.request import Body

SameAs = Callable[[str, str, Mapping[str, str]], Sequence[Fetched]]
"""(dataset id, publisher, values) -> the files of the last fetch of that request, none where there was none."""


@dataclass(frozen=True)
class Job:
    """One request of a dataset."""

    dataset: Dataset
    penerbit: str
    nilai: Mapping[str, str]
    archive: Archive
    previous: Mapping[str, Previous]
    client: Client
    same_as: SameAs

    @property
    def source(self) -> Source:
        return self.dataset.contract.source

    @cached_property
    def url(self) -> str:
        """The address of the contract: http(s), or ``file:`` for a path. Raises: `UnresolvedVariable`, `UnsafeUrl`."""
        return self.dataset.url_for(self.penerbit, self.nilai)

    @property
    def is_local(self) -> bool:
        return self.url.startswith("file:")

    def filled(self, text: str) -> str:
        """A text of the contract with its placeholders filled. Raises: `UnresolvedVariable`."""
        return self.dataset.filled(text, self.penerbit, self.nilai)

    def request(self, **changes: object) -> Request:
        """The request the contract words; `changes` are attributes of `Request`."""
        source, body = self.source, self.source.body
        filled_body: Body = self._filled(body) if isinstance(body, Mapping) else self.filled(body) if body is not None else None
        worded = Request(
            self.url, source.method, self._filled(source.params), self._filled(source.headers), filled_body, source.credentials
        )  # fmt: skip
        return replace(worded, **changes)  # type: ignore[arg-type]

    def _filled(self, texts: Mapping[str, str]) -> dict[str, str]:
        return {name: self.filled(text) for name, text in texts.items()}
