"""Bytes must arrive whole, counted and in flat memory: a bomb, a flood or a large file may cost time, never the machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from contracts.errors import TooLarge
from extractors.archive import Archive
from extractors.http import Answer, Client, Request
from tests.extractors.fetching.conftest import DAY
from tests.servers.hostile import CSV, MEBIBYTE, Site

Get = Callable[..., Answer[bytes]]


@pytest.mark.parametrize("way", ["gzip", "deflate", "bare", "members", "lie"])
def test_compressed_answers_are_unpacked_in_every_way_in_use(site: Site, get: Get, way: str) -> None:
    """Fails when one of the encodings servers mean by gzip and deflate comes out as noise, or loses its second half."""
    site.content = CSV * 1000
    assert get(site.url(f"/packed/{way}")).value == site.content


def test_an_empty_answer_is_an_empty_file(site: Site, get: Get) -> None:
    """Fails when nothing is mistaken for a failure of the transport: what an empty file means is judged later."""
    site.content = b""
    assert get(site.url("/packed/gzip")).value == b""
    assert get(site.url("/status/204")).value == b""


@pytest.mark.parametrize("path", ["/nothing/40", "/nothing/40/declared", "/gzip-bomb/40", "/rows/40"])
def test_the_cap_holds_for_what_comes_out(site: Site, get: Get, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """Fails when a body grows past the cap because it was compressed, chunked, or announced honestly."""
    monkeypatch.setenv("SATUDATA_MAX_BYTES", str(8 * MEBIBYTE))
    with pytest.raises(TooLarge, match="8.388.608"):
        get(site.url(path))
    assert len(site.paths()) == 1


def test_a_body_of_exactly_the_cap_passes(site: Site, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when the cap is off by one."""
    monkeypatch.setenv("SATUDATA_MAX_BYTES", str(len(CSV)))
    assert get(site.url("/tagged")).value == CSV


FETCHED_ALONE = """
    import json, sys
    from datetime import date
    from contracts.errors import SatudataError
    from extractors.archive import Archive
    from extractors.http import Client, Request

    archive = Archive(sys.argv[2])
    def get(path):
        with Client(date(2025, 1, 31)) as client:
            try:
                return client.download(Request(sys.argv[1] + path), lambda chunks: archive.put(chunks, 1 << 40)).value.bytes
            except SatudataError as error:
                return error.error_class
    def peak_kb():  # ru_maxrss would count the process that started this one
        return int(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
    get("/rows/2")
    before = peak_kb()
    came = [get(path) for path in sys.argv[3:]]
    print(json.dumps([came, (peak_kb() - before) // 1024]))
"""


def test_memory_stays_flat_whatever_comes(site: Site, tmp_path: Path) -> None:
    """Fails when a body is gathered in memory: 1 GB of nothing, 1.2 GB behind a small compressed body, a redirect with a flood in it."""
    command = [
        sys.executable,
        "-c",
        textwrap.dedent(FETCHED_ALONE),
        site.address,
        str(tmp_path / "arsip"),
        "/rows/200",
        "/nothing/1000",
        "/gzip-bomb/300",
        "/flood/1000",
    ]
    done = subprocess.run(command, env=os.environ | {"SATUDATA_MAX_BYTES": str(250 * MEBIBYTE)}, capture_output=True, check=True, text=True)
    came, growth_mib = json.loads(done.stdout)
    assert came[0] > 199 * MEBIBYTE
    assert came[1:] == ["TooLarge", "TooLarge", len(CSV)]
    assert growth_mib < 20


def test_a_large_file_is_fetched_hashed_and_kept_at_the_pace_of_the_disk(site: Site, tmp_path: Path) -> None:
    """Fails when the way of a byte gets longer by an order: 100 MB take about a fifth of a second here."""
    archive = Archive((tmp_path / "arsip").as_uri())
    best = min(_seconds(site, archive) for _ in range(3))
    assert best < 1.5


def _seconds(site: Site, archive: Archive) -> float:
    started = time.perf_counter()
    with Client(DAY) as client:
        stored = client.download(Request(site.url("/rows/100")), lambda chunks: archive.put(chunks, 1 << 40)).value
    assert stored is not None
    assert stored.bytes > 99 * MEBIBYTE
    return time.perf_counter() - started
