"""A source that has no end must be given up at once, and never hold a task for as long as it likes."""

from __future__ import annotations

from typing import Any

import pytest

from contracts import errors
from extractors.fetching import paging
from extractors.fetching.walked import MOST_EMPTY
from tests.extractors.fetching.conftest import Desk
from tests.extractors.fetching.test_fetch_pages import source
from tests.servers.hostile import Site


@pytest.mark.parametrize(
    ("path", "pages", "records"),
    [
        ("/cursor-loop", {"by": "cursor", "next": "paging.next"}, "rows.*"),
        ("/link-loop", {"by": "next", "next": "berikut"}, "hasil.*"),
        ("/pages-turning", {"by": "page"}, "data.*"),
        ("/pages-turning", {"by": "cursor", "param": "page", "next": "next"}, "data.*"),
        ("/pages-turning?shuffled=1", {"by": "page"}, "data.*"),
    ],
)
def test_circles_end(site: Site, desk: Desk, path: str, pages: dict[str, Any], records: str) -> None:
    """Fails when a cursor or link that leads back keeps a task asking for ever."""
    with pytest.raises(errors.RepeatedPages):
        desk.fetch(source(site, path, pages, records))
    assert len(site.paths()) <= 4


@pytest.mark.parametrize("pages", [{"by": "cursor", "param": "page", "next": "next"}, {"by": "page", "last": "last"}])
def test_pages_without_records_end(site: Site, desk: Desk, pages: dict[str, Any]) -> None:
    """Fails when a source that has nothing more, and does not know it, is asked ten thousand times."""
    with pytest.raises(errors.RepeatedPages, match=r"source\.pages"):
        desk.fetch(source(site, "/pages-void", pages))
    assert len(site.paths()) == 1 + MOST_EMPTY


def test_an_endless_source_ends(site: Site, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when a source that always has another page is never given up."""
    monkeypatch.setattr(paging, "MAX_PAGES", 7)
    with pytest.raises(errors.TooManyPages):
        desk.fetch(source(site, "/pages-endless", {"by": "page"}))
    assert len(site.paths()) == 7


def test_a_source_has_one_time_for_all_its_pages(site: Site, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when pages that each come in time, and never end, hold a task for hours."""
    monkeypatch.setenv("SATUDATA_FETCH_TIMEOUT", "0.3")
    with pytest.raises(errors.FetchTooLong, match="SATUDATA_FETCH_TIMEOUT"):
        desk.fetch(source(site, "/pages-endless", {"by": "page"}))
    assert site.paths()


def test_a_page_that_never_ends_is_ended_by_the_time_of_its_source(site: Site, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when the sentence names the limit of one download though that of the source was reached."""
    monkeypatch.setenv("SATUDATA_FETCH_TIMEOUT", "0.4")
    with pytest.raises(errors.FetchTooLong, match="/drip"):
        desk.fetch({"kind": "file", "url": site.url("/drip")})
