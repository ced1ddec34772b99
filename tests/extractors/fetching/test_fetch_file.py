"""One file: kept before it is judged, asked for again only when it changed, and told apart from an apology."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import openpyxl
import pytest

from contracts.errors import ErrorPage, LocalFileMissing, RobotsForbidden, TooLarge, UnsafeUrl
from extractors.archive import address
from extractors.fetching.error_page import NO_TITLE, Expected, error_title
from extractors.fetching.file_names import published_name
from tests.extractors.fetching.conftest import Desk
from tests.servers.hostile import CSV, PAGE, PNG, TABLE, Site


def test_a_file_is_kept_and_described(site: Site, desk: Desk) -> None:
    """Fails when a field of the ledger is wrong, or the bytes are not in the archive when fetch returns."""
    (found,) = desk.fetch({"kind": "file", "url": site.url("/tagged/harga 2025.csv"), "params": {"tanggal": "31/01/2025"}})
    assert found.url == site.url("/tagged/harga%202025.csv?tanggal=31%2F01%2F2025")
    assert (found.file_name, found.halaman, found.http_status, found.outcome) == ("harga 2025.csv", 1, 200, "new")
    assert (found.sha256, found.bytes, found.sniffed_type) == (hashlib.sha256(CSV).hexdigest(), len(CSV), "csv")
    assert (found.etag, found.last_modified) == (site.etag, site.last_modified)
    assert found.started_at <= found.ended_at
    assert desk.bytes_of([found]) == [CSV]


@pytest.mark.parametrize(("etag", "last_modified"), [('"v1"', None), ('W/"v1"', None), (None, "Wed, 01 Jan 2025 00:00:00 GMT")])
def test_an_unchanged_file_is_not_sent_again(site: Site, desk: Desk, etag: str | None, last_modified: str | None) -> None:
    """Fails when a site that can say "nothing new" must send everything every day."""
    site.etag, site.last_modified = etag, last_modified
    first, again, third = [desk.fetch({"kind": "file", "url": site.url("/tagged")})[0] for _ in range(3)]
    assert [one.http_status for one in (first, again, third)] == [200, 304, 304]
    assert [one.outcome for one in (first, again, third)] == ["new", "unchanged", "unchanged"]
    assert (third.sha256, third.bytes, third.sniffed_type) == (first.sha256, first.bytes, first.sniffed_type)
    assert (third.etag, third.last_modified) == (etag, last_modified)


def test_the_same_bytes_without_a_tag_are_unchanged(site: Site, desk: Desk) -> None:
    """Fails when a site without ETag makes a new batch every day, or a change behind it is missed."""
    site.etag = site.last_modified = None
    source = {"kind": "file", "url": site.url("/tagged")}
    outcomes = [desk.fetch(source)[0].outcome, desk.fetch(source)[0].outcome]
    site.content = CSV + b"61.13;4\n"
    changed = desk.fetch(source)[0]
    assert [*outcomes, changed.outcome] == ["new", "unchanged", "new"]
    assert desk.bytes_of([changed]) == [site.content]


def test_bytes_that_the_archive_lost_are_asked_for_again(site: Site, desk: Desk, tmp_path: Path) -> None:
    """Fails when a site says "nothing new" of bytes we do not have any more."""
    source = {"kind": "file", "url": site.url("/tagged")}
    (first,) = desk.fetch(source)
    (tmp_path / "arsip" / address(first.sha256 or "")).unlink()
    (again,) = desk.fetch(source)
    assert (again.http_status, again.outcome) == (200, "unchanged")
    assert desk.bytes_of([again]) == [CSV]


@pytest.mark.parametrize("kind", ["file", "html_table", "json_api"])
def test_an_apology_is_not_data(site: Site, desk: Desk, kind: str) -> None:
    """Fails when a page of maintenance with status 200 goes on as an agency's table; its bytes stay for whoever asks."""
    with pytest.raises(ErrorPage, match="Situs sedang dalam perbaikan"):
        desk.fetch({"kind": kind, "url": site.url("/error-page")})
    with desk.archive.local(hashlib.sha256(PAGE).hexdigest()) as path:
        assert path.read_bytes() == PAGE


def test_a_page_with_a_table_is_data_for_files_and_pages_only(site: Site, desk: Desk) -> None:
    """Fails when an agency's .xls that is HTML is refused, or a page is taken for an API's answer."""
    assert desk.fetch({"kind": "file", "url": site.url("/table/kantor.xls")})[0].sniffed_type == "html"
    assert desk.fetch({"kind": "html_table", "url": site.url("/table/harga")})[0].sniffed_type == "html"
    with pytest.raises(ErrorPage):
        desk.fetch({"kind": "json_api", "url": site.url("/table/api")})


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (TABLE, None),
        (b"<table><tr><th>Data Pemeliharaan Jalan</th><td>1</td></tr></table>", None),
        (b"<title>Barang masuk dan keluar</title><table><tr><td>1</td><td>2</td></tr></table>", None),
        (b"<title>404 Not Found</title><table><tr><td>1</td><td>2</td></tr></table>", "404 Not Found"),
        (b"<h1>Halaman tidak ditemukan</h1><table><tr><td>menu</td><td>isi</td></tr></table>", "Halaman tidak ditemukan"),
        (b"<html><div id=app></div><script src=a.js></script></html>", NO_TITLE),
        (b"<table></table><h2>Mohon&nbsp;maaf</h2>", "Mohon maaf"),
        (b"<title>\n</title><h1>Login <b>SSO</b></h1>", "Login SSO"),
        (b"<h1>" * 50_000, NO_TITLE),
    ],
)
def test_which_pages_are_apologies(tmp_path: Path, page: bytes, title: str | None) -> None:
    """Fails when a table about road repair is taken for a site under repair, or a login form for a table."""
    (tmp_path / "x").write_bytes(page)
    assert error_title(tmp_path / "x", "html", Expected.DATA) == title


@pytest.mark.parametrize("content", [b"", PNG, bytes(1000)])
def test_what_is_no_table_is_kept_and_left_to_the_parser(site: Site, desk: Desk, content: bytes) -> None:
    """Fails when an empty file or a picture never reaches the archive, where its failure can be explained."""
    site.content = content
    (found,) = desk.fetch({"kind": "file", "url": site.url("/data.csv")})
    assert desk.bytes_of([found]) == [content]
    assert found.sniffed_type in ("empty", "png", "binary")


def test_a_form_is_posted_and_told_apart_by_its_fields(site: Site, desk: Desk) -> None:
    """Fails when two answers of one form's address are taken for one, or the fields do not arrive."""
    form = {"kind": "html_table", "method": "POST", "url": site.url("/table"), "body": {"pasar": "{penerbit}", "tanggal": "{tanggal}"}}
    found = desk.fetch(form, "61.05", {"tanggal": "2025-01-31"}, for_each=["61.05"])
    assert site.seen[-1].body == b"pasar=61.05&tanggal=2025-01-31"
    assert found[0].url == site.url("/table#pasar=61.05&tanggal=2025-01-31")
    assert "if-none-match" not in site.seen[-1].headers


def test_robots_txt_closes_files_and_pages(site: Site, desk: Desk) -> None:
    """Fails when a kind of source forgets to ask."""
    site.robots = (200, b"User-agent: *\nDisallow: /")
    for kind in ("file", "html_table", "json_api"):
        with pytest.raises(RobotsForbidden):
            desk.fetch({"kind": kind, "url": site.url("/data.json")})


@pytest.mark.parametrize(
    ("disposition", "url", "name"),
    [
        (None, "http://opd.test/unduh/harga%20beras.xlsx?x=1", "harga beras.xlsx"),
        ('attachment; filename="penduduk_2021_sem1.json"', "http://opd.test/1", "penduduk_2021_sem1.json"),
        ("attachment; filename*=UTF-8''d%C3%A9sa.csv; filename=desa.csv", "http://opd.test/1", "désa.csv"),
        ('attachment; filename="Sei’.csv"'.encode().decode("latin-1"), "http://opd.test/1", "Sei’.csv"),
        ('attachment; filename="../../etc/passwd"', "http://opd.test/1", "passwd"),
        (r'attachment; filename="C:\data\a.xls"', "http://opd.test/1", "a.xls"),
        ('attachment; filename=""', "http://opd.test/a/", "a"),
        ("inline", "http://opd.test/", "opd.test"),
        ('attachment; filename="a\x00b.csv"', "http://opd.test/", "ab.csv"),
        ("attachment; filename=" + "x" * 999, "http://opd.test/", "x" * 255),
    ],
)
def test_what_a_file_is_called(disposition: str | None, url: str, name: str) -> None:
    """Fails when a period read from a file's name is lost, or a name leads out of a folder."""
    assert published_name(disposition, url) == name


def test_a_file_beside_the_contract(desk: Desk, tmp_path: Path) -> None:
    """Fails when a contract cannot be tried on a file that lies beside it; no server is asked."""
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    (tmp_path / "data baru.xlsx").write_bytes(stream.getvalue())
    first, again = [desk.fetch({"kind": "file", "url": "data baru.xlsx"})[0] for _ in range(2)]
    assert (first.file_name, first.sniffed_type, first.http_status, first.outcome) == ("data baru.xlsx", "xlsx", None, "new")
    assert again.outcome == "unchanged"
    assert desk.bytes_of([first]) == [stream.getvalue()]


def test_a_page_beside_the_contract_is_no_apology(desk: Desk, tmp_path: Path) -> None:
    """Fails when a kept page is judged as if a server had just sent it."""
    (tmp_path / "a.xls").write_bytes(PAGE)
    assert desk.fetch({"kind": "file", "url": "a.xls"})[0].sniffed_type == "html"


def test_a_path_that_leads_nowhere(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when a missing file, a folder or a path of the machine is not named as such."""
    for url in ("tidak-ada.csv", "."):
        with pytest.raises(LocalFileMissing):
            desk.fetch({"kind": "file", "url": url})
    monkeypatch.setenv("SITUS", "/etc")
    with pytest.raises(UnsafeUrl):
        desk.fetch({"kind": "file", "url": "${SITUS}/passwd"})
    (tmp_path / "b.csv").write_bytes(CSV)
    monkeypatch.setenv("SATUDATA_MAX_BYTES", "3")
    with pytest.raises(TooLarge):
        desk.fetch({"kind": "file", "url": "b.csv"})
