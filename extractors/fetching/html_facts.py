"""What paging needs to know of one page of an HTML table: how many rows it has, whether they are the same as before, where the next page is."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bs4 import BeautifulSoup, SoupStrainer

from contracts.errors import WrongFormat
from contracts.text import squeezed
from extractors.fetching.next_link import next_link
from extractors.fetching.page_facts import PageFacts
from extractors.formats.html import MOST_BYTES


def html_facts(path: Path, file_name: str, url: str) -> PageFacts:
    """Read a page of a list. A row is one with two cells or more: "tidak ada data" stands in one. Raises: `WrongFormat` for too large a page."""
    if path.stat().st_size > MOST_BYTES:
        raise WrongFormat(file_name, f"halaman sampai {MOST_BYTES // 1_000_000} MB", "halaman yang lebih besar")
    page = path.read_bytes()
    rows = [[squeezed(cell.get_text(" ")) for cell in row.find_all("td")] for row in _rows(page)]
    told = [row for row in rows if len(row) > 1 and any(row)]
    return PageFacts(len(told), hashlib.sha256(repr(sorted(told)).encode()).hexdigest(), next_url=next_link(page, url))


def _rows(page: bytes) -> list[BeautifulSoup]:
    return BeautifulSoup(page, "lxml", parse_only=SoupStrainer("table")).find_all("tr")
