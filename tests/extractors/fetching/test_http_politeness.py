"""Agencies' servers are small: one request at a time, a pause between two, robots.txt and Retry-After kept, an honest name."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from contracts.errors import HttpStatusError, RobotsForbidden
from extractors.http import Answer, Client, Request, retry, turns
from extractors.http.retry import retry_after_s
from extractors.http.robots_rules import rules_for
from extractors.http.turns import Turns
from tests.extractors.fetching.conftest import DAY
from tests.servers.hostile import CSV, Site

Get = Callable[..., Answer[bytes]]


def test_we_say_who_we_are(site: Site, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when a site cannot know whom to call about us."""
    get(site.url("/tagged"))
    monkeypatch.setenv("SATUDATA_USER_AGENT", "satudata/0.1 (+mailto:walidata@contoh.go.id)")
    get(site.url("/tagged"))
    agents = [one.headers["user-agent"] for one in site.seen if one.path == "/tagged"]
    assert agents[0].startswith("satudata/")
    assert "walidata@contoh.go.id" in agents[1]


def test_the_pause_between_two_requests_is_kept(site: Site, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when the second request to a host follows at once; another host does not wait."""
    get(site.url("/tagged"))
    monkeypatch.setenv("SATUDATA_HOST_DELAY", "0.4")
    for host in ("127.0.0.1", "127.0.0.1", "localhost"):
        get(site.url("/tagged", host=host), asks_robots=False)
    at = [one.at for one in site.seen if one.path == "/tagged"]
    assert at[1] - at[0] < 0.3
    assert at[2] - at[1] >= 0.4
    assert at[3] - at[2] < 0.3


def test_no_pause_costs_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when 300 sources on one machine pay for a politeness that was switched off: nobody waits, not even a moment."""
    waits: list[float] = []
    monkeypatch.setattr(turns, "time", SimpleNamespace(time=time.time, sleep=waits.append))
    for _ in range(100):
        with Client(DAY) as client:
            client.download(Request(site.url("/tagged")), b"".join)
    assert waits == [0.0] * 101  # robots.txt is asked for once


WAITS = """
    import sys, time
    from pathlib import Path
    from extractors.http.turns import Turns
    turns = Turns(Path(sys.argv[1]))
    for _ in range(3):
        with turns.turn("http://opd.test/", 0.05):
            print(time.time(), flush=True)
            time.sleep(0.05)
            print(time.time(), flush=True)
"""


def test_processes_take_turns_at_a_host(tmp_path: Path) -> None:
    """Fails when two Airflow tasks ask one host at the same time, or without the pause between them."""
    command = [sys.executable, "-c", textwrap.dedent(WAITS), str(tmp_path)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    lines = [list(map(float, one.communicate()[0].split())) for one in running]
    turns = sorted((times[index], times[index + 1]) for times in lines for index in range(0, 6, 2))
    assert len(turns) == 9
    assert all(later[0] - earlier[1] >= 0.045 for earlier, later in zip(turns, turns[1:], strict=False))


def test_threads_take_turns_too(tmp_path: Path) -> None:
    """Fails when the queue only knows processes."""
    turns, inside, most = Turns(tmp_path), [0], [0]

    def visit(_: int) -> None:
        with turns.turn("http://opd.test/", 0):
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            time.sleep(0.01)
            inside[0] -= 1

    with ThreadPoolExecutor(5) as pool:
        list(pool.map(visit, range(10)))
    assert most == [1]


def test_a_killed_visitor_leaves_no_lock(tmp_path: Path) -> None:
    """Fails when a host cannot be asked any more because a task died while asking it."""
    script = "import sys, os, signal\nfrom pathlib import Path\nfrom extractors.http.turns import Turns\n"
    script += "with Turns(Path(sys.argv[1])).turn('http://opd.test/', 5): os.kill(os.getpid(), signal.SIGKILL)"
    subprocess.run([sys.executable, "-c", script, str(tmp_path)])
    started = time.monotonic()
    with Turns(tmp_path).turn("http://opd.test/", 0):
        assert time.monotonic() - started < 1


def test_a_clock_set_back_does_not_stop_us(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when a time far ahead in the host's file makes a task wait for hours."""
    monkeypatch.setattr("extractors.http.turns.LONGEST_PAUSE_S", 0.1)
    turns = Turns(tmp_path)
    turns.hold("http://opd.test/", 10_000)
    started = time.monotonic()
    with turns.turn("http://opd.test/", 0):
        assert 0.09 < time.monotonic() - started < 1


@pytest.mark.parametrize("path", ["/busy/1", "/busy/date/2"])
def test_retry_after_is_kept(site: Site, get: Get, path: str) -> None:
    """Fails when a busy site is asked again before the time it named, as seconds or as a date."""
    assert get(site.url(path)).value == CSV
    at = [one.at for one in site.seen if one.path != "/robots.txt"]
    assert at[1] - at[0] >= 0.95


def test_a_site_that_wants_an_hour_is_left_alone(site: Site, get: Get) -> None:
    """Fails when a task sleeps an hour, or asks again too early."""
    with pytest.raises(HttpStatusError, match="429"):
        get(site.url("/busy/3600"))
    assert len(site.paths()) == 1


@pytest.mark.parametrize(
    ("header", "seconds"), [("7", 7), ("Wed, 01 Jan 2020 00:00:00 GMT", 0), ("soon", None), ("²", None), ("-5", None), (None, None)]
)
def test_retry_after_is_read_as_sites_write_it(header: str | None, seconds: float | None) -> None:
    """Fails when an odd header ends in a stack trace or a negative pause."""
    assert retry_after_s(header) == seconds


def test_waits_grow_and_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when a site that is down is hammered, or asked for ever."""
    monkeypatch.setattr(retry, "FIRST_WAIT_S", 1.0)
    assert [retry.wait_before(attempt, None) for attempt in (2, 3, 4)] == [1.0, 2.0, None]
    assert [retry.wait_before(2, asked) for asked in (0, 60, 61)] == [0, 60, None]


ROBOTS = b"User-agent: satudata\nDisallow: /tagged\nCrawl-delay: 0.3\n\nUser-agent: *\nDisallow: /\n"


def test_robots_txt_is_respected(site: Site, get: Get) -> None:
    """Fails when an address a site closes to us is fetched."""
    site.robots = (200, ROBOTS)
    with pytest.raises(RobotsForbidden, match="robots.txt melarang"):
        get(site.url("/tagged"))
    assert site.paths() == []
    assert get(site.url("/data.csv")).value == CSV


def test_robots_txt_is_asked_once_a_day_and_host(site: Site) -> None:
    """Fails when each of 300 sources asks for it again, or a change is never noticed."""
    for day in (DAY, DAY, date(2025, 2, 1)):
        with Client(day) as client:
            client.download(Request(site.url("/tagged")), b"".join)
            client.download(Request(site.url("/data.csv")), b"".join)
    assert site.asked["/robots.txt"] == 2


def test_a_redirect_obeys_the_robots_txt_of_where_it_leads(site: Site, get: Get) -> None:
    """Fails when a closed address is reached by a detour."""
    site.robots = (200, ROBOTS)
    with pytest.raises(RobotsForbidden):
        get(site.url("/to/302?url=/tagged"))


@pytest.mark.parametrize("robots", [(404, b""), (403, b""), (200, b"<html>bukan robots</html>"), (500, b""), (503, b"")])
def test_a_site_without_a_usable_robots_txt_allows(site: Site, get: Get, robots: tuple[int, bytes]) -> None:
    """Fails when its absence, or the site's own trouble with it, closes a source the agency offers."""
    site.robots = robots
    assert get(site.url("/tagged")).value == CSV


def test_what_a_site_said_holds_while_it_cannot_say(site: Site) -> None:
    """Fails when a prohibition ends because robots.txt answers 500 on the next day."""
    site.robots = (200, ROBOTS)
    for day, answer in ((DAY, site.robots), (date(2025, 2, 1), (500, b""))):
        site.robots = answer
        with pytest.raises(RobotsForbidden), Client(day) as client:
            client.download(Request(site.url("/tagged")), b"".join)


def test_the_pause_a_site_asks_for_is_kept(site: Site, get: Get) -> None:
    """Fails when Crawl-delay is ignored because our own setting is shorter."""
    site.robots = (200, ROBOTS)
    get(site.url("/data.csv"))
    get(site.url("/data.csv"))
    at = [one.at for one in site.seen if one.path == "/data.csv"]
    assert at[1] - at[0] >= 0.3


def test_credentials_are_an_agreement(site: Site, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when a key that an agency gave us does not open its API because robots.txt speaks to strangers."""
    site.robots = (200, b"User-agent: *\nDisallow: /\n")
    monkeypatch.setenv("SATUDATA_CRED_OPD_API", "t")
    assert get(site.url("/tagged"), credentials="opd_api").value == CSV


@pytest.mark.parametrize(
    ("text", "path", "is_allowed"),
    [
        ("", "/x", True),
        ("User-agent: *\nDisallow:", "/x", True),
        ("User-agent: *\nDisallow: /", "/x", False),
        ("User-agent: lain\nDisallow: /", "/x", True),
        ("User-agent: lain\nUser-agent: SatuData\nDisallow: /", "/x", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: satudata\nAllow: /", "/x", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),
        ("User-agent: *\nDisallow: /*.xls$", "/unduh/a.xls", False),
        ("User-agent: *\nDisallow: /*.xls$", "/unduh/a.xlsx", True),
        ("User-agent: *\nDisallow: /*?halaman=", "/cari?halaman=2", False),
        ("user-agent:*\r\ndisallow:/a # lama\r\n", "/a", False),
        ("\ufeffUser-agent: *\rDisallow: /a\r", "/a", False),
        ("User-agent: *\nDisallow: /data%20lama", "/data lama", False),
        ("User-agent: *\nSitemap: http://x/s.xml\nDisallow: /a", "/a", False),
    ],
)
def test_rules_are_read_as_the_standard_says(text: str, path: str, is_allowed: bool) -> None:
    """Fails when a rule closes what it does not, or opens what it closes (RFC 9309)."""
    assert rules_for(text, "satudata").allows(f"http://opd.test{path}") is is_allowed
