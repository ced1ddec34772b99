"""A list for people is cut into pages too: its first page must not pass as the whole, and a contract can ask for all of them."""

from __future__ import annotations

from typing import Any

import pytest

from contracts import errors
from extractors.fetching.kept_pages import check_kept_pages
from extractors.fetching.next_link import next_link
from extractors.source_file import SourceFile
from tests.extractors.fetching.conftest import Desk
from tests.servers.hostile import Site


def source(site: Site, path: str, pages: dict[str, Any] | None = None, kind: str = "html_table") -> dict[str, Any]:
    """A list at the hostile site."""
    return {"kind": kind, "url": site.url(f"/html-list/{path}"), **({"pages": pages} if pages else {})}


@pytest.mark.parametrize("kind", ["html_table", "file"])
@pytest.mark.parametrize("path", ["rel", "head", "text", "sign"])
def test_the_first_page_of_a_list_is_not_taken_for_all(site: Site, desk: Desk, path: str, kind: str) -> None:
    """Fails when 10 of 23 rows are published without a word."""
    with pytest.raises(errors.PagesLeft, match="by: next"):
        desk.fetch(source(site, path, kind=kind))
    assert len(desk.fetch(source(site, f"{path}?hal=1", kind=kind))) == 1


@pytest.mark.parametrize("path", ["bare", "article", "day", "site"])
def test_other_links_are_no_next_page(site: Site, desk: Desk, path: str) -> None:
    """Fails when the next article, the next day or another site stops a page that is whole."""
    assert len(desk.fetch(source(site, path))) == 1


@pytest.mark.parametrize(
    ("path", "pages"),
    [("rel", {"by": "next"}), ("head", {"by": "next"}), ("text", {"by": "next"}), ("bare", {"by": "page", "param": "hal"}),
     ("gone", {"by": "page", "param": "hal"})],
)  # fmt: skip
def test_every_page_of_a_list_is_fetched(site: Site, desk: Desk, path: str, pages: dict[str, Any]) -> None:
    """Fails when a page of the list is left out, or the empty one behind the last is kept as data."""
    found = desk.fetch(source(site, path, pages))
    assert [one.halaman for one in found] == [1, 2, 3]
    assert [content.count(b"<tr><td>") for content in desk.bytes_of(found)] == [10, 10, 3]


def test_kept_pages_of_a_list_must_be_all(site: Site, desk: Desk) -> None:
    """Fails when somebody keeps the first page of a list and it passes as the whole."""
    asked = source(site, "rel", {"by": "next"})
    found = desk.fetch(asked)
    files = [SourceFile(desk.archive.local(one.sha256 or "").__enter__(), one.file_name or "", one.url) for one in found]
    contract = desk.dataset(asked).contract.source
    check_kept_pages(contract, files)
    with pytest.raises(errors.IncompletePages):
        check_kept_pages(contract, files[:1])


@pytest.mark.parametrize(
    ("url", "link", "is_next"),
    [
        ("http://a.go.id/izin", '<a href="/izin?list%5Bpage%5D=2">Next</a>', True),
        ("http://a.go.id/izin/", '<a href="/izin/page/2/">Halaman berikutnya</a>', True),
        ("http://a.go.id/izin?offset=10", '<a href="?offset=0">»</a>', False),
        ("http://a.go.id/izin?hal=3", '<a href="?hal=4" aria-label="Next"></a>', True),
        ("http://a.go.id/izin", '<a href="?hal=2">Selanjutnya dibahas di rapat</a>', False),
        ("http://a.go.id/izin", '<a rel="next" href="http://[x/?hal=2">x</a>', False),
    ],
)
def test_what_a_link_to_the_next_page_is(url: str, link: str, is_next: bool) -> None:
    """Fails when a later page is missed, or an earlier one, a sentence or a broken address is taken for one."""
    assert (next_link(link.encode(), url) is not None) == is_next
