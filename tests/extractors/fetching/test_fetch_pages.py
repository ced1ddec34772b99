"""A paged source that stops early, turns in circles or leads away must fail: a feed that is cut looks like figures that shrank."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from contracts import errors
from tests.extractors.fetching.conftest import Desk
from tests.servers.hostile import Site
from tests.servers.hostile_pages import RECORDS

PAGE = {"by": "page", "last": "meta.last", "total": "meta.total"}


def source(site: Site, path: str, pages: dict[str, Any], records: str | None = "data.*", **more: Any) -> dict[str, Any]:
    """A paged source at the hostile site."""
    return {"kind": "json_api", "url": site.url(path), "pages": pages, **({"records": records} if records else {}), **more}


HONEST = {
    "last page declared": ("/pages", PAGE, "data.*", ["page=1", "page=2", "page=3"]),
    "total alone": ("/pages", {"by": "page", "total": "meta.total"}, "data.*", ["page=1", "page=2", "page=3"]),
    "last alone": ("/pages", {"by": "page", "last": "meta.last"}, "data.*", ["page=1", "page=2", "page=3"]),
    "a size that is honoured": ("/pages", PAGE | {"size": 12}, "data.*", ["limit=12&page=1", "limit=12&page=2"]),
    "all at once": ("/pages", PAGE | {"size": 50, "size_param": "limit"}, "data.*", ["limit=50&page=1"]),
    "nothing declared": ("/pages-bare", {"by": "page"}, None, ["page=1", "page=2", "page=3"]),
    "a record more while we read": ("/pages-grow", PAGE, "data.*", ["page=1", "page=2", "page=3"]),
    "offset, the size capped unsaid": (
        "/offsets",
        {"by": "offset", "size": 10, "total": "count"},
        "items.*",
        ["limit=10&offset=0", "limit=10&offset=7", "limit=10&offset=14", "limit=10&offset=21"],
    ),
    "offset, nothing declared": ("/offsets", {"by": "offset"}, "items.*", ["offset=0", "offset=7", "offset=14", "offset=21"]),
    "cursor": ("/cursors", {"by": "cursor", "next": "paging.next"}, "rows.*", ["", "cursor=c10", "cursor=c20"]),
    "next link in a header": ("/header-links", {"by": "next"}, None, ["", "hal=2", "hal=3"]),
    "page in the address": ("/pages?page=1&limit=12", PAGE, "data.*", ["limit=12&page=1", "limit=12&page=2"]),
    "next link": ("/links", {"by": "next", "next": "berikut"}, "hasil.*", ["", "hal=2", "hal=3"]),
}


@pytest.mark.parametrize(("path", "key"), [("/header-links?hal=1", "pages: {by: next}"), ("/laravel?page=1", "next: next_page_url")])
def test_a_first_page_is_not_taken_for_all(site: Site, desk: Desk, path: str, key: str) -> None:
    """Fails when a contract without ``pages`` publishes ten of thousands of rows without a word."""
    with pytest.raises(errors.PagesLeft) as caught:
        desk.fetch({"kind": "json_api", "url": site.url(path.partition("?")[0])})
    assert key in caught.value.message
    assert len(desk.fetch({"kind": "json_api", "url": site.url(path)})) == 1


@pytest.mark.parametrize(("path", "pages", "records", "queries"), HONEST.values(), ids=HONEST)
def test_every_page_is_fetched_to_the_last(
    site: Site, desk: Desk, path: str, pages: dict[str, Any], records: str | None, queries: list[str]
) -> None:
    """Fails when a page is skipped, asked for twice, or the last one is left out."""
    found = desk.fetch(source(site, path, pages, records))
    assert [one.halaman for one in found] == list(range(1, len(queries) + 1))
    assert [one.url.partition("?")[2] for one in found] == queries
    documents = [json.loads(content) for content in desk.bytes_of(found)]
    read = [
        record for one in documents for record in (one if isinstance(one, list) else next(v for v in one.values() if isinstance(v, list)))
    ]
    assert read == RECORDS


def test_a_missing_page_behind_a_short_one_is_the_end(site: Site, desk: Desk) -> None:
    """Ten, ten, three, 404: fails when a source that declares nothing, and says so by 404, can never be read."""
    found = desk.fetch(source(site, "/pages-gone", {"by": "page", "size": 1000}))
    assert [one.url.rpartition("=")[2] for one in found] == ["1", "2", "3"]
    assert site.seen[-1].query["page"] == "4"


def test_a_missing_page_behind_the_declared_total_is_the_end(site: Site, desk: Desk) -> None:
    """The cursor of the last page leads to a page that is not there."""
    asked = source(site, "/pages-gone", {"by": "cursor", "param": "page", "next": "next", "total": "total"}, params={"total": "23"})
    assert len(desk.fetch(asked)) == 3


@pytest.mark.parametrize(
    ("query", "pages"),
    [
        ("until=2", {"by": "page", "size": 10}),
        ("until=1", {"by": "page", "size": 10}),
        ("until=1", {"by": "page", "size": 1000}),
        ("total=23&until=2", {"by": "page", "total": "total"}),
        ("total=30", {"by": "page", "total": "total"}),
        ("", {"by": "cursor", "param": "page", "next": "next"}),
    ],
    ids=[
        "behind a full page",
        "behind the only page",
        "behind a page capped unsaid",
        "before the total",
        "total too high",
        "a cursor to nowhere",
    ],
)
def test_a_missing_page_that_may_hold_rows_fails(site: Site, desk: Desk, query: str, pages: dict[str, Any]) -> None:
    """Fails when rows are lost without a word, because the page they stand on could not be found."""
    with pytest.raises(errors.HttpStatusError, match="404"):
        desk.fetch(source(site, f"/pages-gone?{query}", pages))


MISLEADING = {
    "/pages-short": (PAGE, errors.IncompletePages, "23 dari 30"),
    "/pages-long": (PAGE, errors.MoreThanDeclared, "23.*20"),
    "/pages-hole": ({"by": "page", "last": "meta.last"}, errors.IncompletePages, "2 dari 3"),
    "/pages-same": ({"by": "page"}, errors.RepeatedPages, "Halaman 2"),
    "/pages-page": ({"by": "page", "last": "meta.last"}, errors.ErrorPage, "504"),
    "/pages-broken": ({"by": "page", "last": "meta.last"}, errors.BadJson, "utuh"),
    "/pages": ({"by": "page", "total": "meta.jumlah"}, errors.RecordsNotFound, "meta.jumlah"),
    "/status/404": (PAGE, errors.HttpStatusError, "404"),
}


@pytest.mark.parametrize(("path", "pages", "failure", "said"), [(path, *case) for path, case in MISLEADING.items()], ids=MISLEADING)
def test_a_source_that_misleads_fails(
    site: Site, desk: Desk, path: str, pages: dict[str, Any], failure: type[errors.SatudataError], said: str
) -> None:
    """Fails when too few, too many, the same or broken pages pass as the whole."""
    with pytest.raises(failure, match=said):
        desk.fetch(source(site, path, pages))


def test_the_cap_holds_for_all_pages_together(site: Site, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when many small pages may be as large as they like."""
    monkeypatch.setenv("SATUDATA_MAX_BYTES", "1000")
    with pytest.raises(errors.TooLarge):
        desk.fetch(source(site, "/pages", PAGE))


@pytest.mark.parametrize("target", ["http://localhost:{port}/links", "https://lain.example.com/x", "file:///etc/passwd", "http://[::1/"])
def test_next_links_keep_our_host(site: Site, desk: Desk, target: str) -> None:
    """Fails when a page can send us, and our credentials, anywhere."""
    link = target.replace("{port}", site.address.rpartition(":")[2])
    with pytest.raises(errors.UnsafeUrl):
        desk.fetch(source(site, "/link-away", {"by": "next", "next": "berikut"}, "hasil.*", params={"to": link}))
    assert site.paths() == ["/link-away"]


def test_credentials_and_headers_go_along_to_every_page(site: Site, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when the second page is asked for without the key, or the key stands in a stored address."""
    monkeypatch.setenv("SATUDATA_CRED_OPD_API", '{"params": {"api_key": "rahasia"}}')
    found = desk.fetch(source(site, "/links", {"by": "next", "next": "berikut"}, "hasil.*", credentials="opd_api", headers={"X-Kode": "7"}))
    assert [one.query["api_key"] for one in site.seen] == ["rahasia"] * 3
    assert [one.headers["x-kode"] for one in site.seen] == ["7"] * 3
    assert not any("rahasia" in one.url for one in found)


def test_pages_of_a_posted_search(site: Site, desk: Desk) -> None:
    """Fails when the page number does not stand in the body, or two pages of one address are taken for one."""
    search = source(
        site, "/search", {"by": "page", "param": "page_no", "total": "jumlah"}, "filedata.*", method="POST",
        body={"page_size": "10"}, headers={"Content-Type": "application/json"},
    )  # fmt: skip
    found = desk.fetch(search)
    assert [json.loads(one.body) for one in site.seen if one.method == "POST"] == [
        {"page_size": "10", "page_no": str(n)} for n in (1, 2, 3)
    ]
    assert len({one.url for one in found}) == 3
    assert [one.outcome for one in desk.fetch(search)] == ["unchanged"] * 3


def test_unchanged_pages_are_read_from_the_archive(site: Site, desk: Desk) -> None:
    """Fails when a page answered with 304 counts as empty, so that an unchanged source looks incomplete."""
    asked = source(site, "/pages-tagged", PAGE)
    first, again = desk.fetch(asked), desk.fetch(asked)
    assert [(one.http_status, one.outcome) for one in again] == [(304, "unchanged")] * 3
    assert [one.sha256 for one in again] == [one.sha256 for one in first]


def test_the_placeholders_of_a_request_are_filled(site: Site, desk: Desk) -> None:
    """Fails when params or headers reach the site as they stand in the contract."""
    asked = source(site, "/pages", PAGE, params={"kode": "{penerbit}", "bulan": "{bulan}"}, headers={"X-Kode": "{penerbit}"})
    desk.fetch(asked, "61.05", {"bulan": "2025-01"}, for_each=["61.05"])
    assert all((one.query["kode"], one.query["bulan"], one.headers["x-kode"]) == ("61.05", "2025-01", "61.05") for one in site.seen[1:])


@pytest.mark.parametrize(
    ("document", "pages", "failure"),
    [
        ({"meta": {"total": 328, "last": 33}, "data": RECORDS[:10]}, PAGE, errors.IncompletePages),
        ({"meta": {"last": 33}, "data": RECORDS[:10]}, {"by": "page", "last": "meta.last"}, errors.IncompletePages),
        ({"next": "?hal=2", "data": RECORDS}, {"by": "next", "next": "next"}, errors.IncompletePages),
        ({"meta": {"total": "banyak"}, "data": RECORDS}, {"by": "page", "total": "meta.total"}, errors.BadJson),
        ({"meta": {"total": "23", "last": 1}, "data": RECORDS}, PAGE, None),
        ({"next": None, "data": RECORDS}, {"by": "next", "next": "next"}, None),
    ],
)
def test_a_kept_page_is_the_only_one_there_is(
    desk: Desk, tmp_path: Path, document: dict[str, Any], pages: dict[str, Any], failure: type[errors.SatudataError] | None
) -> None:
    """Fails when one captured page of many passes as the whole source."""
    (tmp_path / "halaman.json").write_text(json.dumps(document))
    asked = {"kind": "json_api", "url": "halaman.json", "records": "data.*", "pages": pages}
    if failure is None:
        assert [one.halaman for one in desk.fetch(asked)] == [1]
    else:
        with pytest.raises(failure):
            desk.fetch(asked)


@pytest.mark.real_file
def test_one_captured_page_of_a_portal_is_incomplete(desk: Desk, shared: Path, tmp_path: Path) -> None:
    """Fails when the captured page of a real portal (10 of 328 datasets) is taken for all of it."""
    (tmp_path / "halaman.json").write_bytes((shared / "data" / "garut_api_datasets_halaman.json").read_bytes())
    pages = {"by": "page", "number": "page", "last": "datasets.last_page", "total": "datasets.total"}
    with pytest.raises(errors.IncompletePages, match="10 dari 328"):
        desk.fetch({"kind": "json_api", "url": "halaman.json", "records": "datasets.data.*", "pages": pages})
