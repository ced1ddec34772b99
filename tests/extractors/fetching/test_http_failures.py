"""Every way a site can fail must end in its own failure, with a sentence that names the address: a stack trace tells an agency nothing."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from contracts import errors
from extractors.http import Answer
from extractors.http.retry import ATTEMPTS
from tests.servers.hostile import CSV, Site, dead_host

Get = Callable[..., Answer[bytes]]

FAILURES = {
    "/status/404": (errors.HttpStatusError, 1, "404"),
    "/status/401": (errors.HttpStatusError, 1, "401"),
    "/status/500": (errors.HttpStatusError, ATTEMPTS, "500"),
    "/status/503": (errors.HttpStatusError, ATTEMPTS, "503"),
    "/status/206": (errors.HttpStatusError, 1, "206"),
    "/status/304": (errors.HttpStatusError, 1, "304"),
    "/loop": (errors.TooManyRedirects, 11, "10 kali"),
    "/truncated": (errors.TruncatedDownload, ATTEMPTS, "28 byte, ukuran menurut server 1.028"),
    "/chunked-cut": (errors.TruncatedDownload, ATTEMPTS, "28 byte, ukuran menurut server tidak diketahui"),
    "/gzip-cut": (errors.TruncatedDownload, ATTEMPTS, "terputus"),
    "/packed/br": (errors.HostUnreachable, 1, "disandikan sebagai br"),
    "/huge-header": (errors.HostUnreachable, ATTEMPTS, "bukan HTTP yang sah"),
    "/many-headers": (errors.HostUnreachable, ATTEMPTS, "bukan HTTP yang sah"),
    "/no-http": (errors.HostUnreachable, ATTEMPTS, "bukan HTTP yang sah"),
    "/lengths/-5": (errors.WrongLength, 1, "`-5` (Content-Length)"),
    "/lengths/abc": (errors.WrongLength, 1, "`abc`"),
    "/lengths/28.0": (errors.WrongLength, 1, "`28.0`"),
    "/lengths/28,30": (errors.WrongLength, 1, "`28, 30`"),
    "/lengths/30,28": (errors.WrongLength, 1, "`30, 28`"),
    "/reset": (errors.HostUnreachable, ATTEMPTS, "diputus"),
}


@pytest.mark.parametrize(("path", "failure", "times", "said"), [(path, *case) for path, case in FAILURES.items()], ids=FAILURES)
def test_each_failure_has_its_name_and_is_asked_again_only_where_it_may_pass(
    site: Site, get: Get, path: str, failure: type[errors.FetchError], times: int, said: str
) -> None:
    """Fails when a failure takes another's name, is asked again in vain, or given up though it may pass."""
    with pytest.raises(failure) as caught:
        get(site.url(path))
    assert said in caught.value.message
    assert site.url(path) in caught.value.message
    assert len(site.paths()) == times


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("dead", "sambungan ditolak"),
        ("http://tidak-ada.invalid/x", "nama situsnya tidak ditemukan"),
    ],
)
def test_a_host_that_is_not_there(get: Get, url: str, said: str) -> None:
    """Fails when a dead host is anything but unreachable."""
    with pytest.raises(errors.HostUnreachable, match=said):
        get(dead_host() if url == "dead" else url)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://opd.test/x",
        "file:///etc/passwd",
        "http:///x",
        "http://127.0.0.1:99999/",
        "http://[::1/",
        "http://" + "a" * 70 + ".test/",
        "x",
    ],
)
def test_an_address_that_is_none(get: Get, url: str) -> None:
    """Fails when something else than http(s) is opened, or a malformed address ends in a stack trace."""
    with pytest.raises(errors.UnsafeUrl):
        get(url)


@pytest.mark.parametrize(("path", "silence_s", "total_s"), [("/silent", 0.2, 30), ("/drip", 5, 0.7), ("/drip-headers", 5, 0.7)])
def test_a_server_that_never_ends_is_ended(
    site: Site, get: Get, monkeypatch: pytest.MonkeyPatch, path: str, silence_s: float, total_s: float
) -> None:
    """Fails when silence, or one byte now and then (in headers too), holds a task for ever."""
    monkeypatch.setenv("SATUDATA_TIMEOUT", str(silence_s))
    monkeypatch.setenv("SATUDATA_TOTAL_TIMEOUT", str(total_s))
    started = time.monotonic()
    with pytest.raises(errors.FetchTimeout):
        get(site.url(path))
    assert time.monotonic() - started < 2.5


def test_a_body_shorter_than_its_length_is_waited_for_once(site: Site, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when a server that promised more and keeps silent is waited for three times over."""
    monkeypatch.setenv("SATUDATA_TIMEOUT", "0.3")
    with pytest.raises(errors.FetchTimeout):
        get(site.url("/lengths/1028"))
    assert len(site.paths()) == 1


def test_a_length_stated_twice_is_a_length(site: Site, get: Get) -> None:
    """RFC 9112 6.3: equal values are one; fails when a proxy's repetition costs the figures."""
    assert get(site.url("/lengths/28,28")).value == CSV


def test_the_total_time_holds_for_a_connection_that_is_used_again(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when only a new connection is watched: pages after the first would drip for ever."""
    from extractors.http import Client, Request
    from tests.extractors.fetching.conftest import DAY

    monkeypatch.setenv("SATUDATA_TOTAL_TIMEOUT", "0.7")
    with Client(DAY) as client:
        client.download(Request(site.url("/tagged")), b"".join)
        with pytest.raises(errors.FetchTimeout):
            client.download(Request(site.url("/drip-headers")), b"".join)


def test_a_failure_that_passes_is_forgotten(site: Site, get: Get) -> None:
    """Fails when one bad moment of a site costs the day's figures."""
    assert get(site.url("/flaky/500/2")).value == CSV
    assert get(site.url("/flaky/502/1")).value == CSV


def test_the_sinks_own_failure_is_not_taken_for_the_sites(site: Site) -> None:
    """Fails when a full disk is reported as an unreachable site, and asked again."""
    from extractors.http import Client, Request
    from tests.extractors.fetching.conftest import DAY

    def full(chunks: object) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"), Client(DAY) as client:
        client.download(Request(site.url("/tagged")), full)
    assert site.paths() == ["/tagged"]


@pytest.mark.parametrize(
    ("status", "said"),
    [(401, "mintakan akses"), (403, "mintakan akses"), (404, "betulkan `url`"), (429, "lebih jarang"), (502, "jalankan lagi nanti")],
)
def test_the_next_step_is_that_of_the_status(status: int, said: str) -> None:
    """Fails when a site that refuses us, or asks for patience, sends a person to mend an address that is right."""
    assert said in errors.HttpStatusError("http://opd.test/a.csv", status).message
