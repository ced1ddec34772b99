"""What a walk over pages has seen so far."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from contracts.errors import BadJson
from contracts.models.source import Pages
from extractors.fetching.fetched import Fetched
from extractors.fetching.page_facts import PageFacts

MOST_EMPTY = 5
"""Pages without a record that may follow each other; a source that has more of them has come to its end without knowing."""
_COUNT = re.compile(r"(\d+)(\.0*)?")


@dataclass
class Walked:
    """The pages of one walk, and what they declare together."""

    pages: Pages
    fetched: list[Fetched] = field(default_factory=list)
    addresses: set[str] = field(default_factory=set)
    counts: list[int] = field(default_factory=list)
    """Records on each page."""
    bytes: int = 0
    totals: list[int] = field(default_factory=list)
    """The number of records each page declared."""
    last: int | None = None
    """The number of the last page, as the newest page declared it."""
    latest: PageFacts = field(default_factory=lambda: PageFacts(0, ""))
    holes: int = 0
    """Pages without a record, the newest aside."""
    repeats: bool = False
    """Whether the newest page brought the records of an earlier one, or is one of many without any."""
    digests: set[str] = field(default_factory=set)
    """Of the pages with records."""
    empty: int = 0
    """Pages without a record up to the newest, one after the other."""

    @property
    def wanted(self) -> tuple[str, ...]:
        """The JSON paths to look up on each page."""
        return tuple(path for path in (self.pages.total, self.pages.last, self.pages.next) if path)

    @property
    def received(self) -> int:
        """Records on all pages."""
        return sum(self.counts)

    @property
    def file_name(self) -> str:
        """What the source is called in a sentence."""
        return (self.fetched[0].file_name or self.fetched[0].url) if self.fetched else ""

    def add(self, page: Fetched, address: str, facts: PageFacts) -> None:
        """Count a page. Raises: `BadJson` where a declared number is none."""
        self.holes += bool(self.fetched) and self.latest.records == 0
        self.empty = 0 if facts.records else self.empty + 1
        self.repeats = self.empty >= MOST_EMPTY or (facts.records > 0 and facts.digest in self.digests)
        self.digests.update([facts.digest] if facts.records else [])
        self.fetched.append(page)
        self.addresses.add(address)
        self.latest = facts
        self.counts.append(facts.records)
        self.bytes += page.bytes or 0
        total, last = self._number(facts.declared, self.pages.total), self._number(facts.declared, self.pages.last)
        self.totals += [] if total is None else [total]
        self.last = self.last if last is None else last

    def next_value(self) -> str | None:
        """The next link or cursor of the newest page; None where it has none. Without a path the link is the page's own, or its Link header's."""
        if self.pages.by == "next" and self.pages.next is None:
            return self.latest.next_url or self.fetched[-1].next_url
        value = self.latest.declared.get(self.pages.next or "")
        return str(value).strip() or None if value not in (None, False, "") else None

    def _number(self, declared: Mapping[str, object], path: str | None) -> int | None:
        if path is None or declared.get(path) is None:
            return None
        match = _COUNT.fullmatch(str(declared[path]).strip())
        if match is None:
            raise BadJson(self.file_name, f"`{path}` bukan bilangan")
        return int(match[1])
