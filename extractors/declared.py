"""What a source states about its own size, held against what the parser found: also for a batch replayed from the archive.

The fetch checks the same while it walks the pages; a batch tried from single files, or judged again later, has only this check.
"""

from __future__ import annotations

from collections.abc import Mapping

from contracts.errors import IncompletePages, MoreThanDeclared
from contracts.models.contract import Contract

CKAN_TOTAL = "result.total"
"""Where a datastore says how many rows it has (CKAN API guide, datastore_search)."""


class Declared:
    """The totals that the pages of a batch declare."""

    def __init__(self, contract: Contract) -> None:
        source, pages = contract.source, contract.source.pages
        is_datastore = source.kind == "ckan" and source.records is None
        self._total = pages.total if pages and pages.total else CKAN_TOTAL if is_datastore else None
        self._last = pages.last if pages and pages.by == "page" else None
        self._first = pages.first if pages and pages.first is not None else 1
        self._totals: list[int] = []
        self._last_page: int | None = None

    @property
    def paths(self) -> tuple[str, ...]:
        """JSON paths to read beside the records."""
        return tuple(filter(None, (self._total, self._last)))

    def see(self, document: Mapping[str, object]) -> None:
        """What one page declares."""
        if (total := _whole_number(document.get(self._total or ""))) is not None:
            self._totals.append(total)
        if (last := _whole_number(document.get(self._last or ""))) is not None:
            self._last_page = last

    def check(self, file_name: str, records: int, pages: int) -> None:
        """A source may gain or lose a record while it is read: any total that one of its pages declared will do.

        Raises: `IncompletePages`, `MoreThanDeclared`.
        """
        if self._totals and records not in self._totals:
            failure = IncompletePages if records < self._totals[-1] else MoreThanDeclared
            raise failure(file_name, records, self._totals[-1])
        if not self._totals and self._last_page is not None and pages < (declared := self._last_page - self._first + 1):
            raise IncompletePages(file_name, pages, declared)


def _whole_number(value: object) -> int | None:
    text = str(value)
    return int(text) if text.isdecimal() and len(text) < 19 else None
