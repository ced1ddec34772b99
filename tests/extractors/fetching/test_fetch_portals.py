"""CKAN's labels lie and BPS answers errors with status 200: what is fetched must be what the contract means."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from contracts.errors import ErrorPage, MissingResource, RobotsForbidden, UnsafeUrl, ZeroRows
from tests.extractors.fetching.conftest import Desk
from tests.servers.hostile import CSV, PNG, Site
from tests.servers.hostile_pages import RECORDS


def ckan(site: Site, **more: object) -> dict[str, object]:
    """The package `akip` of the hostile portal."""
    return {"kind": "ckan", "url": site.url("/ckan"), "package": "akip", **more}


@pytest.mark.parametrize(
    ("resource", "path"),
    [
        ({"name": "Stok Pangan"}, None),
        ({"position": 1}, "/ckan/unduh/stok.csv"),
        ({"name": "hasil  AKIP"}, "/ckan/unduh/akip.csv"),
        ({"name": "Hasil Akip.png"}, "/ckan/unduh/akip.csv"),
        ({"position": 9}, None),
        ({"name": "tidak ada"}, None),
    ],
)
def test_the_file_of_a_package(site: Site, desk: Desk, resource: dict[str, object], path: str | None) -> None:
    """Fails when another resource is taken, or one of two with the same name is picked by chance."""
    if path is None:
        with pytest.raises(MissingResource, match="Hasil Akip.png"):
            desk.fetch(ckan(site, resource=resource))
    else:
        (found,) = desk.fetch(ckan(site, resource=resource))
        assert found.url == site.url(path)
        assert desk.bytes_of([found]) == [PNG if "akip" in path else CSV]


def test_a_package_of_many_files_needs_a_choice(site: Site, desk: Desk) -> None:
    """Fails when a contract that names no resource gets some file."""
    with pytest.raises(MissingResource, match="satu-satunya berkas"):
        desk.fetch(ckan(site))


def test_the_portals_key_stays_at_the_portal(site: Site, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when a file on another host is asked for with the portal's key or headers."""
    monkeypatch.setenv("SATUDATA_CRED_CKAN_API", '{"headers": {"Authorization": "rahasia"}}')
    desk.fetch(ckan(site, resource={"position": 3}, credentials="ckan_api", headers={"X-Kode": "7"}))
    assert site.seen[0].headers["authorization"] == "rahasia"
    last = site.seen[-1]
    assert (last.path, last.headers["host"].split(":")[0]) == ("/tagged", "localhost")
    assert "authorization" not in last.headers
    assert "x-kode" not in last.headers
    desk.fetch(ckan(site, resource={"position": 1}, credentials="ckan_api"))
    assert site.seen[-1].headers["authorization"] == "rahasia"


def test_a_resource_that_is_no_web_address(site: Site, desk: Desk) -> None:
    """Fails when a portal can make us open a local file."""
    with pytest.raises(UnsafeUrl):
        desk.fetch(ckan(site, resource={"position": 4}))


def test_the_datastore_to_its_last_row(site: Site, desk: Desk) -> None:
    """Fails when paging follows the size asked for instead of what the portal gave, or forgets the declared total."""
    found = desk.fetch(ckan(site, resource={"position": 1}, pages={"by": "offset", "size": 20}))
    assert [one.query["offset"] for one in site.seen if one.path.endswith("datastore_search")] == ["0", "9", "18"]
    assert {one.query["resource_id"] for one in site.seen if one.path.endswith("datastore_search")} == {"r-1"}
    assert [record for content in desk.bytes_of(found) for record in json.loads(content)["result"]["records"]] == RECORDS


def test_the_description_of_a_package_is_data_too(site: Site, desk: Desk) -> None:
    """Fails when figures that hide in a package's extras cannot be had."""
    (found,) = desk.fetch(ckan(site, records="result.extras.*"))
    assert json.loads(desk.bytes_of([found])[0])["result"]["extras"][0] == {"key": "2023", "value": "75"}
    assert site.paths() == ["/ckan/api/3/action/package_show"]


def test_a_refusal_with_status_200_is_a_failure(site: Site, desk: Desk) -> None:
    """Fails when "success: false" is taken for a package without files."""
    with pytest.raises(ErrorPage, match="Not found"):
        desk.fetch(ckan(site, package="lain", resource={"position": 0}))


def test_robots_txt_closes_ckans_files_but_not_its_api(site: Site, desk: Desk) -> None:
    """Fails when the robots.txt that CKAN ships (Disallow: /api/) closes every portal, or a closed file is fetched."""
    site.robots = (200, b"User-agent: *\nDisallow: /ckan/")
    assert desk.fetch(ckan(site, records="result.extras.*"))
    with pytest.raises(RobotsForbidden):
        desk.fetch(ckan(site, resource={"position": 1}))


@pytest.mark.real_file
def test_a_kept_answer_of_a_real_portal(desk: Desk, shared: Path, tmp_path: Path) -> None:
    """Fails when a contract cannot be tried on a captured package, or a resource of it is not found by its half name."""
    (tmp_path / "paket.json").write_bytes((shared / "data" / "ckan_package_show_muaraenim.json").read_bytes())
    (found,) = desk.fetch({"kind": "ckan", "url": "paket.json", "package": "akip", "records": "result.extras.*"})
    assert (found.sniffed_type, found.bytes) == ("json", 2231)


def bps(site: Site, **more: object) -> dict[str, object]:
    """A dynamic table of the hostile BPS."""
    return {"kind": "bps_webapi", "url": site.url("/bps"), "domain": "6107", "var": "411", "credentials": "bps", **more}


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The API key of BPS."""
    monkeypatch.setenv("SATUDATA_CRED_BPS", "{key: kunci-bps}")


def test_a_table_of_bps_year_by_year(site: Site, desk: Desk, key: None) -> None:
    """Fails when a year on the second page of the list is left out, or the key stands in a stored address."""
    found = desk.fetch(bps(site))
    stem = site.url("/bps/v1/api/list/model/data/domain/6107/var/411")
    assert [(one.halaman, one.url) for one in found] == [(n, f"{stem}/th/{th}") for n, th in enumerate(("117", "119", "122"), 1)]
    assert [list(json.loads(content)["datacontent"]) for content in desk.bytes_of(found)] == [["141101171"], ["141101191"], ["141101221"]]
    assert all(one.path.endswith("/key/kunci-bps") for one in site.seen)
    assert "/robots.txt" not in site.asked


def test_a_named_year_is_one_request(site: Site, desk: Desk, key: None) -> None:
    """Fails when parameters do not become parts of the path."""
    (found,) = desk.fetch(bps(site, params={"th": "119", "turvar": "0"}))
    assert found.url.endswith("/domain/6107/var/411/th/119/turvar/0")
    assert len(site.seen) == 1


def test_a_whole_address_is_taken_as_it_stands(site: Site, desk: Desk, key: None) -> None:
    """Fails when a contract that names the full address gets another one built behind it."""
    (found,) = desk.fetch(bps(site, url=site.url("/bps/v1/api/list/model/data/domain/6107/var/218/th/117")))
    assert found.url.endswith("/var/218/th/117")


@pytest.mark.parametrize(
    ("changes", "secret", "failure", "said"),
    [
        ({}, "{key: salah}", ErrorPage, "Invalid API Key"),
        ({"var": "404"}, "{key: kunci-bps}", ZeroRows, "var 404"),
        ({"var": "404", "params": {"th": "1"}}, "{key: kunci-bps}", ErrorPage, "parameter is required"),
    ],
)
def test_what_bps_refuses_with_status_200(
    site: Site, desk: Desk, monkeypatch: pytest.MonkeyPatch, changes: dict[str, object], secret: str, failure: type[Exception], said: str
) -> None:
    """Fails when an error of the API goes on as a table, or its reason is lost."""
    monkeypatch.setenv("SATUDATA_CRED_BPS", secret)
    with pytest.raises(failure, match=said):
        desk.fetch(bps(site, **changes))


@pytest.mark.real_file
def test_a_kept_table_of_bps(desk: Desk, shared: Path, tmp_path: Path) -> None:
    """Fails when a contract cannot be tried on a captured answer of the API."""
    (tmp_path / "maluku.json").write_bytes((shared / "data" / "bps_webapi_maluku_var218.json").read_bytes())
    (found,) = desk.fetch({"kind": "bps_webapi", "url": "maluku.json", "domain": "8100", "var": "218"})
    assert (found.file_name, found.sniffed_type) == ("maluku.json", "json")
