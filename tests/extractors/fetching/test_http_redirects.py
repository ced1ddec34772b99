"""A redirect may move a file; it must not open ours, reach into our network, undo encryption, or carry our secrets to strangers."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable

import pytest

from contracts.errors import CredentialsExposed, CredentialsMissing, HttpStatusError, UnsafeUrl
from contracts.settings import settings
from extractors.credentials import credential
from extractors.http import Answer, Request
from extractors.http.deadline import _Plain
from extractors.http.redirects import check_target, is_same_site, redirected
from tests.servers.hostile import CSV, Site

Get = Callable[..., Answer[bytes]]
SECRET = {"headers": {"X-Api-Key": "rahasia-1"}, "params": {"token": "rahasia-2"}}


@pytest.fixture
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """Credentials `opd_api`, in the environment."""
    monkeypatch.setenv("SATUDATA_CRED_OPD_API", json.dumps(SECRET))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_moved_file_is_followed(site: Site, get: Get, status: int) -> None:
    """Fails when one of the five ways of moving is taken for a failure."""
    assert get(site.url(f"/to/{status}?url=/tagged")).value == CSV
    assert site.paths() == [f"/to/{status}", "/tagged"]


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://opd.test/x", "gopher://opd.test", "http://u:p@127.0.0.1/", "http://[::1/", "javascript:1"]
)
def test_a_redirect_does_not_leave_the_web(site: Site, get: Get, target: str) -> None:
    """Fails when a site makes us open a local file or another protocol."""
    with pytest.raises(UnsafeUrl):
        get(site.url(f"/to/302?url={target}"))
    assert site.paths() == ["/to/302"]


@pytest.mark.parametrize(
    ("source", "target", "is_allowed"),
    [
        ("https://opd.go.id/a", "http://opd.go.id/a", False),
        ("http://opd.go.id/a", "https://opd.go.id/a", True),
        ("https://opd.go.id/a", "https://unduh.example.com/a", True),
        ("https://opd.go.id/a", "https://127.0.0.1/a", False),
        ("http://opd.go.id/a", "http://localhost/a", False),
        ("http://opd.go.id/a", "http://169.254.169.254/latest/meta-data", False),
        ("http://opd.go.id/a", "http://10.1.2.3/a", False),
        ("http://opd.go.id/a", "http://[::1]/a", False),
        ("http://opd.go.id/a", "http://2130706433/a", False),
        ("http://10.1.2.3/a", "http://10.1.2.4/a", True),
        ("http://10.1.2.3/a", "http://169.254.169.254/latest/meta-data", False),
        ("http://10.1.2.3/a", "http://2852039166/", False),
        ("http://10.1.2.3/a", "http://0xa9fea9fe/", False),
        ("http://10.1.2.3/a", "http://[::ffff:169.254.169.254]/", False),
        ("http://10.1.2.3/a", "http://[fe80::1]/a", False),
        ("http://10.1.2.3/a", "http://[fe80::1%25eth0]/a", False),
    ],
)
def test_where_a_site_may_lead_us(source: str, target: str, is_allowed: bool) -> None:
    """Fails when encryption is lost on the way, or a public site sends us into the inner network."""
    if is_allowed:
        check_target(source, target)
    else:
        with pytest.raises(UnsafeUrl):
            check_target(source, target)


@pytest.mark.parametrize("target", ["http://169.254.169.254/latest/meta-data/", "http://[fe80::1]/", "http://169.254.43518/"])
def test_no_site_leads_to_the_keys_of_the_machine(site: Site, get: Get, monkeypatch: pytest.MonkeyPatch, target: str) -> None:
    """Fails when a source in our own network sends us to where a cloud hands out its keys, or a contract names the place itself."""
    monkeypatch.setattr("extractors.http.deadline._Plain._new_conn", _only_loopback(_Plain._new_conn))
    for url in (site.url(f"/to/302?url={target}"), target):
        with pytest.raises(UnsafeUrl, match="link-local"):
            get(url)
    assert site.paths() == ["/to/302"]


def test_a_name_that_stands_for_such_a_place_is_asked_nothing(site: Site, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when only the spelling of an address is judged, and a name of the agency's own leads to where the keys are."""
    monkeypatch.setattr("extractors.http.deadline.is_link_local", lambda host: host == "127.0.0.1")
    with pytest.raises(UnsafeUrl, match="link-local"):
        get(site.url("/tagged", host="localhost"))
    assert site.paths() == []


def _only_loopback(connect: Callable[[_Plain], socket.socket]) -> Callable[[_Plain], socket.socket]:
    def guarded(self: _Plain) -> socket.socket:
        assert self.host == "127.0.0.1", self.host
        return connect(self)

    return guarded


def test_which_addresses_are_one_site() -> None:
    """Fails when another port or a lookalike is trusted, or the same host over https is not."""
    assert is_same_site("http://OPD.go.id/a", "https://opd.go.id./b")
    assert not is_same_site("http://opd.go.id/a", "http://opd.go.id:8080/a")
    assert not is_same_site("https://opd.go.id/a", "http://opd.go.id/a")
    assert not is_same_site("http://opd.go.id/a", "http://opd.go.id.example.com/a")


def test_credentials_go_along_on_their_own_site(site: Site, get: Get, secret: None) -> None:
    """Fails when a source with credentials loses them at the slash its server adds."""
    get(site.url("/to/302?url=/tagged"), credentials="opd_api")
    assert [one.headers.get("x-api-key") for one in site.seen] == ["rahasia-1", "rahasia-1"]
    assert site.seen[-1].query == {"token": "rahasia-2"}


def test_credentials_and_headers_never_reach_another_host(site: Site, get: Get, secret: None) -> None:
    """Fails when a redirect to a stranger carries the key, in whatever form it is sent, or the contract's own headers."""
    elsewhere = site.url("/tagged", host="localhost")
    get(site.url(f"/to/307?url={elsewhere}"), credentials="opd_api", headers={"X-Kode": "7", "Accept": "text/csv"})
    last = site.seen[-1]
    assert last.headers["host"].startswith("localhost")
    assert "rahasia" not in str(last)
    assert "x-kode" not in last.headers
    assert last.headers["accept"] == "text/csv"


def test_cookies_are_kept_between_redirects(site: Site, get: Get) -> None:
    """Fails when a site that sets a cookie and redirects to itself ends as a loop."""
    assert get(site.url("/cookie")).value == CSV


def test_a_post_becomes_a_get_where_the_standard_says_so() -> None:
    """Fails when a form is sent again to where only its result is, or a 307 loses it."""
    post = Request("http://opd.go.id/cari", "POST", {"a": "1"}, {"X-Kode": "7"}, {"kode": "61"})
    seen = redirected(post, 303, "/hasil")
    assert (seen.method, seen.body, seen.url, seen.params) == ("GET", None, "http://opd.go.id/hasil", {})
    again = redirected(post, 307, "/cari/")
    assert (again.method, again.body) == ("POST", {"kode": "61"})


def test_a_secret_is_in_no_sentence_and_no_address(site: Site, get: Get, secret: None, caplog: pytest.LogCaptureFixture) -> None:
    """Fails when a key reaches the ledger, a log or an agency's mail."""
    caplog.set_level("DEBUG")
    with pytest.raises(HttpStatusError) as caught:
        get(site.url("/status/403"), credentials="opd_api")
    told = f"{caught.value.message}{caught.value.attributes}{caught.value.__cause__}{caught.value.__context__}{caplog.text}"
    assert "rahasia" in str(site.seen)
    assert "rahasia" not in told + repr(credential("opd_api", site.address))
    assert Request(site.url("/x"), credentials="opd_api").address == site.url("/x")


PLACES = {
    "mapping": ("env", '{"token": "t"}', {"Authorization": "Bearer t"}, ""),
    "bare token": ("env", "abc:def%@", {"Authorization": "Bearer abc:def%@"}, ""),
    "user and password": ("env", '{"user": "u", "password": "p"}', {"Authorization": "Basic dTpw"}, ""),
    "file json": ("opd_api.json", '{"headers": {"X-Api-Key": "k"}}', {"X-Api-Key": "k"}, ""),
    "file yaml": ("opd_api.yml", "params: {key: 0123}", {}, "?key=0123"),
    "path of BPS": ("opd_api.yml", "key: abc", {}, "/key/abc"),
    "airflow uri": ("airflow", "http://u:p%40@opd.test/?unused=1", {"Authorization": "Basic dTpwQA=="}, ""),
    "airflow json": ("airflow", '{"conn_type": "http", "extra": {"headers": {"X-Api-Key": "k"}}}', {"X-Api-Key": "k"}, ""),
    "airflow password alone": ("airflow", '{"password": "t"}', {"Authorization": "Bearer t"}, ""),
}


@pytest.mark.parametrize(("place", "text", "headers", "tail"), PLACES.values(), ids=PLACES)
def test_credentials_are_found_in_each_place(
    monkeypatch: pytest.MonkeyPatch, place: str, text: str, headers: dict[str, str], tail: str
) -> None:
    """Fails when a place the documentation names is not looked at, or a secret is read as a number."""
    if place in ("env", "airflow"):
        monkeypatch.setenv("SATUDATA_CRED_OPD_API" if place == "env" else "AIRFLOW_CONN_OPD_API", text)
    else:
        _file(place, text, 0o600)
    prepared = Request("http://opd.test/api").signed(credential("opd_api", "http://opd.test/api")).prepare()
    assert dict(prepared.headers) == headers
    assert prepared.url == f"http://opd.test/api{tail}"


def _file(name: str, text: str, mode: int) -> None:
    folder = settings().secrets / "credentials"
    folder.mkdir(parents=True)
    (folder / name).write_text(text)
    (folder / name).chmod(mode)


@pytest.mark.parametrize("text", [None, "{broken", '{"tokn": "t"}', "{}"])
def test_credentials_that_cannot_be_used_are_missing(monkeypatch: pytest.MonkeyPatch, text: str | None) -> None:
    """Fails when a request goes out unsigned because of a typing error, or the secret's text stands in the sentence."""
    if text:
        monkeypatch.setenv("SATUDATA_CRED_OPD_API", text)
    with pytest.raises(CredentialsMissing, match="opd_api") as caught:
        credential("opd_api", "http://opd.test/api")
    assert "broken" not in str(caught.value)


def test_the_sentence_names_a_place_that_works_and_what_belongs_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """It named a folder that is not looked into; and an id with a hyphen is no name a shell can export."""
    with pytest.raises(CredentialsMissing) as caught:
        credential("bps-ketapang", "http://opd.test/api")
    assert "secrets/credentials/bps-ketapang.yml" in caught.value.message
    assert "`token`" in caught.value.message
    _file("bps-ketapang.yml", "token: t", 0o600)
    assert credential("bps-ketapang", "http://opd.test/api")
    assert "SATUDATA_CRED_BPS_KETAPANG" in caught.value.message
    monkeypatch.setenv("SATUDATA_CRED_BPS_KETAPANG", "{broken")
    with pytest.raises(CredentialsMissing, match="bukan JSON"):
        credential("bps-ketapang", "http://opd.test/api")


def test_a_file_that_others_can_read_is_not_used() -> None:
    """Fails when a key lies open on a shared server and nobody is told."""
    _file("opd_api.json", '{"token": "t"}', 0o640)
    with pytest.raises(CredentialsExposed, match="chmod 600"):
        credential("opd_api", "http://opd.test/api")
