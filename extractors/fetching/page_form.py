"""The two forms a page of a list comes in: an answer in JSON, and an HTML page with a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from extractors.fetching.error_page import Expected
from extractors.fetching.html_facts import html_facts
from extractors.fetching.page_facts import PageFacts, page_facts

Facts = Callable[[Path, str, str, str | None, Iterable[str]], PageFacts]
"""(bytes, file name, address, path of the records, paths to look up) -> what paging needs to know of the page."""


@dataclass(frozen=True)
class PageForm:
    """How pages of one form are recognised and read."""

    name: str
    expected: Expected
    sniffed_types: frozenset[str]
    facts: Facts


JSON_PAGES = PageForm(
    "JSON", Expected.API, frozenset(("json", "empty")), lambda path, name, _, records, wanted: page_facts(path, name, records, wanted)
)
HTML_PAGES = PageForm("halaman HTML", Expected.DATA, frozenset(("html",)), lambda path, name, url, _, __: html_facts(path, name, url))
